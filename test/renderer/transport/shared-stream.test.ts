import { describe, expect, it } from 'vitest';
import type { EventListener } from '../../../renderer/transport/event-stream.ts';
import { type ChannelLike, listenShared } from '../../../renderer/transport/shared-stream.ts';

/** A browser with several tabs: one lock, one channel, streams that the test drives. */
const createBrowser = () => {
  const channels = new Set<ChannelLike>();
  const waiting: { readonly signal: AbortSignal; readonly begin: () => void }[] = [];
  const streams: { readonly listener: EventListener; closed: boolean }[] = [];
  let held = false;

  const next = (): void => {
    if (held) return;
    const turn = waiting.shift();
    if (turn === undefined) return;
    if (turn.signal.aborted) {
      next();
      return;
    }
    held = true;
    turn.begin();
  };

  const openTab = (tabId: string) => {
    const log: string[] = [];
    const stop = listenShared(
      {
        onOpen: (resumed) => log.push(resumed ? 'resumed' : 'open'),
        onEvent: ({ id }) => log.push(`event ${id}`),
        onLost: () => log.push('lost'),
      },
      {
        tabId,
        elect: (signal, lead) =>
          new Promise((resolve) => {
            const begin = (): void => {
              void lead().then(() => {
                held = false;
                resolve(undefined);
                next();
              });
            };
            waiting.push({ signal, begin });
            next();
          }),
        createChannel: () => {
          const channel: ChannelLike = {
            onmessage: null,
            close: () => channels.delete(channel),
            postMessage: (data: unknown) => {
              for (const other of [...channels]) {
                if (other !== channel) other.onmessage?.(new MessageEvent('message', { data }));
              }
            },
          };
          channels.add(channel);
          return channel;
        },
        listen: (listener) => {
          const stream = { listener, closed: false };
          streams.push(stream);
          return () => {
            stream.closed = true;
          };
        },
      },
    );
    return { log, stop };
  };
  return { openTab, streams };
};

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('one stream for all tabs', () => {
  it('opens one stream, and every tab sees its events', () => {
    const { openTab, streams } = createBrowser();
    const first = openTab('1');
    const second = openTab('2');
    expect(streams).toHaveLength(1);
    streams[0]?.listener.onOpen(false);
    streams[0]?.listener.onEvent({ id: '4', event: 'contact', data: '{}' });
    expect(first.log).toEqual(['open', 'event 4']);
    expect(second.log).toEqual(['open', 'event 4']);
  });

  it('tells a tab that comes later that the stream is open, and only that one', () => {
    const { openTab, streams } = createBrowser();
    const first = openTab('1');
    const second = openTab('2');
    streams[0]?.listener.onOpen(false);
    const third = openTab('3');
    expect(third.log).toEqual(['open']);
    expect(first.log).toEqual(['open']);
    expect(second.log).toEqual(['open']);
  });

  it('hands the stream to another tab when the first closes, and everybody left takes a new snapshot', async () => {
    const { openTab, streams } = createBrowser();
    const first = openTab('1');
    const second = openTab('2');
    const third = openTab('3');
    streams[0]?.listener.onOpen(false);
    first.stop();
    await settle();
    expect(streams).toHaveLength(2);
    expect(streams[0]?.closed).toBe(true);
    streams[1]?.listener.onOpen(false);
    expect(second.log.at(-1)).toBe('open');
    expect(third.log.at(-1)).toBe('open');
    expect(first.log).toEqual(['open']);
  });

  it('lets a tab that closes while it waits go without ever listening', async () => {
    const { openTab, streams } = createBrowser();
    const first = openTab('1');
    const second = openTab('2');
    second.stop();
    first.stop();
    await settle();
    expect(streams).toHaveLength(1);
  });

  it('passes on that a stream goes on after its last event', () => {
    const { openTab, streams } = createBrowser();
    openTab('1');
    const second = openTab('2');
    streams[0]?.listener.onOpen(false);
    streams[0]?.listener.onLost();
    streams[0]?.listener.onOpen(true);
    expect(second.log).toEqual(['open', 'lost', 'resumed']);
  });
});
