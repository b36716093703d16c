import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { MusterError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { JsonValue } from '../../json.ts';
import { snowflakeSchema } from '../schema.ts';
import { encodeFrame, FRAME, FrameReader, type LocalFrame } from './frames.ts';

/** The app answers at once, or not at all. */
const ANSWER_MS = 2_000;
const RPC_VERSION = 1;

const readySchema = z.object({
  evt: z.literal('READY'),
  data: z.object({
    user: z.object({ id: snowflakeSchema, username: z.string().optional() }).optional().catch(undefined),
  }),
});
const answerSchema = z.object({
  cmd: z.string(),
  evt: z.string().nullish(),
  nonce: z.string().nullish(),
  data: z.unknown().optional(),
});
const refusalSchema = z.object({ code: z.number() });

/** Who is signed in in the Discord app on this computer. */
export interface LocalUser {
  readonly id: string;
  readonly name: string | null;
}

/** No Discord app runs here, or it does not listen. */
export function noLocalApp(cause?: unknown): MusterError {
  return new MusterError(
    'unsupported',
    'The Discord app is not running on this computer, and only it can show the line. Start it, and Muster shows the line within a minute.',
    cause === undefined ? {} : { cause },
  );
}

/** The app said no. `params.error` is its code: 4000 is an application that it does not know. */
function refused(code: number): MusterError {
  const message =
    code === 4000
      ? 'Discord does not know the application of your bot. Check the application id in the account’s settings.'
      : `The Discord app refused the line (code ${code}).`;
  return new MusterError(code === 4002 ? 'rate-limited' : 'unsupported', message, { params: { error: code } });
}

/** One connection to the Discord app on this computer, as one application. What it shows is gone when the connection is. */
export class LocalApp {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<string, { resolve: (data: unknown) => void; reject: (reason: unknown) => void }>();
  readonly #ready = Promise.withResolvers<LocalUser | null>();
  #number = 0;
  #over = false;
  /** Told once when the connection ends by itself. */
  onEnd: (() => void) | null = null;

  private constructor(clock: Clock, socket: Socket) {
    this.#clock = clock;
    this.#socket = socket;
    this.#ready.promise.catch(() => {});
    socket.on('data', (piece) => this.#received(piece));
    socket.on('error', () => {});
    socket.on('close', () => this.#end(noLocalApp()));
  }

  /** Connects to the first socket that answers. Rejects with a MusterError that says why the app cannot be used. */
  static async open(
    clock: Clock,
    paths: readonly string[],
    clientId: string,
  ): Promise<{ app: LocalApp; user: LocalUser | null }> {
    let failure: unknown = null;
    for (const path of paths) {
      const socket = await connected(clock, path);
      if (socket === null) continue;
      const app = new LocalApp(clock, socket);
      socket.write(encodeFrame(FRAME.handshake, { v: RPC_VERSION, client_id: clientId }));
      try {
        return { app, user: await app.#within(app.#ready.promise) };
      } catch (thrown) {
        app.close();
        // Another program, or a Discord that hangs, may hold the first number.
        failure ??= thrown;
      }
    }
    throw failure ?? noLocalApp();
  }

  get isOpen(): boolean {
    return !this.#over;
  }

  /** Shows an activity, or none. Resolves with what the app took over. */
  async setActivity(activity: JsonValue): Promise<unknown> {
    if (this.#over) throw noLocalApp();
    this.#number += 1;
    const nonce = `muster-${this.#number}`;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(nonce, { resolve, reject });
    const args = { pid: process.pid, activity };
    this.#socket.write(encodeFrame(FRAME.frame, { cmd: 'SET_ACTIVITY', args, nonce }));
    try {
      return await this.#within(promise);
    } finally {
      this.#waiting.delete(nonce);
    }
  }

  /** Lets go; the app takes the line away. Nothing is told afterwards. */
  close(): void {
    this.onEnd = null;
    this.#end(noLocalApp());
  }

  #received(piece: Buffer): void {
    const frames = this.#reader.push(piece);
    if (frames === null) this.#end(noLocalApp());
    else for (const frame of frames) this.#frame(frame);
  }

  #frame({ op, body }: LocalFrame): void {
    if (op === FRAME.ping) this.#socket.write(encodeFrame(FRAME.pong, body ?? null));
    if (op === FRAME.close) {
      const parsed = refusalSchema.safeParse(body);
      this.#end(parsed.success ? refused(parsed.data.code) : noLocalApp());
    }
    if (op !== FRAME.frame) return;
    const ready = readySchema.safeParse(body);
    if (ready.success) {
      const { user } = ready.data.data;
      this.#ready.resolve(user === undefined ? null : { id: user.id, name: user.username ?? null });
      return;
    }
    const answer = answerSchema.safeParse(body);
    const waiting = answer.success ? this.#waiting.get(answer.data.nonce ?? '') : undefined;
    if (!answer.success || waiting === undefined) return;
    if (answer.data.evt !== 'ERROR') {
      waiting.resolve(answer.data.data);
      return;
    }
    const refusal = refusalSchema.safeParse(answer.data.data);
    waiting.reject(refused(refusal.success ? refusal.data.code : 1000));
  }

  #end(reason: MusterError): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    this.#ready.reject(reason);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.onEnd?.();
  }

  async #within<T>(promise: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const dispose = this.#clock.after(ANSWER_MS, () =>
      late.reject(
        new MusterError('timeout', 'The Discord app on this computer does not answer. Restarting it usually helps.'),
      ),
    );
    try {
      return await Promise.race([promise, late.promise]);
    } finally {
      dispose();
    }
  }
}

/** The socket once it is connected; null when nobody listens there. */
async function connected(clock: Clock, path: string): Promise<Socket | null> {
  const { promise, resolve } = Promise.withResolvers<Socket | null>();
  const socket = connect(path);
  const fail = (): void => {
    socket.destroy();
    resolve(null);
  };
  const dispose = clock.after(ANSWER_MS, fail);
  socket.once('error', fail);
  socket.once('connect', () => {
    socket.off('error', fail);
    resolve(socket);
  });
  try {
    return await promise;
  } finally {
    dispose();
  }
}
