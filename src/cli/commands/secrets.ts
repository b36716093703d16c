import { Argument, type Command } from 'commander';
import { routes, type SecretStoreView, secretStoreKindSchema } from '../../contract/index.ts';
import { MusterError } from '../../domain/errors.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { resolveHome } from '../../infra/home/home.ts';
import { findLiveServer } from '../../infra/home/server-file.ts';
import { httpClient } from '../../infra/http/http-client.ts';
import { hasVault } from '../../infra/keychain/secret-stores.ts';
import { newVaultKeyFrom, vaultKeyFrom } from '../../infra/keychain/vault-key.ts';
import { headlessAlertWords, headlessNoticeWords } from '../../server/alert-words.ts';
import { confStore } from '../../settings/conf-store.ts';
import {
  type AddCommand,
  type CommonOptions,
  clientFor,
  type Finish,
  printJson,
  withCommonOptions,
} from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { VERSION } from '../package.ts';
import { plain } from '../words.ts';

interface RekeyOptions extends CommonOptions {
  readonly passphrase?: boolean;
  readonly newKeyStdin?: boolean;
}
type StoreKind = SecretStoreView['kind'];

const NAMES: Readonly<Record<StoreKind, string>> = {
  os: 'the system’s keychain',
  vault: 'the encrypted vault in the home',
  memory: 'memory only: they are gone when Muster stops',
};

/** `muster secrets show | move | rekey`. */
export const secretsCommand: AddCommand = (program, io, finish) => {
  const group = program.command('secrets').description('where tokens and passwords are kept');
  withCommonOptions(
    group.command('show', { isDefault: true }).description('where they are, and where else they could be'),
  ).action((options: CommonOptions) => finish(() => runShow(options, io)));
  withCommonOptions(
    group
      .command('move')
      .description('move them; each one is read back before the old one is deleted')
      .addArgument(new Argument('<store>', 'where to').choices(secretStoreKindSchema.options)),
  ).action((store: StoreKind, options: CommonOptions) => finish(() => runMove(store, options, io)));
  addRekey(group, io, finish);
};

function addRekey(group: Command, io: CliIo, finish: Finish): void {
  withCommonOptions(
    group
      .command('rekey')
      .description(
        'give the vault another key while Muster does not run; never takes one as an argument (present: MUSTER_VAULT_KEY or MUSTER_VAULT_PASSPHRASE; new: the same with _NEW, or asked for)',
      )
      .option('--passphrase', 'the new one is a passphrase, not 32 bytes in base64')
      .option('--new-key-stdin', 'take the new one from standard input'),
  ).action((options: RekeyOptions) => finish(() => runRekey(options, io)));
}

async function runShow(options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  return print(await client.call(routes.getSecretStore, {}), options, io);
}

async function runMove(kind: StoreKind, options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  return print(await client.call(routes.moveSecrets, { body: { kind } }), options, io);
}

function print(view: SecretStoreView, options: CommonOptions, io: CliIo): ExitCode {
  if (options.json) printJson(io, view);
  else {
    io.out(`Secrets are kept in ${NAMES[view.kind]}.\n`);
    for (const { kind, available, reason } of view.stores)
      if (kind !== view.kind) io.out(`  ${kind}: ${available ? 'can be used' : plain(reason ?? 'cannot be used')}\n`);
  }
  return EXIT.done;
}

async function runRekey(options: RekeyOptions, io: CliIo): Promise<ExitCode> {
  const home = resolveHome(options.home);
  const live = await findLiveServer(home, httpClient(systemClock));
  if (live)
    throw new CommandFailure(EXIT.server, 'home-in-use', `Muster runs on this home, at ${live.url}. Stop it first.`);
  if (!hasVault(home))
    throw new CommandFailure(EXIT.failed, 'not-found', `There is no vault in ${home}. Nothing was changed.`);
  if (vaultKeyFrom(io.env) === null)
    throw usage('The vault’s present key is missing: set MUSTER_VAULT_KEY or MUSTER_VAULT_PASSPHRASE.');
  const env = { ...io.env, ...(await newKey(options, io)), MUSTER_KEYCHAIN: 'vault' };
  const { openCore } = await import('../../server/open-core.ts');
  // The whole core, so that the home is locked meanwhile and the audit trail tells it; it is not started.
  const core = await openCore(home, {
    env,
    version: VERSION,
    makePreferences: confStore,
    notifier: { notify: async () => true },
    alertWords: headlessAlertWords,
    noticeWords: headlessNoticeWords,
  });
  await core.stop();
  if (options.json) printJson(io, { rekeyed: true });
  else io.out('The vault has the new key. The old one opens it no more: start Muster with the new one from now on.\n');
  return EXIT.done;
}

/** The new key as the environment would have it. */
async function newKey(options: RekeyOptions, io: CliIo): Promise<Record<string, string>> {
  const [key, passphrase] = ['MUSTER_VAULT_KEY_NEW', 'MUSTER_VAULT_PASSPHRASE_NEW'];
  const given = await readKey(options, io);
  const env = given === null ? {} : { [key]: '', [passphrase]: '', [options.passphrase ? passphrase : key]: given };
  try {
    if (newVaultKeyFrom({ ...io.env, ...env }) !== null) return env;
  } catch (thrown) {
    if (!(thrown instanceof MusterError)) throw thrown;
    throw usage('The new key is not 32 bytes in base64. Make one with: openssl rand -base64 32');
  }
  throw usage('The new key is missing.');
}

/** From standard input or the terminal; null where the environment has it. */
async function readKey(options: RekeyOptions, io: CliIo): Promise<string | null> {
  if (options.newKeyStdin) return (await io.readInput()).replace(/\r?\n$/, '');
  if (newKeyInEnvironment(io)) return null;
  if (!io.askSecret) throw usage('The new key is missing: set MUSTER_VAULT_KEY_NEW, or give it with --new-key-stdin.');
  const first = await io.askSecret(options.passphrase ? 'New passphrase: ' : 'New key (32 bytes in base64): ');
  if ((await io.askSecret('Once more: ')) === first) return first;
  throw new CommandFailure(EXIT.failed, 'not-confirmed', 'The two are not the same. Nothing was changed.');
}

const newKeyInEnvironment = ({ env }: CliIo) => Boolean(env.MUSTER_VAULT_KEY_NEW || env.MUSTER_VAULT_PASSPHRASE_NEW);

const usage = (message: string) => new CommandFailure(EXIT.usage, 'usage', message);
