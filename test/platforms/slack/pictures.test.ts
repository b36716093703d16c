import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../../src/platforms/media-type.ts';
import type { Connection } from '../../../src/platforms/platform.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
let connection: Connection;
let other: Server;
let hits: string[];
let otherUrl: string;

beforeEach(async () => {
  bench = await startSlackBench();
  connection = await bench.connect();
  hits = [];
  other = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'image/png' }).end('\x89PNG\r\n');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}/admin.png`;
});
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
  await new Promise((resolve) => other.close(resolve));
});

const image = (name: string): string => bench.simulator.apiUrl.replace('/api/', `/images/emoji/${name}.png`);

describe('Slack’s pictures', () => {
  it('loads the workspace’s own emoji, through aliases, listing them once', async () => {
    const { workspace } = bench.simulator;
    workspace.addCustomEmoji('harbour', image('harbour'));
    workspace.addCustomEmoji('port', 'alias:harbour');
    workspace.addCustomEmoji('dock', 'alias:port');
    workspace.addCustomEmoji('ring', 'alias:ring');
    for (const name of ['harbour', 'port', 'dock']) {
      expect(await connection.emoji?.load(name, bench.signal), name).toMatchObject({ mediaType: 'image/png' });
    }
    for (const name of ['ring', 'nobody', 'coffee']) {
      expect(await connection.emoji?.load(name, bench.signal), name).toBe(null);
    }
    expect(bench.simulator.calls.filter(({ method }) => method === 'emoji.list')).toHaveLength(1);
    workspace.addCustomEmoji('new', image('new'));
    await bench.clock.advance(600_000);
    expect(await connection.emoji?.load('new', bench.signal)).toMatchObject({ mediaType: 'image/png' });
  });

  it.each(['http://example.org/x.png', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'nonsense', ''])(
    'does not load %s',
    async (address) => {
      expect(await connection.avatars?.load(address, bench.signal)).toBe(null);
    },
  );

  it('never calls the user’s other local services, neither directly nor by a redirect', async () => {
    expect(await connection.avatars?.load(otherUrl, bench.signal)).toBe(null);
    expect(await connection.avatars?.load(otherUrl.replace('http:', 'https:'), bench.signal)).toBe(null);
    const context = bench.context();
    const redirecting = {
      fetch: async () => new Response(null, { status: 302, headers: { location: otherUrl } }),
    };
    const { Pictures } = await import('../../../src/platforms/slack/pictures.ts');
    const { SlackClient } = await import('../../../src/platforms/slack/client.ts');
    const client = new SlackClient(context, bench.simulator.apiUrl);
    const pictures = new Pictures({ ...context, http: redirecting }, client, new URL(bench.simulator.apiUrl));
    expect(await pictures.avatar('https://avatars.slack-edge.com/a.png', bench.signal)).toBe(null);
    expect(hits).toEqual([]);
  });

  it('follows a redirect to another https host, and gives up on a circle', async () => {
    const { Pictures } = await import('../../../src/platforms/slack/pictures.ts');
    const { SlackClient } = await import('../../../src/platforms/slack/client.ts');
    const context = bench.context();
    const seen: [string, RequestInit | undefined][] = [];
    const http = {
      fetch: async (input: string | URL | Request, init?: RequestInit) => {
        seen.push([String(input), init]);
        if (String(input).includes('circle'))
          return new Response(null, { status: 301, headers: { location: 'https://circle.example/' } });
        if (String(input).includes('gravatar'))
          return new Response(null, { status: 302, headers: { location: 'https://i0.wp.com/a.png' } });
        return new Response('GIF89a');
      },
    };
    const client = new SlackClient(context, bench.simulator.apiUrl);
    const pictures = new Pictures({ ...context, http }, client, new URL(bench.simulator.apiUrl));
    expect(await pictures.avatar('https://secure.gravatar.com/a', bench.signal)).toMatchObject({
      mediaType: 'image/gif',
    });
    expect(JSON.stringify(seen)).not.toContain(bench.token);
    expect(await pictures.avatar('https://circle.example/', bench.signal)).toBe(null);
    expect(seen.length).toBeLessThan(8);
  });

  it('tells pictures by their bytes', () => {
    const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(mediaTypeOf(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
    expect(mediaTypeOf(bytes('RIFF\x01\x02\x03\x04WEBPVP8 '))).toBe('image/webp');
    expect(mediaTypeOf(bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe(null);
    expect(mediaTypeOf(new Uint8Array())).toBe(null);
  });
});
