import { connect, createServer, type Socket } from 'node:net';

/** A TCP cable between the adapter and a server, which can be pulled. */
export interface Cable {
  readonly service: string;
  /** Both ends see the connection die; new ones are refused until `plug`. */
  pull(): void;
  /** Nothing passes any more, in either direction, and nobody is told. */
  freeze(): void;
  plug(): void;
  /** How many connections are up. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Lays a cable to a loopback port. */
export async function layCable(port: number): Promise<Cable> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'plugged' | 'pulled' | 'frozen' = 'plugged';
  const server = createServer((near) => {
    if (state !== 'plugged') {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => {
        if (state !== 'frozen') to.write(chunk);
      });
      from.on('error', end);
      from.on('close', end);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    service: `xmpp://127.0.0.1:${address.port}`,
    pull: () => {
      state = 'pulled';
      cut();
    },
    freeze: () => {
      state = 'frozen';
    },
    plug: () => {
      state = 'plugged';
    },
    get connections() {
      return pairs.size;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
