import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventSockets } from '../../src/server/web-socket.ts';
import { EventLog } from '../../src/services/events/event-log.ts';
import { DEFAULT_SETTINGS } from '../../src/settings/schema.ts';
import { eventually } from '../contract/caller.ts';
import { FakeClock } from '../support/fake-clock.ts';

it('resets and closes a reader for whom too much waits', async () => {
  const events = new EventLog({ reserve: () => 1 });
  let readers = 0;
  const sockets = eventSockets({
    events,
    clock: new FakeClock(),
    opened: () => {
      readers += 1;
      return () => {
        readers -= 1;
      };
    },
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head));
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
  const reader = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`);
  const frames: string[] = [];
  reader.on('message', (data) => frames.push(JSON.parse(String(data)).event));
  const closed = new Promise<number>((resolve) => reader.once('close', resolve));
  await eventually('the reader is there', () => readers === 1);
  // All in one turn: the sockets cannot write in between, as with a reader that does not read.
  for (let index = 0; index < 1_500; index += 1)
    events.publish('settings', { kind: 'preferences', ...DEFAULT_SETTINGS });
  expect(readers).toBe(0);
  expect(await closed).toBe(1_013);
  expect(frames.filter((event) => event === 'settings')).toHaveLength(1_000);
  expect(frames.at(-1)).toBe('reset');
  sockets.close();
  server.close();
});
