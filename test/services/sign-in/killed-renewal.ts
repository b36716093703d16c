/** A process that dies in the moment in which it was given new tokens and has not kept them: `node killed-renewal.ts HOME ISSUER`. */
import { join } from 'node:path';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';
import { openVault } from '../../../src/infra/keychain/vault-store.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { SecretStore } from '../../../src/ports/secret-store.ts';
import { startCore } from '../support/core.ts';
import { OAuthPlatform } from './oauth-platform.ts';
import { VAULT_KEY } from './vault-of-tests.ts';

const [home = '', issuer = ''] = process.argv.slice(2);
const vault = openVault(join(home, 'vault.json'), VAULT_KEY);
const secretStore: SecretStore = {
  ...vault,
  set: async () => process.kill(process.pid, 'SIGKILL') && undefined,
};
startCore({
  clock: new SystemClock(),
  home,
  secretStore,
  registry: { ...registry, slack: new OAuthPlatform(issuer) },
});
