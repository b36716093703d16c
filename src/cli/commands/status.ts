import { routes, STATUSES } from '../../contract/index.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, EXIT, type ExitCode } from '../io.ts';
import { ownStatusLines, plain, resultLines, table } from '../words.ts';

/** `muster status`. */
export const statusCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(program.command('status').description('your own status, the accounts, and who is around')).action(
    (options: CommonOptions) => finish(() => runStatus(options, io)),
  );
};

async function runStatus(options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const [me, accounts, ...totals] = await Promise.all([
    client.call(routes.getOwnStatus, {}),
    client.all((query) => client.call(routes.listAccounts, { query })),
    ...STATUSES.map((status) => client.call(routes.listContacts, { query: { status, limit: 1 } })),
  ]);
  const counts = Object.fromEntries(STATUSES.map((status, index) => [status, totals[index]?.total ?? 0]));
  if (options.json) {
    printJson(io, { me, accounts, counts });
    return EXIT.done;
  }
  const labels = new Map(accounts.map((account) => [account.id, plain(account.label)]));
  io.out(ownStatusLines(io, me, systemClock.now(), systemClock.timeZone()));
  if (me.results.length > 0) {
    io.out(`\n${resultLines(io, me.results, (id) => labels.get(id) ?? id, systemClock.now())}`);
  }
  io.out('\nAccounts\n');
  if (accounts.length === 0) io.out('none yet; add one with: muster account add <platform>\n');
  io.out(
    table(
      io,
      accounts.map(({ label, platform, state, stateReason }) => [
        plain(label),
        platform,
        state.replaceAll('-', ' '),
        stateReason ? plain(stateReason) : '',
      ]),
    ),
  );
  const around = STATUSES.filter((status) => (counts[status] ?? 0) > 0).map((status) => `${counts[status]} ${status}`);
  io.out(`\nPeople: ${around.join(', ') || 'nobody yet'}\n`);
  return EXIT.done;
}
