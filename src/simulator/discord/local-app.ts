import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { DiscordWorld } from './world/world.ts';

const OP = { handshake: 0, frame: 1, close: 2, ping: 3, pong: 4 } as const;
/** “One update in 15 s” of the old documentation. */
const UPDATE_MS = 15_000;
/** Playing, listening, watching, competing; no streaming, and no custom status. */
const TYPES: readonly unknown[] = [0, 2, 3, 5];

/** The Discord app on somebody's computer, with them signed in: its local socket (docs.discord.com/developers/topics/rpc). */
export interface LocalDiscordApp {
  /** What is shown for each program: the activity as the program sent it. */
  shown(): readonly unknown[];
  /** Updates that came too soon after another one. */
  readonly hurried: number;
  openSockets(): number;
  /** The person quits the app. */
  close(): Promise<void>;
}

/** Starts the app. `folder` is where it puts `discord-ipc-0`; its path must be shorter than 90 characters. */
export async function startLocalDiscordApp(options: {
  folder: string;
  world: DiscordWorld;
  userId: string;
}): Promise<LocalDiscordApp> {
  const { folder, world, userId } = options;
  const shown = new Map<Socket, unknown>();
  const sockets = new Set<Socket>();
  const tally = { hurried: 0 };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      show(socket, null);
    });
    talk(socket);
  });

  function talk(socket: Socket): void {
    let rest = Buffer.alloc(0);
    let clientId: string | null = null;
    let lastUpdate = Number.NEGATIVE_INFINITY;
    socket.on('data', (piece: Buffer) => {
      rest = Buffer.concat([rest, piece]);
      while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32LE(4)) {
        const op = rest.readUInt32LE(0);
        const body = parsed(rest.toString('utf8', 8, 8 + rest.readUInt32LE(4)));
        rest = rest.subarray(8 + rest.readUInt32LE(4));
        take(op, body);
      }
    });

    function take(op: number, body: Map<string, unknown> | null): void {
      if (op === OP.handshake && clientId === null) {
        clientId = handshake(socket, body);
      } else if (op === OP.ping) {
        write(socket, OP.pong, body === null ? null : Object.fromEntries(body));
      } else if (op === OP.frame && clientId !== null && body?.get('cmd') === 'SET_ACTIVITY') {
        if (world.now() - lastUpdate < UPDATE_MS) tally.hurried += 1;
        lastUpdate = world.now();
        setActivity(socket, clientId, body);
      } else if (op === OP.close) {
        socket.end();
      } else {
        write(socket, OP.close, { code: 1003, message: 'protocol error' });
        socket.end();
      }
    }
  }

  function handshake(socket: Socket, body: Map<string, unknown> | null): string | null {
    const clientId = body?.get('client_id');
    const refusal =
      body?.get('v') !== 1
        ? { code: 4004, message: 'Invalid Version' }
        : typeof clientId !== 'string' || !world.applications.has(clientId)
          ? { code: 4000, message: 'Invalid Client ID' }
          : null;
    if (refusal !== null || typeof clientId !== 'string') {
      write(socket, OP.close, refusal);
      socket.end();
      return null;
    }
    const { id, username, globalName, avatar } = world.user(userId);
    write(socket, OP.frame, {
      cmd: 'DISPATCH',
      data: {
        v: 1,
        config: { cdn_host: 'cdn.discordapp.com', api_endpoint: '//discord.com/api', environment: 'production' },
        user: {
          id,
          username,
          discriminator: '0',
          global_name: globalName,
          avatar,
          bot: false,
          flags: 0,
          premium_type: 0,
        },
      },
      evt: 'READY',
      nonce: null,
    });
    return clientId;
  }

  function setActivity(socket: Socket, clientId: string, body: Map<string, unknown>): void {
    const args = recordOf(body.get('args'));
    const raw = args?.get('activity') ?? null;
    const activity = recordOf(raw);
    const nonce = body.get('nonce') ?? null;
    const wrong = typeof args?.get('pid') !== 'number' || (raw !== null && !isActivity(activity));
    if (wrong) {
      const data = { code: 4000, message: 'child "activity" fails' };
      write(socket, OP.frame, { cmd: 'SET_ACTIVITY', data, evt: 'ERROR', nonce });
      return;
    }
    show(socket, activity === null ? null : raw);
    const name = world.applications.get(clientId);
    const data =
      activity === null ? null : { type: 0, ...Object.fromEntries(activity), name, application_id: clientId };
    showOnDiscord(clientId, data);
    write(socket, OP.frame, { cmd: 'SET_ACTIVITY', data, evt: null, nonce });
  }

  function show(socket: Socket, activity: unknown): void {
    if (activity === null) shown.delete(socket);
    else shown.set(socket, activity);
    if (activity === null) showOnDiscord(null, null);
  }

  /** What others see of it: one more activity. */
  function showOnDiscord(clientId: string | null, data: Readonly<Record<string, unknown>> | null): void {
    const others = world.user(userId).activities.filter(({ application_id }) => application_id === undefined);
    if (clientId === null || data === null) {
      if (others.length < world.user(userId).activities.length) world.setActivities(userId, others);
      return;
    }
    const mine = { ...data, type: Number(data.type), name: String(data.name), createdAt: world.now() };
    world.setActivities(userId, [...others, mine]);
  }

  await listen(server, join(folder, 'discord-ipc-0'));
  return {
    shown: () => [...shown.values()],
    get hurried() {
      return tally.hurried;
    },
    openSockets: () => sockets.size,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Lines of 2 to 128 characters, a type that programs may use, times in milliseconds. */
function isActivity(activity: Map<string, unknown> | null): boolean {
  if (activity === null || !TYPES.includes(activity.get('type') ?? 0)) return false;
  for (const line of ['details', 'state']) {
    const text = activity.get(line);
    if (text === undefined) continue;
    if (typeof text !== 'string' || [...text].length < 2 || [...text].length > 128) return false;
  }
  const end = recordOf(activity.get('timestamps'))?.get('end');
  // Seconds instead of milliseconds would be in 1970.
  return end === undefined || (typeof end === 'number' && end > 1e11);
}

function write(socket: Socket, op: number, body: unknown): void {
  const json = Buffer.from(JSON.stringify(body));
  const header = Buffer.alloc(8);
  header.writeUInt32LE(op, 0);
  header.writeUInt32LE(json.length, 4);
  socket.write(Buffer.concat([header, json]));
}

function parsed(text: string): Map<string, unknown> | null {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Map<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : null;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}
