import { type Command, Option } from 'commander';
import { type AccountView, routes } from '../../contract/index.ts';
import { signInByBrowser } from '../browser-sign-in.ts';
import {
  type AddCommand,
  type CommonOptions,
  clientFor,
  type Finish,
  printJson,
  withCommonOptions,
} from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { readCredentials, type Shape, shapeOf } from '../sign-in.ts';
import { plain, table } from '../words.ts';

interface AddOptions extends CommonOptions {
  readonly label?: string;
  readonly set: readonly string[];
  readonly secretEnv: readonly string[];
  readonly secretStdin?: string;
  readonly oauth?: boolean;
  readonly device?: boolean;
}

interface RepairOptions extends CommonOptions {
  readonly device?: boolean;
}

const gather = (value: string, values: readonly string[]) => [...values, value];

/** `muster account add | sign-in | list | remove`. */
export const accountCommand: AddCommand = (program, io, finish) => {
  const group = program.command('account').description('the accounts that Muster is signed in to');
  addAdd(group, io, finish);
  withCommonOptions(
    group
      .command('sign-in')
      .description('sign in again to an account, which keeps its people and settings')
      .argument('<id>', 'as `muster account list` shows it')
      .option('--device', 'with a code that is typed on another page'),
  ).action((id: string, options: RepairOptions) => finish(() => runSignIn(id, options, io)));
  withCommonOptions(group.command('list').description('the accounts and how they are')).action(
    (options: CommonOptions) => finish(() => runList(options, io)),
  );
  withCommonOptions(
    group
      .command('remove')
      .description('sign out, and delete its secrets and everything read through it')
      .argument('<id>', 'as `muster account list` shows it'),
  ).action((id: string, options: CommonOptions) => finish(() => runRemove(id, options, io)));
};

function addAdd(group: Command, io: CliIo, finish: Finish): void {
  withCommonOptions(
    group
      .command('add')
      .description('sign in to a platform; asks for the secrets that are missing, and never takes one as an argument')
      .argument('<platform>', 'for instance xmpp or slack')
      .option('--label <text>', 'what to call it')
      .addOption(new Option('--set <key=value>', 'a setting; can be repeated').argParser(gather).default([]))
      .addOption(
        new Option('--secret-env <key=VARIABLE>', 'take a secret from an environment variable; can be repeated')
          .argParser(gather)
          .default([]),
      )
      .option('--secret-stdin <key>', 'take a secret from standard input')
      .option('--oauth', 'sign in on the platform’s own page, with your own app registration')
      .option('--device', 'the same with a code that is typed on another page, for machines without a browser'),
  ).action((platform: string, options: AddOptions) => finish(() => runAdd(platform, options, io)));
}

async function runAdd(platformId: string, options: AddOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const platforms = await client.all((query) => client.call(routes.listPlatforms, { query }));
  const platform = platforms.find(({ id }) => id === platformId);
  if (!platform) {
    throw new CommandFailure(
      EXIT.usage,
      'usage',
      `There is no platform “${plain(platformId)}”. There are: ${platforms.map(({ id }) => id).join(', ')}.`,
    );
  }
  const shape: Shape = shapeOf(platform);
  const byBrowser = Boolean(options.oauth || options.device);
  if (byBrowser && !platform.auth.some((auth) => auth === 'oauth' || auth === 'device-code'))
    throw new CommandFailure(EXIT.usage, 'usage', `${platform.name} has no sign-in by browser. Leave --oauth out.`);
  const { settings, secrets } = await readCredentials(shape, { ...options, byBrowser }, io);
  const { label } = options;
  const method = options.device ? ('device' as const) : ('browser' as const);
  const account = byBrowser
    ? await signInByBrowser(client, { platform: platform.id, settings, secrets, method, label }, io)
    : await client.call(routes.createAccount, {
        body: { platform: platform.id, settings, secrets, ...(label === undefined ? {} : { label }) },
      });
  if (options.json) printJson(io, account);
  else io.out(`Signed in.\n${accountTable(io, [account])}`);
  return EXIT.done;
}

async function runSignIn(id: string, options: RepairOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const { platform } = await client.call(routes.getAccount, { params: { id } });
  const method = options.device ? 'device' : 'browser';
  const account = await signInByBrowser(client, { platform, settings: {}, secrets: {}, method, accountId: id }, io);
  if (options.json) printJson(io, account);
  else io.out(`Signed in again.\n${accountTable(io, [account])}`);
  return EXIT.done;
}

async function runList(options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const accounts = await client.all((query) => client.call(routes.listAccounts, { query }));
  if (options.json) printJson(io, accounts);
  else if (accounts.length === 0) io.out('No account yet; add one with: muster account add <platform>\n');
  else io.out(accountTable(io, accounts));
  return EXIT.done;
}

async function runRemove(id: string, options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  await client.call(routes.deleteAccount, { params: { id } });
  if (options.json) printJson(io, { id, removed: true });
  else io.out('Removed, with its secrets and everything read through it.\n');
  return EXIT.done;
}

function accountTable(io: CliIo, accounts: readonly AccountView[]): string {
  return table(
    io,
    accounts.map(({ id, label, platform, state, stateReason, account }) => [
      id,
      plain(label),
      platform,
      account ? plain(account.displayName) : '',
      state.replaceAll('-', ' '),
      stateReason ? plain(stateReason) : '',
    ]),
  );
}
