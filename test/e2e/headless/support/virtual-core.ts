import { createApi } from '../../../../src/api/create-api.ts';
import { httpClient } from '../../../../src/infra/http/http-client.ts';
import type { HttpClient } from '../../../../src/ports/http-client.ts';
import type { IdleSource } from '../../../../src/ports/idle-source.ts';
import type { SecretStore } from '../../../../src/ports/secret-store.ts';
import { startCore, type TestCore } from '../../../services/support/core.ts';
import type { FakeClock } from '../../../support/fake-clock.ts';
import { quietLogger } from '../../../support/quiet-logger.ts';
import { ApiClient } from './api-client.ts';
import { EventTail } from './event-tail.ts';

/** How virtual time goes on: so far at a time, and then so long in real time for sockets that nobody can count. */
export interface Stride {
  readonly stepMs: number;
  readonly breathMs: number;
}

/** For platforms by HTTP, whose calls are counted and waited for. */
const COUNTED: Stride = { stepMs: 250, breathMs: 0 };
/** For XMPP too: its stream is not counted, so that every step leaves it a moment. */
export const BREATHING: Stride = { stepMs: 250, breathMs: 4 };
/** For long quiet times with XMPP: no longer than a ping may take to be answered on a busy machine. */
export const STRIDING: Stride = { stepMs: 1_000, breathMs: 4 };
/** Nearly as fast as real time, for signing in by XMPP: a conversation with waits of a few milliseconds in between. */
export const CREEPING: Stride = { stepMs: 10, breathMs: 4 };

/** A whole core in this process behind its real API, in virtual time; the platforms' servers are real sockets. */
export interface VirtualCore {
  readonly core: TestCore;
  readonly api: ApiClient;
  readonly clock: FakeClock;
  events(lastEventId?: number): Promise<EventTail>;
  /** Takes a request of a platform's, while time goes on otherwise. */
  deliver(path: string, init: RequestInit): Promise<Response>;
  /** Lets time pass. */
  pass(ms: number, stride?: Stride): Promise<void>;
  /** Lets time pass until the check does not throw, or `withinMs` of virtual time have passed. */
  passUntil(check: () => unknown, withinMs?: number, stride?: Stride): Promise<void>;
  /** Waits in real time, in which the clock stands still, until the check does not throw. */
  soon(check: () => unknown, withinMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one. Give `home` and `secretStore` of an earlier one to start again where that one ended. */
export function startVirtualCore(options: {
  clock: FakeClock;
  home?: string;
  secretStore?: SecretStore;
  idle?: IdleSource;
  /** What carries HTTP; real sockets unless told otherwise. */
  send?: typeof fetch;
  /** Where platforms can send events to; see `deliver`. */
  publicUrl?: URL;
}): VirtualCore {
  const { clock, send } = options;
  const traffic = { inFlight: 0 };
  const plain = httpClient(clock, send);
  const http: HttpClient = {
    fetch: async (input, init) => {
      traffic.inFlight += 1;
      try {
        return await plain.fetch(input, init);
      } finally {
        traffic.inFlight -= 1;
      }
    },
  };
  const core = startCore({ ...options, http });
  const app = createApi({ muster: core.muster, clock, logger: quietLogger() });
  const tails: EventTail[] = [];

  /** Until no call is under way; what hangs on purpose is not waited for. */
  async function quiet(): Promise<void> {
    const end = performance.now() + 100;
    while (traffic.inFlight > 0 && performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
  }

  async function pass(ms: number, { stepMs, breathMs }: Stride = COUNTED): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await quiet();
      await clock.advance(Math.min(stepMs, ms - passed));
      if (breathMs > 0) await new Promise((resolve) => setTimeout(resolve, breathMs));
    }
    await quiet();
  }

  /** A request may need time to pass: until it is answered, virtual time goes as fast as real time. */
  async function carry(path: string, init: RequestInit): Promise<Response> {
    let over = false;
    const answer = Promise.resolve(app.request(path, init)).finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (!over) await clock.advance(5);
    }
    return answer;
  }

  return {
    core,
    clock,
    api: new ApiClient(carry),
    async events(lastEventId) {
      const tail = await EventTail.open(carry, lastEventId);
      tails.push(tail);
      return tail;
    },
    deliver: async (path, init) => app.request(path, init),
    pass,
    async passUntil(check, withinMs = 30_000, stride = CREEPING) {
      for (let passed = 0; ; passed += 10 * stride.stepMs) {
        try {
          await check();
          return;
        } catch (thrown) {
          if (passed >= withinMs) throw thrown;
          await pass(10 * stride.stepMs, stride);
        }
      }
    },
    async soon(check, withinMs = 5_000) {
      const end = performance.now() + withinMs;
      for (;;) {
        try {
          await check();
          return;
        } catch (thrown) {
          if (performance.now() > end) throw thrown;
          await new Promise((resolve) => setTimeout(resolve, 10));
          await clock.flush();
        }
      }
    },
    async stop() {
      for (const tail of tails.splice(0)) await tail.close();
      await core.stop();
    },
  };
}
