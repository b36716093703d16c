import { fork } from 'node:child_process';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { Clock, Dispose } from '../../ports/clock.ts';
import { type KeytarRequest, keytarAnswerSchema } from './keytar-messages.ts';
import type { Keytar } from './os-store.ts';

/** A running helper (`keytar-child.ts`); each host starts it in its way. */
export interface KeytarHelper {
  send(request: KeytarRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** A helper that has had nothing to do for so long is ended: it would only take memory. */
const IDLE_MS = 2 * SECOND_MS;

/**
 * Starts the helper in plain Node. It does not keep this process alive, and ends with it: at once, since one that a keychain holds
 * does not notice that its channel closed, and would go on writing to a home that may be removed by then.
 */
export function forkKeytarHelper(): KeytarHelper {
  const child = fork(new URL('./keytar-child.ts', import.meta.url), { stdio: 'ignore', execArgv: [] });
  child.unref();
  child.channel?.unref();
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  return {
    send: (request) => void child.send(request, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', listener);
      child.once('error', listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** keytar behind a helper process, started when it is needed; `abandon` ends one that hangs. */
export function keytarProcess(clock: Clock, start: () => KeytarHelper = forkKeytarHelper): Keytar {
  type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: MusterError) => void };
  let helper: KeytarHelper | null = null;
  let idle: Dispose | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const end = () => {
    idle?.();
    idle = null;
    const ending = helper;
    helper = null;
    ending?.kill();
    for (const { reject } of waiting.values()) reject(refusal('refused'));
    waiting.clear();
  };
  const running = (): KeytarHelper => {
    if (helper) return helper;
    const started = start();
    helper = started;
    started.onMessage((message) => {
      const answer = keytarAnswerSchema.safeParse(message);
      const asked = answer.success ? waiting.get(answer.data.id) : undefined;
      if (!answer.success || !asked) return;
      waiting.delete(answer.data.id);
      if (answer.data.outcome === 'done') asked.resolve(answer.data.value);
      else asked.reject(refusal(answer.data.outcome));
      if (waiting.size === 0) idle = clock.after(IDLE_MS, end);
    });
    started.onExit(() => {
      if (helper === started) end();
    });
    return started;
  };
  const call = async <T>(method: KeytarRequest['method'], args: string[], shape: z.ZodType<T>): Promise<T> => {
    idle?.();
    idle = null;
    lastId += 1;
    const id = lastId;
    const answered = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    running().send({ id, method, args });
    return shape.parse(await answered);
  };
  return {
    getPassword: (...args) => call('getPassword', args, z.string().nullable()),
    setPassword: async (...args) => void (await call('setPassword', args, z.null())),
    deletePassword: (...args) => call('deletePassword', args, z.boolean()),
    findCredentials: (...args) => call('findCredentials', args, z.array(z.object({ account: z.string() }))),
    abandon: end,
  };
}

function refusal(outcome: 'refused' | 'missing'): MusterError {
  return new MusterError(
    'secret-store-unavailable',
    outcome === 'missing'
      ? "The system's keychain library cannot be loaded. On Linux, install libsecret (libsecret-1-0)."
      : 'The keychain of the system is not there, or refused. On Linux, a keyring service (GNOME Keyring, KWallet) has to run and be unlocked.',
  );
}
