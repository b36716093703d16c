/** A demo around whatever opens Muster: simulated platforms with a team that lives on them, in a home of its own that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { sleep } from '../../ports/sleep.ts';
import { TEAM_DOMAIN } from '../../simulator/team/team.ts';
import { TeamLife } from '../../simulator/team/team-life.ts';
import { startTeamServers } from '../../simulator/team/team-servers.ts';
import { TeamTroubles } from '../../simulator/team/team-troubles.ts';
import { type Client, findClient } from '../client.ts';
import { type CliIo, CommandFailure, EXIT } from '../io.ts';
import { stageDemo } from './stage-demo.ts';

/** What the demo can be told. */
export interface DemoOptions {
  /** Changes a minute among the team; 0: nobody moves. */
  readonly pace: number;
  /** Another seed gives other people. */
  readonly seed: number;
  /** Whether something goes wrong now and then, and heals. */
  readonly troubles: boolean;
}

/** How many people the demo's team has. */
const TEAM_SIZE = 60;
/** How often something goes wrong, in milliseconds. */
const TROUBLE_EVERY_MS = 60_000;
/** How often to look whether Muster answers yet, in milliseconds. */
const LOOK_EVERY_MS = 200;

/** The options as typed. Throws with exit code 2. */
export function demoOptions(values: {
  readonly pace?: string | undefined;
  readonly seed?: string | undefined;
  readonly troubles?: boolean | undefined;
}): DemoOptions {
  return {
    pace: wholeNumber('--pace', values.pace ?? '30', 6_000),
    seed: wholeNumber('--seed', values.seed ?? '7', 2 ** 31),
    troubles: values.troubles ?? true,
  };
}

/** Starts the platforms, lets `open` run Muster on the demo's home, and puts the team on it; everything is gone when `open` ends. */
export async function withDemo<Code extends number>(
  options: DemoOptions,
  io: CliIo,
  open: (home: string, io: CliIo) => Promise<Code>,
): Promise<Code> {
  const home = mkdtempSync(join(tmpdir(), 'muster-demo-'));
  const servers = await startTeamServers({ size: TEAM_SIZE, seed: options.seed, everywhere: true });
  const life = new TeamLife(servers, options.seed);
  const troubles = new TeamTroubles(servers, options.seed, (line) => io.err(`${line}\n`));
  const over = new AbortController();
  try {
    life.start(options.pace);
    const staging = stage(home, over.signal, async (client) => {
      await stageDemo(client, { accounts: servers.accounts, regular: `${life.regular.handle}@${TEAM_DOMAIN}` });
      if (options.troubles) troubles.start(TROUBLE_EVERY_MS);
      io.err(
        `The team of ${TEAM_SIZE} is there. ${life.regular.name} comes online again and again; an alert tells you.\n`,
      );
    }).catch((thrown: unknown) => {
      if (!over.signal.aborted)
        io.err(`The demo could not be set up: ${thrown instanceof Error ? thrown.message : 'unknown'}\n`);
    });
    // Nothing of the demo reaches the real home or the real keychain.
    const code = await open(home, { ...io, env: { ...io.env, MUSTER_HOME: home, MUSTER_KEYCHAIN: 'memory' } });
    over.abort();
    await staging;
    return code;
  } finally {
    over.abort();
    life.stop();
    await troubles.stop();
    await servers.close();
    // What was asked of the keychain a moment ago may still be ending.
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Waits until Muster answers on the home, then does `act`. */
async function stage(home: string, signal: AbortSignal, act: (client: Client) => Promise<void>): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const client = await findClient(home);
      await act(client);
      return;
    } catch (thrown) {
      if (!(thrown instanceof CommandFailure) || thrown.exitCode !== EXIT.server) throw thrown;
    }
    await sleep(systemClock, LOOK_EVERY_MS, signal);
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text);
  throw new CommandFailure(EXIT.usage, 'usage', `${name} has to be a whole number from 0 to ${most}.`);
}
