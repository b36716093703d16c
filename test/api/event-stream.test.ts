import { expect, it } from 'vitest';
import { eventStream, MAX_WAITING } from '../../src/api/event-stream.ts';
import { EventLog } from '../../src/services/events/event-log.ts';
import { DEFAULT_SETTINGS } from '../../src/settings/schema.ts';
import { FakeClock } from '../support/fake-clock.ts';

function opened(lastEventId?: string) {
  const clock = new FakeClock();
  const events = new EventLog({ reserve: () => 1 });
  const readers = { count: 0 };
  const response = eventStream({
    events,
    clock,
    lastEventId,
    opened: () => {
      readers.count += 1;
      return () => {
        readers.count -= 1;
      };
    },
  });
  const bytes = response.body?.getReader();
  if (!bytes) throw new Error('no body');
  const reader = {
    cancel: () => bytes.cancel(),
    read: async () => {
      const { done, value } = await bytes.read();
      return { done, value: new TextDecoder().decode(value) };
    },
  };
  const publish = () => events.publish('settings', { kind: 'preferences', ...DEFAULT_SETTINGS });
  return { clock, events, readers, reader, publish };
}

it('says something every 15 seconds, so that nobody gives up', async () => {
  const { clock, reader } = opened();
  expect((await reader.read()).value).toMatch(/^: muster/);
  await clock.advance(15_000);
  expect((await reader.read()).value).toBe(': keep-alive\n\n');
  await clock.advance(15_000);
  expect((await reader.read()).value).toBe(': keep-alive\n\n');
});

it('resets a reader for whom too much waits, and ends its stream', async () => {
  const { reader, publish, readers, clock } = opened();
  for (let index = 0; index < MAX_WAITING * 3; index += 1) publish();
  expect(readers.count).toBe(0);
  expect(clock.pending).toBe(0);
  let text = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) text += chunk.value;
  expect(text.match(/event: settings/g)?.length).toBeLessThanOrEqual(MAX_WAITING);
  expect(text.trimEnd().split('\n\n').at(-1)).toMatch(/^id: \d+\nevent: reset\ndata: \{\}$/);
});

it('follows nothing for a HEAD request, which nobody reads', () => {
  const clock = new FakeClock();
  const events = new EventLog({ reserve: () => 1 });
  const response = eventStream({
    events,
    clock,
    lastEventId: undefined,
    headOnly: true,
    opened: () => {
      throw new Error('followed');
    },
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(response.body).toBeNull();
  expect(clock.pending).toBe(0);
});

it('lets go of a reader that leaves', async () => {
  const { reader, readers, clock } = opened();
  expect(readers.count).toBe(1);
  await reader.cancel();
  expect(readers.count).toBe(0);
  expect(clock.pending).toBe(0);
});

it('resets who asks for an id that is none', async () => {
  const { reader } = opened('yesterday');
  await reader.read();
  expect((await reader.read()).value).toContain('event: reset');
});
