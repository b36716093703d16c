/**
 * The helper process: calls keytar, so that a keychain that hangs holds a thread of this process, which can be ended, and not one of
 * the core's, which could then neither read files nor exit. Speaks over the channel that it was started with, Node's or Electron's.
 */
import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { type KeytarAnswer, keytarRequestSchema } from './keytar-messages.ts';

type Keytar = typeof import('keytar');

const keytar: Promise<Keytar | null> = import('keytar').then(
  (module) => ('default' in module ? (module.default as Keytar) : module),
  () => null,
);

async function answer(message: unknown): Promise<KeytarAnswer | null> {
  const request = keytarRequestSchema.safeParse(message);
  if (!request.success) return null;
  const { id, method, args } = request.data;
  const library = await keytar;
  if (!library) return { id, outcome: 'missing', value: null };
  const [service = '', account = '', password = ''] = args;
  try {
    switch (method) {
      case 'getPassword':
        return { id, outcome: 'done', value: await library.getPassword(service, account) };
      case 'setPassword':
        await library.setPassword(service, account, password);
        return { id, outcome: 'done', value: null };
      case 'deletePassword':
        return { id, outcome: 'done', value: await library.deletePassword(service, account) };
      case 'findCredentials': {
        const found = await library.findCredentials(service);
        return { id, outcome: 'done', value: found.map((credential) => ({ account: credential.account })) };
      }
    }
  } catch {
    return { id, outcome: 'refused', value: null };
  }
}

/** Electron's utility processes have a port of their own, whose messages come wrapped. */
const electronPort = 'parentPort' in process && process.parentPort instanceof EventEmitter ? process.parentPort : null;
if (electronPort && 'postMessage' in electronPort && typeof electronPort.postMessage === 'function') {
  const post: (message: unknown) => void = electronPort.postMessage.bind(electronPort);
  electronPort.on('message', async (event: unknown) => {
    const wrapped = z.object({ data: z.unknown() }).safeParse(event);
    const said = wrapped.success ? await answer(wrapped.data.data) : null;
    if (said) post(said);
  });
} else {
  process.on('message', async (message) => {
    const said = await answer(message);
    if (said && process.connected) process.send?.(said);
  });
}
