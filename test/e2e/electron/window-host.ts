import type { Page } from 'playwright';
import type { ContractHost, HeardFrame } from '../../contract/host.ts';
import { frameReader } from '../../contract/read-frames.ts';
import { pageAt, type StartedApp, startApp } from './started-app.ts';

/** Muster as one of its own windows sees it: `fetch` and `EventSource` of a page on the private scheme. */
export async function startWindowHost(): Promise<ContractHost> {
  const started = await startApp({});
  try {
    const page = await pageAt(started.app, '/');
    return await hostIn(page, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function hostIn(page: Page, started: StartedApp): Promise<ContractHost> {
  const listeners = new Map<number, (text: string) => void>();
  let streams = 0;
  await page.exposeFunction('heard', (stream: number, text: string) => listeners.get(stream)?.(text));
  return {
    fetch: (path, init = {}) =>
      page.evaluate(
        async ([where, how]) => {
          const response = await fetch(where, how);
          return {
            status: response.status,
            headers: Object.fromEntries(response.headers),
            text: await response.text(),
          };
        },
        [path, init] as const,
      ),
    async events(lastEventId) {
      streams += 1;
      const id = streams;
      const frames: HeardFrame[] = [];
      listeners.set(
        id,
        frameReader((frame) => frames.push(frame)),
      );
      await (lastEventId === undefined ? listen(page, id) : resume(page, id, lastEventId));
      return {
        frames,
        close: async () => {
          listeners.delete(id);
          await page.evaluate((stream) => Reflect.get(window, `close${stream}`)(), id);
        },
      };
    },
    close: started.stop,
  };
}

/** As the interface listens; each event is written down as it would be on the wire. */
function listen(page: Page, id: number): Promise<void> {
  return page.evaluate(
    (stream) =>
      new Promise<void>((open, fail) => {
        const source = new EventSource('/v1/events');
        Reflect.set(window, `close${stream}`, () => source.close());
        source.onopen = () => open();
        source.onerror = () => fail(new Error('the stream did not open'));
        for (const name of ['contact', 'account', 'me', 'alert', 'settings', 'reset']) {
          source.addEventListener(name, ({ lastEventId, data }) => {
            Reflect.get(window, 'heard')(stream, `id: ${lastEventId}\nevent: ${name}\ndata: ${data}\n\n`);
          });
        }
      }),
    id,
  );
}

/** A page cannot choose where an EventSource begins; `fetch` can, and gets the same bytes. */
function resume(page: Page, id: number, lastEventId: number): Promise<void> {
  return page.evaluate(
    async ([stream, last]) => {
      const abort = new AbortController();
      Reflect.set(window, `close${stream}`, () => abort.abort());
      const response = await fetch('/v1/events', { headers: { 'last-event-id': String(last) }, signal: abort.signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (response.status !== 200 || !reader) throw new Error(`/v1/events answered ${response.status}`);
      const read = async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          Reflect.get(window, 'heard')(stream, part.value);
        }
      };
      read().catch(() => undefined);
    },
    [id, lastEventId] as const,
  );
}
