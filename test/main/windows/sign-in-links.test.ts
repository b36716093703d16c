import { describe, expect, it } from 'vitest';
import { SignInLinks } from '../../../main/windows/sign-in-links.ts';

const start = (authorizationUrl: string) =>
  Response.json({ flowId: 'f_1', authorizationUrl, userCode: null, expiresAt: '2026-03-02T12:00:00.000Z' });

/** What becomes allowed once the core answered a window with this page. */
const handedOut = async (
  page: string,
  request = new Request('muster-app://interface/v1/accounts/oauth', { method: 'POST' }),
) => {
  const links = new SignInLinks();
  const answer = await links.listenTo(() => start(page))(request);
  expect(await answer.json()).toMatchObject({ authorizationUrl: page });
  return links;
};

describe('the page on which a sign-in goes on', () => {
  it('may be opened once the core handed it out, whatever its host', async () => {
    const page = 'https://login.tenant.example/authorize?client_id=1&state=abc';
    expect(new SignInLinks().allowed(page)).toBeNull();
    expect((await handedOut(page)).allowed(page)).toBe(page);
  });

  it('may not be another one of the same host', async () => {
    const links = await handedOut('https://login.tenant.example/authorize?state=abc');
    expect(links.allowed('https://login.tenant.example/authorize?state=other')).toBeNull();
    expect(links.allowed('https://login.tenant.example/')).toBeNull();
  });

  it('may be plain http on this computer alone', async () => {
    const near = 'http://127.0.0.1:4747/oauth?state=abc';
    expect((await handedOut(near)).allowed(near)).toBe(near);
    const far = 'http://login.tenant.example/oauth?state=abc';
    expect((await handedOut(far)).allowed(far)).toBeNull();
  });

  it('is nothing that another program would run, and nothing with a name and a word in it', async () => {
    for (const page of ['file:///etc/passwd', 'smb://server/share', 'https://me:word@login.example/', 'not a link']) {
      expect((await handedOut(page)).allowed(page)).toBeNull();
    }
  });

  it('is heard only where a sign-in begins', async () => {
    const page = 'https://login.tenant.example/authorize';
    const elsewhere = new Request('muster-app://interface/v1/accounts', { method: 'POST' });
    expect((await handedOut(page, elsewhere)).allowed(page)).toBeNull();
  });

  it('is forgotten when many others began since', async () => {
    const links = new SignInLinks();
    let page = '';
    const api = links.listenTo(() => start(page));
    for (let index = 0; index <= 20; index += 1) {
      page = `https://login.example/?state=${index}`;
      await api(new Request('muster-app://interface/v1/accounts/oauth', { method: 'POST' }));
    }
    expect(links.allowed('https://login.example/?state=0')).toBeNull();
    expect(links.allowed(page)).toBe(page);
  });
});
