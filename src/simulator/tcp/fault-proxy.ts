import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Which way bytes go through the proxy. */
export type Direction = 'toServer' | 'toClient';

/** A TCP proxy on 127.0.0.1 that makes the network bad on demand. Faults count for open and for new connections until healed. */
export interface FaultProxy {
  readonly port: number;
  /** Connections that clients hold open. */
  openConnections(): number;
  /** Connections that clients made since the start. */
  acceptedConnections(): number;
  /** Every byte arrives so much later, in both directions. */
  delay(ms: number): void;
  /** At most so many bytes a second, per connection and direction. */
  limitBandwidth(bytesPerSecond: number): void;
  /** Connections stay open, nothing passes: bytes are swallowed. */
  blackhole(): void;
  /** Ends every open connection with a TCP reset. */
  reset(): void;
  /** The client sees the server's half end; what it sends still arrives. */
  halfClose(): void;
  /** Every open or new connection ends after so many more bytes in that direction. */
  truncateAfter(bytes: number, direction?: Direction): void;
  /** The network is cut: open connections fall silent without an end, new ones are refused. */
  cut(): Promise<void>;
  /** New connections are refused; open ones live on. */
  refuse(): Promise<void>;
  /** No fault any more. What a blackhole swallowed is lost: those connections are reset. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

type Pair = {
  readonly client: Socket;
  readonly server: Socket;
  budget: Partial<Record<Direction, number>>;
  lost: boolean;
};

/** Puts a proxy in front of a server. */
export async function startFaultProxy(target: { readonly port: number; readonly host?: string }): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let accepted = 0;
  let delayMs = 0;
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  let swallowing = false;
  let truncation: { readonly bytes: number; readonly direction: Direction } | undefined;

  const accept = (client: Socket) => {
    accepted += 1;
    const server = connect({ port: target.port, host: target.host ?? '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { client, server, budget: {}, lost: false };
    if (truncation) pair.budget[truncation.direction] = truncation.bytes;
    pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    pump(pair, 'toServer', client, server);
    pump(pair, 'toClient', server, client);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {
        if (!swallowing) other.resetAndDestroy();
      });
      one.on('close', () => {
        if (one === client) pairs.delete(pair);
        if (!swallowing || one === client) other.destroySoon();
      });
    }
  };

  const pump = (pair: Pair, direction: Direction, from: Socket, to: Socket) => {
    let freeAt = 0;
    let tail: Promise<void> = Promise.resolve();
    const later = (at: number, run: () => void) => {
      // Only a wait that is needed: a timer for nothing would let bytes overtake the end.
      tail = tail.then(async () => {
        const wait = at - Date.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        run();
      });
    };
    from.on('data', (bytes: Buffer) => {
      if (swallowing) {
        pair.lost = true;
        return;
      }
      const left = pair.budget[direction];
      const passed = left === undefined ? bytes : bytes.subarray(0, left);
      if (left !== undefined) pair.budget[direction] = left - passed.length;
      const now = Date.now();
      freeAt = Math.max(freeAt, now) + (passed.length / bytesPerSecond) * 1000;
      later(freeAt + delayMs, () => {
        if (swallowing) pair.lost = true;
        else if (to.writable) to.write(passed);
        if (passed.length < bytes.length || pair.budget[direction] === 0) {
          pair.client.end();
          pair.server.end();
        }
      });
    });
    from.on('end', () => {
      if (swallowing) pair.lost = true;
      else later(Math.max(freeAt, Date.now()) + delayMs, () => to.end());
    });
  };

  let listener: Server | undefined;
  const listen = async (port: number): Promise<number> => {
    const server = createServer({ allowHalfOpen: true }, accept);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    listener = server;
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    return address.port;
  };
  /** Stops accepting without waiting for the open connections. */
  const stopListening = () => {
    listener?.close();
    listener = undefined;
  };
  const resetPairs = (which: (pair: Pair) => boolean) => {
    for (const pair of pairs) {
      if (!which(pair)) continue;
      pair.client.resetAndDestroy();
      pair.server.resetAndDestroy();
    }
  };
  const port = await listen(0);

  return {
    port,
    openConnections: () => pairs.size,
    acceptedConnections: () => accepted,
    delay: (ms) => {
      delayMs = ms;
    },
    limitBandwidth: (limit) => {
      bytesPerSecond = limit;
    },
    blackhole: () => {
      swallowing = true;
    },
    reset: () => resetPairs(() => true),
    halfClose: () => {
      for (const pair of pairs) pair.client.end();
    },
    truncateAfter: (bytes, direction = 'toClient') => {
      truncation = { bytes, direction };
      for (const pair of pairs) pair.budget[direction] = bytes;
    },
    cut: async () => {
      swallowing = true;
      stopListening();
    },
    refuse: async () => stopListening(),
    heal: async () => {
      delayMs = 0;
      bytesPerSecond = Number.POSITIVE_INFINITY;
      swallowing = false;
      truncation = undefined;
      for (const pair of pairs) pair.budget = {};
      resetPairs((pair) => pair.lost);
      if (listener === undefined) await listen(port);
    },
    close: async () => {
      stopListening();
      resetPairs(() => true);
    },
  };
}
