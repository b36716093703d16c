import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useConnectionStore } from '../../../renderer/stores/connection-store.ts';
import {
  useContactsStore,
  useMeStore,
  usePreferencesStore,
  useWatchesStore,
} from '../../../renderer/stores/mirrors.ts';
import { synchronise } from '../../../renderer/stores/synchronise.ts';
import { createClient } from '../../../renderer/transport/client.ts';
import type { EventListener } from '../../../renderer/transport/event-stream.ts';
import type { ContactView } from '../../../src/contract/index.ts';
import { createFakeApi, type FakeApi } from '../support/fake-api.ts';
import { member, preferences, watchOn } from '../support/team.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const initial = useContactsStore.getInitialState();

/** Waits until something holds; the fake answers within a few turns of the event loop. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It never came true.');
};

const live = (): boolean => useConnectionStore.getState().state === 'live';
const known = (id: string): ContactView | undefined => useContactsStore.getState().items.get(id);

describe('the mirrors', () => {
  let api: FakeApi;
  let stream: EventListener;
  let stop: () => void;
  let failing: boolean;
  let beforeAnswer: (path: string) => Promise<void> | void;
  let frames: (() => void)[];

  const event = (id: number, name: string, data: unknown): void => {
    stream.onEvent({ id: String(id), event: name, data: JSON.stringify(data) });
    for (const frame of frames.splice(0)) frame();
  };

  beforeEach(() => {
    useContactsStore.setState(initial, true);
    useConnectionStore.setState(useConnectionStore.getInitialState(), true);
    api = createFakeApi({ people: 1_200, now });
    failing = false;
    beforeAnswer = () => undefined;
    frames = [];
    stop = synchronise({
      call: createClient({
        fetch: async (address, init) => {
          if (failing) throw new TypeError('refused');
          const request = new Request(`http://localhost${String(address)}`, init);
          const response = await api.handle(request);
          await beforeAnswer(new URL(request.url).pathname);
          return response;
        },
      }),
      listen: (listener) => {
        stream = listener;
        return () => undefined;
      },
      schedule: (run) => {
        frames.push(run);
        return () => undefined;
      },
      now: () => now,
    });
  });
  afterEach(() => stop());

  it('load everybody over several pages, and everything else, once the stream is open', async () => {
    expect(useContactsStore.getState().phase).toBe('loading');
    stream.onOpen(false);
    await until(live);
    expect(useContactsStore.getState()).toMatchObject({ phase: 'ready', total: 1_200 });
    expect(useContactsStore.getState().items.size).toBe(1_200);
    expect(useMeStore.getState().me?.status).toBe('busy');
    expect(usePreferencesStore.getState().preferences).toEqual(preferences);
  });

  it('take in changes, and leave everybody else the very same objects', async () => {
    stream.onOpen(false);
    await until(live);
    const other = known('c_2');
    event(50, 'contact', { ...member(1, now), status: 'away' });
    expect(known('c_1')?.status).toBe('away');
    expect(known('c_2')).toBe(other);
    event(51, 'contact', { id: 'c_1', removed: true });
    expect(known('c_1')).toBeUndefined();
  });

  it('do not let an event that the snapshot includes already set anybody back', async () => {
    stream.onOpen(false);
    event(1, 'contact', { ...member(1, now), name: 'Older than the snapshot' });
    await until(live);
    expect(known('c_1')?.name).toBe(member(1, now).name);
  });

  it('apply what happens while the snapshot is loaded', async () => {
    let sent = false;
    beforeAnswer = (path) => {
      if (path !== '/v1/contacts' || sent) return;
      sent = true;
      event(60, 'contact', { ...member(1_100, now), name: 'Changed meanwhile' });
      event(61, 'contact', { id: 'c_3', removed: true });
    };
    stream.onOpen(false);
    await until(live);
    expect(known('c_1100')?.name).toBe('Changed meanwhile');
    expect(known('c_3')).toBeUndefined();
  });

  it('take a new snapshot at a reset, keeping everybody on screen and the same objects for who did not change', async () => {
    stream.onOpen(false);
    await until(live);
    const before = known('c_1');
    event(70, 'contact', { ...member(7, now), name: 'Forgotten by the server' });
    event(99, 'reset', {});
    expect(useContactsStore.getState().items.size).toBe(1_200);
    await until(() => known('c_7')?.name === member(7, now).name);
    expect(known('c_1')).toBe(before);
    expect(useContactsStore.getState().phase).toBe('ready');
  });

  it('take a new snapshot for an event that this version does not understand', async () => {
    stream.onOpen(false);
    await until(live);
    const calls = api.calls.filter((call) => call === 'GET /v1/contacts').length;
    event(71, 'contact', { id: 'c_1', status: 'brand-new' });
    await until(() => api.calls.filter((call) => call === 'GET /v1/contacts').length === calls + 3);
  });

  it('keep what is known when Muster stops answering, say since when, and go on after a resume without a snapshot', async () => {
    stream.onOpen(false);
    await until(live);
    const calls = api.calls.length;
    failing = true;
    stream.onLost();
    expect(useConnectionStore.getState()).toMatchObject({ state: 'lost', lastLiveAt: now });
    expect(useContactsStore.getState().items.size).toBe(1_200);
    failing = false;
    stream.onOpen(true);
    expect(useConnectionStore.getState().state).toBe('live');
    expect(api.calls).toHaveLength(calls);
  });

  it('say that nothing could be loaded when the first snapshot fails', async () => {
    failing = true;
    stream.onOpen(false);
    await until(() => useContactsStore.getState().phase === 'failed');
    expect(useConnectionStore.getState().state).toBe('lost');
  });

  it('follow watches and preferences by settings events', async () => {
    stream.onOpen(false);
    await until(live);
    event(80, 'settings', { ...watchOn('c_9', now), id: 'w_9', kind: 'watch' });
    expect(useWatchesStore.getState().items.get('w_9')?.contactId).toBe('c_9');
    event(81, 'settings', { kind: 'watch', id: 'w_9', removed: true });
    expect(useWatchesStore.getState().items.has('w_9')).toBe(false);
    event(82, 'settings', { ...preferences, theme: 'dark', kind: 'preferences' });
    expect(usePreferencesStore.getState().preferences).toEqual({ ...preferences, theme: 'dark' });
  });
});
