import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loopbackListener } from '../../../src/infra/oauth/loopback-listener.ts';
import type { OpenRedirect, RedirectAddress } from '../../../src/ports/oauth-redirect.ts';

const open: OpenRedirect[] = [];
afterEach(() => {
  for (const redirect of open.splice(0)) redirect.close();
});

async function listening(address: Partial<RedirectAddress> = {}, take: (url: URL) => boolean = () => true) {
  const landed: URL[] = [];
  const redirect = await loopbackListener.open(
    { host: '127.0.0.1', path: '/oauth/fake', ports: 'any', ...address },
    (url) => {
      const taken = take(url);
      if (taken) landed.push(url);
      return taken;
    },
  );
  open.push(redirect);
  return { ...redirect, landed };
}

describe('the page that the browser comes back to', () => {
  it('takes one answer, says that the window can be closed, and shows nothing of it', async () => {
    const { redirectUri, landed } = await listening();
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/fake$/);
    const response = await fetch(`${redirectUri}?code=canary-code&state=canary-state`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('You can close this window');
    expect(page + JSON.stringify([...response.headers])).not.toContain('canary');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(page).not.toMatch(/<script|src=|href=/);
    expect(landed.map(String)).toEqual([`${redirectUri}?code=canary-code&state=canary-state`]);
    expect((await fetch(`${redirectUri}?code=second`)).status).toBe(404);
    expect(landed).toHaveLength(1);
  });

  it('tells the browser when an answer is not taken, shows nothing of it, and goes on waiting', async () => {
    const { redirectUri, landed } = await listening({}, (url) => url.searchParams.get('state') === 'ours');
    for (let stray = 0; stray < 30; stray += 1) {
      const response = await fetch(`${redirectUri}?code=canary&state=${stray}`, {
        headers: { 'accept-language': stray % 2 === 0 ? 'en' : 'de' },
      });
      const page = await response.text();
      expect([response.status, page]).toEqual([
        400,
        expect.stringContaining(stray % 2 === 0 ? 'does not belong' : 'gehört nicht'),
      ]);
      expect(page).not.toContain('canary');
    }
    expect(landed).toEqual([]);
    expect((await fetch(`${redirectUri}?code=1&state=ours`)).status).toBe(200);
    expect(landed).toHaveLength(1);
  });

  it('speaks the browser’s language', async () => {
    const { redirectUri } = await listening();
    const response = await fetch(`${redirectUri}?error=access_denied`, {
      headers: { 'accept-language': 'de-AT,en;q=0.5' },
    });
    expect(await response.text()).toContain('Du kannst dieses Fenster schließen');
  });

  it.each([
    ['another path', '/oauth/other?code=1', {}],
    ['the favicon', '/favicon.ico', {}],
    ['no answer at all', '/oauth/fake', {}],
    ['another method', '/oauth/fake?code=1', { method: 'POST' }],
    ['a look at the head', '/oauth/fake?code=1', { method: 'HEAD' }],
    ['an address of more than 8 KB', `/oauth/fake?code=${'x'.repeat(9000)}`, {}],
  ])('goes on waiting after %s', async (_what, path, init) => {
    const { redirectUri, landed } = await listening();
    const { origin } = new URL(redirectUri);
    expect((await fetch(origin + path, init)).status).toBe(404);
    expect(landed).toEqual([]);
    expect((await fetch(`${redirectUri}?code=1`)).status).toBe(200);
  });

  it('does not answer a page of another name that resolves to this machine', async () => {
    const { redirectUri, landed } = await listening();
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${redirectUri}?code=1`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once('error', reject);
      sent.end();
    });
    expect(status).toBe(404);
    expect(landed).toEqual([]);
  });

  it('takes the first of the registered ports that is free, and says so when none is', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const free = await listening();
    const other = Number(new URL(free.redirectUri).port);
    free.close();
    const { redirectUri } = await listening({ host: 'localhost', ports: [port, other] });
    expect(redirectUri).toBe(`http://localhost:${other}/oauth/fake`);
    await expect(listening({ ports: [port] })).rejects.toMatchObject({ code: 'conflict' });
    taken.close();
  });

  it('answers on localhost whichever of its addresses the browser takes', async () => {
    const { redirectUri, landed } = await listening({ host: 'localhost' });
    const { port } = new URL(redirectUri);
    const status = await fetch(`http://127.0.0.1:${port}/oauth/fake?code=1`, {
      headers: { host: `localhost:${port}` },
    });
    expect([200, 404]).toContain(status.status);
    if (landed.length === 0) expect((await fetch(`${redirectUri}?code=1`)).status).toBe(200);
    expect(landed).toHaveLength(1);
  });

  it('is gone once it is closed', async () => {
    const { redirectUri, close } = await listening();
    close();
    await expect(fetch(`${redirectUri}?code=1`)).rejects.toThrow();
  });
});
