import { Argument } from 'commander';
import {
  OWN_STATUSES,
  type OwnStatus,
  type OwnStatusRequest,
  type PublicationView,
  routes,
} from '../../contract/index.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { iso } from '../../services/iso.ts';
import type { Client } from '../client.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { parseDuration, parseUntil } from '../until.ts';
import { plain, resultLines, statusWord } from '../words.ts';

interface SetOptions extends CommonOptions {
  readonly message?: string;
  readonly emoji?: string;
  readonly for?: string;
  readonly until?: string;
}

/** `muster set`. */
export const setCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program
      .command('set')
      .description('set your status on all accounts')
      .addArgument(new Argument('<status>').choices(OWN_STATUSES))
      .option('--message <text>', 'what you are doing')
      .option('--emoji <emoji>', 'a Unicode emoji, or :name:')
      .option('--for <duration>', 'how long: 30s, 45m, 2h, 1h30m')
      .option('--until <time>', 'until when: 17:30 (today or tomorrow), or an RFC 3339 instant'),
  ).action((status: OwnStatus, options: SetOptions) => finish(() => runSet(status, options, io)));
};

async function runSet(status: OwnStatus, options: SetOptions, io: CliIo): Promise<ExitCode> {
  const body = requestOf(status, options);
  const client = await clientFor(options);
  const answer = await client.call(routes.putOwnStatus, { body });
  if (options.json) printJson(io, answer);
  else {
    io.out(`You: ${statusWord(io, status)}\n`);
    await printResults(client, answer.results, io);
  }
  return exitCodeOf(answer.results);
}

function requestOf(status: OwnStatus, { message, emoji, for: length, until }: SetOptions): OwnStatusRequest {
  if (length !== undefined && until !== undefined) {
    throw new CommandFailure(EXIT.usage, 'usage', 'Give either --for or --until, not both.');
  }
  return {
    status,
    ...(message === undefined ? {} : { message }),
    ...(emoji === undefined ? {} : { emoji }),
    ...(length === undefined ? {} : { forSeconds: parseDuration(length) }),
    ...(until === undefined ? {} : { until: iso(parseUntil(until, systemClock.now(), systemClock.timeZone())) }),
  };
}

/** Prints what each account made of the wish. */
export async function printResults(client: Client, results: readonly PublicationView[], io: CliIo): Promise<void> {
  const accounts = await client.all((query) => client.call(routes.listAccounts, { query }));
  if (accounts.length === 0) io.out('No account is signed in yet; add one with: muster account add <platform>\n');
  else if (results.length === 0) io.out('Nothing changes on any account.\n');
  const labels = new Map(accounts.map((account) => [account.id, plain(account.label)]));
  io.out(resultLines(io, results, (id) => labels.get(id) ?? id, systemClock.now()));
}

/** 1 when every account failed, 4 when some did; a partial, pending or overridden result is no failure. */
export function exitCodeOf(results: readonly Pick<PublicationView, 'outcome'>[]): ExitCode {
  const failed = results.filter((result) => result.outcome === 'failed').length;
  if (failed === 0) return EXIT.done;
  return failed === results.length ? EXIT.failed : EXIT.someFailed;
}
