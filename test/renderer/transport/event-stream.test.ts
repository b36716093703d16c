import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventListener, type EventSourceLike, listenToStream } from '../../../renderer/transport/event-stream.ts';

type Handler = (event: { readonly data?: unknown; readonly lastEventId?: string }) => void;

/** An EventSource whose life the test decides. */
class FakeSource implements EventSourceLike {
  readyState = 0;
  closed = false;
  readonly #handlers = new Map<string, Handler[]>();

  addEventListener(name: string, handler: Handler): void {
    this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]);
  }

  close(): void {
    this.closed = true;
    this.readyState = 2;
  }

  emit(name: string, event: { data?: unknown; lastEventId?: string } = {}): void {
    for (const handler of this.#handlers.get(name) ?? []) handler(event);
  }
}

describe('the event stream', () => {
  let sources: FakeSource[];
  let log: string[];
  let stop: () => void;
  const last = (): FakeSource => {
    const source = sources.at(-1);
    if (source === undefined) throw new Error('No stream was opened.');
    return source;
  };
  const listener: EventListener = {
    onOpen: (resumed) => log.push(resumed ? 'resumed' : 'open'),
    onEvent: ({ id, event }) => log.push(`${event} ${id}`),
    onLost: () => log.push('lost'),
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sources = [];
    log = [];
    stop = listenToStream(listener, () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('asks for a snapshot when it opens, and passes events on with their ids', () => {
    last().emit('open');
    last().emit('contact', { data: '{}', lastEventId: '5' });
    last().emit('reset', { data: '', lastEventId: '9' });
    expect(log).toEqual(['open', 'contact 5', 'reset 9']);
  });

  it('resumes after a break when it has an id to resume from', () => {
    last().emit('open');
    last().emit('contact', { data: '{}', lastEventId: '5' });
    last().emit('error');
    last().emit('open');
    expect(log).toEqual(['open', 'contact 5', 'lost', 'resumed']);
    expect(sources).toHaveLength(1);
  });

  it('asks for a new snapshot after a break before any event', () => {
    last().emit('open');
    last().emit('error');
    last().emit('open');
    expect(log).toEqual(['open', 'lost', 'open']);
  });

  it('opens a new stream where the browser gives up, waiting longer each time up to half a minute', () => {
    const waits = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [index, wait] of waits.entries()) {
      last().readyState = 2;
      last().emit('error');
      vi.advanceTimersByTime(wait - 1);
      expect(sources).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(sources).toHaveLength(index + 2);
    }
    last().emit('open');
    last().readyState = 2;
    last().emit('error');
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(waits.length + 2);
  });

  it('is silent and leaves no timer once stopped', () => {
    last().readyState = 2;
    last().emit('error');
    stop();
    vi.advanceTimersByTime(60_000);
    last().emit('open');
    expect(log).toEqual(['lost']);
    expect(sources).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
