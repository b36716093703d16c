import { pick, type Random, seededRandom } from '../people/random.ts';
import type { Trouble } from './places/place.ts';
import type { TeamServers } from './team-servers.ts';

/** How long each lasts, in milliseconds. */
const LASTS_MS = 12_000;

/** Lets something go wrong with one platform after the other, and heal again, so that one can watch accounts help themselves. */
export class TeamTroubles {
  readonly #troubles: readonly (Trouble & { readonly where: string })[];
  readonly #random: Random;
  readonly #tell: (line: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #heal: (() => void | Promise<void>) | null = null;

  constructor(servers: TeamServers, seed: number, tell: (line: string) => void) {
    this.#random = seededRandom(seed);
    this.#tell = tell;
    const { harbour } = servers.slack;
    this.#troubles = [
      {
        where: 'Harbour Works',
        what: 'answers 429 and asks for patience',
        begin: () => harbour.faults.add({ kind: 'rate-limited', retryAfterSeconds: 8 }),
      },
      { where: 'Harbour Works', what: 'answers nothing', begin: () => harbour.faults.add({ kind: 'hang' }) },
      {
        where: 'Harbour chat',
        what: 'restarts',
        begin: () => {
          const back = servers.xmpp.restart();
          return () => back;
        },
      },
      ...servers.others.flatMap(({ account, troubles }) =>
        troubles.map((trouble) => ({ ...trouble, where: account.label })),
      ),
    ];
  }

  /** Every `everyMs` something else. */
  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.#next(), everyMs);
  }

  /** Ends what goes on, and begins nothing more. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#heal?.();
    this.#heal = null;
  }

  async #next(): Promise<void> {
    if (this.#heal) return;
    const { where, what, begin } = pick(this.#random, this.#troubles);
    this.#heal = begin();
    this.#tell(`${where} ${what} for a moment.`);
    await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
    const heal = this.#heal;
    this.#heal = null;
    await heal?.();
  }
}
