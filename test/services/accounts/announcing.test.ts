import { expect, it } from 'vitest';
import { announcing } from '../../../src/services/accounts/announcing.ts';
import { ScriptedAdapter } from './scripted-adapter.ts';
import { session } from './session-bench.ts';

it('announces an account whose notices changed with its people, and not for people alone', async () => {
  const { session: account, adapter, clock } = session(new ScriptedAdapter());
  account.start();
  await clock.flush();
  const connection = account.connection;
  if (connection === null) throw new Error('not connected');
  let notices = ['Your bot is in no server yet.'];
  const announced: string[] = [];
  const nothing = () => {};
  const listener = announcing(
    {
      connected: nothing,
      lost: nothing,
      identities: nothing,
      removed: nothing,
      rosterComplete: nothing,
      observations: nothing,
      ownChanged: nothing,
      channel: nothing,
    },
    (id) => void announced.push(id),
  );
  const noticing = Object.create(connection, { notices: { get: () => notices } });
  listener.connected('a_1', noticing, 'first');
  listener.identities('a_1', []);
  expect(announced).toEqual([]);
  notices = [];
  listener.identities('a_1', []);
  listener.identities('a_1', []);
  expect(announced).toEqual(['a_1']);
  notices = ['Your bot is in no server yet.'];
  listener.removed('a_1', []);
  expect(announced).toEqual(['a_1', 'a_1']);
  await account.stop();
  expect(adapter.connections.length).toBeGreaterThan(0);
});
