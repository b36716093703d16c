import { MusterError } from '../../domain/errors.ts';
import { addMs, MINUTE_MS } from '../../domain/time.ts';
import type { Dispose } from '../../ports/clock.ts';
import type { AdapterContext } from '../platform.ts';
import type { Graph } from './graph.ts';
import { sessionDurationOf } from './times.ts';

/** How long a session lives without being set again: when Muster ends without a word, one is shown as offline soon after. */
const LIFE_MS = 15 * MINUTE_MS;
const BEAT_MS = 10 * MINUTE_MS;
/** After a beat that failed. */
const AGAIN_MS = MINUTE_MS;
const KEPT = 'session';

type Context = Pick<AdapterContext, 'clock' | 'logger' | 'memory' | 'signal'>;

/**
 * A presence session of Muster's own. What one prefers to be shown counts only while some client has a session, and without any one
 * is offline; so Muster keeps one as long as it has something to show and no other client does. It says `Away`, which every real
 * client's session beats.
 */
export class OwnSession {
  readonly #context: Context;
  readonly #graph: Graph;
  readonly #selfId: string;
  readonly #clientId: string;
  #beat: Dispose | null = null;

  constructor(context: Context, graph: Graph, selfId: string, clientId: string) {
    this.#context = context;
    this.#graph = graph;
    this.#selfId = selfId;
    this.#clientId = clientId;
  }

  /** Goes on with a session of an earlier run. */
  resume(): void {
    if (this.#context.memory.get(KEPT) === true) this.#arm(0);
  }

  /** Begins one, or keeps the present one alive. */
  async begin(signal: AbortSignal): Promise<void> {
    await this.#set(signal);
    this.#context.memory.set(KEPT, true);
    this.#arm(BEAT_MS);
  }

  /** Ends ours, if there is one. */
  async end(signal: AbortSignal): Promise<void> {
    this.stop();
    if (this.#context.memory.get(KEPT) !== true) return;
    try {
      await this.#graph.write('clearPresence', this.#selfId, { sessionId: this.#clientId }, { signal });
    } catch (thrown) {
      // It has run out meanwhile.
      if (!(thrown instanceof MusterError) || thrown.code !== 'not-found') throw thrown;
    }
    this.#context.memory.delete(KEPT);
  }

  /** Ends the beat; the session runs out by itself. */
  stop(): void {
    this.#beat?.();
    this.#beat = null;
  }

  #arm(delayMs: number): void {
    this.stop();
    // By the wall clock: the session runs out while the machine sleeps.
    const { clock } = this.#context;
    this.#beat = clock.at(addMs(clock.now(), delayMs), () => {
      this.#set(this.#context.signal).then(
        () => this.#beat !== null && this.#arm(BEAT_MS),
        (thrown: unknown) => {
          if (this.#beat === null || this.#context.signal.aborted) return;
          const code = thrown instanceof MusterError ? thrown.code : 'internal';
          this.#context.logger.warn('the presence session could not be kept alive', { code });
          this.#arm(AGAIN_MS);
        },
      );
    });
  }

  #set(signal: AbortSignal): Promise<void> {
    const body = {
      sessionId: this.#clientId,
      availability: 'Away',
      activity: 'Away',
      expirationDuration: sessionDurationOf(LIFE_MS),
    };
    return this.#graph.write('setPresence', this.#selfId, body, { signal });
  }
}
