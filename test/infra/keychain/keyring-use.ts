import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { openSecretStores } from '../../../src/infra/keychain/secret-stores.ts';
import { vaultKeyFrom } from '../../../src/infra/keychain/vault-key.ts';

/** Uses the keychain of its session bus: opens the stores of a home, keeps or finds a secret, says how it went, and ends by itself. */
const [home = '', value] = process.argv.slice(2);
const started = performance.now();
const stores = await openSecretStores({
  home,
  clock: systemClock,
  vaultKey: vaultKeyFrom({ MUSTER_VAULT_KEY: Buffer.alloc(32, 7).toString('base64') }),
  forced: null,
});
const openedMs = Math.round(performance.now() - started);
if (value) await stores.current().set('account/token', value);
const found = await stores.current().get('account/token');
const names = await stores.current().names();
const survey = await stores.survey();
process.stdout.write(`${JSON.stringify({ kind: stores.current().kind, openedMs, found, names, survey })}\n`);
process.exit(0);
