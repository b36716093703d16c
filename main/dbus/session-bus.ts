import { connect, type Socket } from 'node:net';
import { SECOND_MS } from '../../src/domain/time.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type BusCall, type BusMessage, decodeMessage, encodeCall } from './wire.ts';

const LIMIT_MS = 2 * SECOND_MS;
const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

/** A connection to the desktop's message bus, for asking who is there. */
export type SessionBus = {
  /** The arguments of the answer. Rejects when the other side refuses, is not there, or takes longer than two seconds. */
  call(call: BusCall): Promise<readonly unknown[]>;
  /** Whether somebody has this name now. */
  hasOwner(name: string): Promise<boolean>;
  /** Whether somebody has this name, or would be started by the first call. */
  isServed(name: string): Promise<boolean>;
  /** Calls back when the name gets its first owner or loses its last. */
  watchOwner(name: string, listener: (owned: boolean) => void): Promise<void>;
  close(): void;
};

/** Where the bus listens, as a path for `net.connect`; null when the session has none that can be reached. */
export function busPath(env: Readonly<Record<string, string | undefined>>): string | null {
  for (const address of (env.DBUS_SESSION_BUS_ADDRESS ?? '').split(';')) {
    const [, transport, list] = /^(\w+):(.*)$/.exec(address) ?? [];
    if (transport !== 'unix' || list === undefined) continue;
    const pairs = new Map(list.split(',').map((pair) => pair.split('=', 2) as [string, string | undefined]));
    const path = pairs.get('path');
    const abstract = pairs.get('abstract');
    if (path) return decodeURIComponent(path);
    if (abstract) return `\0${decodeURIComponent(abstract)}`;
  }
  return env.XDG_RUNTIME_DIR ? `${env.XDG_RUNTIME_DIR}/bus` : null;
}

/** Connects and says hello. Rejects when there is no bus. */
export async function openSessionBus(path: string, clock: Clock): Promise<SessionBus> {
  const socket = connect(path);
  const waiting = new Map<number, { resolve(body: readonly unknown[]): void; reject(error: Error): void }>();
  const watched = new Map<string, (owned: boolean) => void>();
  let serial = 0;

  const fail = () => {
    socket.destroy();
    for (const { reject } of waiting.values()) reject(new Error('the session bus closed the connection'));
    waiting.clear();
  };
  const hear = (message: BusMessage) => {
    if (message.kind === 'signal' && message.member === 'NameOwnerChanged' && message.sender === BUS.destination) {
      const [name, , owner] = message.body;
      if (typeof name === 'string') watched.get(name)?.(owner !== '');
      return;
    }
    const asked = message.answers === null ? undefined : waiting.get(message.answers);
    if (message.kind === 'answer') asked?.resolve(message.body);
    if (message.kind === 'error') asked?.reject(new Error('the call was refused on the session bus'));
  };

  await authenticate(socket, clock);
  socket.on('error', fail);
  socket.on('close', fail);
  // The bus alone must not keep the application running.
  socket.unref();
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    try {
      for (let next = decodeMessage(received); next !== null; next = decodeMessage(received)) {
        received = received.subarray(next.length);
        hear(next.message);
      }
    } catch {
      fail();
    }
  });

  const call = (request: BusCall): Promise<readonly unknown[]> => {
    serial += 1;
    const id = serial;
    return new Promise<readonly unknown[]>((resolve, reject) => {
      const cancel = clock.after(LIMIT_MS, () => reject(new Error('no answer on the session bus')));
      const settle = () => {
        cancel();
        waiting.delete(id);
      };
      waiting.set(id, {
        resolve: (body) => {
          settle();
          resolve(body);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      if (socket.destroyed) waiting.get(id)?.reject(new Error('the session bus closed the connection'));
      else socket.write(encodeCall(id, request));
    });
  };
  const ask = (member: string, ...args: string[]) => call({ ...BUS, member, args });
  const hasOwner = async (name: string) => (await ask('NameHasOwner', name))[0] === true;

  await ask('Hello');
  return {
    call,
    hasOwner,
    async isServed(name) {
      if (await hasOwner(name)) return true;
      const [names] = await ask('ListActivatableNames');
      return Array.isArray(names) && names.includes(name);
    },
    async watchOwner(name, listener) {
      watched.set(name, listener);
      const rule = `type='signal',sender='${BUS.destination}',member='NameOwnerChanged',arg0='${name}'`;
      await ask('AddMatch', rule);
    },
    close: fail,
  };
}

/** The EXTERNAL mechanism: the bus knows our user id from the socket, and we name the same. */
function authenticate(socket: Socket, clock: Clock): Promise<void> {
  const user = Buffer.from(String(process.getuid?.() ?? ''), 'latin1').toString('hex');
  return new Promise((resolve, reject) => {
    const end = (error: Error | null) => {
      cancel();
      socket.off('error', end);
      socket.off('data', hear);
      if (error === null) return resolve();
      socket.destroy();
      reject(error);
    };
    let line = '';
    const hear = (chunk: Buffer) => {
      line += chunk.toString('latin1');
      if (!line.includes('\r\n')) return;
      if (!line.startsWith('OK ')) return end(new Error('the session bus refused us'));
      socket.write('BEGIN\r\n');
      end(null);
    };
    const cancel = clock.after(LIMIT_MS, () => end(new Error('the session bus does not answer')));
    socket.once('error', end);
    socket.on('data', hear);
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  });
}
