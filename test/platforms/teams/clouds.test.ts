import { describe, expect, it } from 'vitest';
import { teamsAdapter } from '../../../src/platforms/teams/adapter.ts';
import { cloudOf } from '../../../src/platforms/teams/clouds.ts';
import { throwawayMemory } from '../../../src/services/accounts/account-memory.ts';
import { SlidingBudget } from '../../../src/services/polling/sliding-budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { quietLogger } from '../../support/quiet-logger.ts';

const ME = 'fa8bf3dc-eca7-46b7-bad1-db199b62afc3';

/** Signs in to a cloud whose Graph knows oneself alone; answers the connection and what was asked. */
async function connected(graphUrl: string, presenceStatus = 200, messageStatus = 200) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const paths: string[] = [];
  const answer = (path: string): unknown => {
    if (path.endsWith('/$count')) return 1;
    if (path.endsWith('/me/presence')) return { id: ME, availability: 'Busy', activity: 'Busy' };
    if (path.endsWith('/me')) return { id: ME, displayName: 'Grace Hopper' };
    return { value: [{ id: ME, availability: 'Available', activity: 'Available' }] };
  };
  const connection = await teamsAdapter.connect({
    accountId: 'a_1',
    settings: { clientId: '22553876-f5ab-4529-bffb-cfe50aa89f87', graphUrl },
    secrets: { get: async () => null },
    tokens: { current: async () => 'a-token', refused: () => {} },
    memory: throwawayMemory(),
    webhookUrl: null,
    http: {
      fetch: async (input) => {
        const url = new URL(String(input));
        asked.push(url.host);
        paths.push(url.pathname);
        if (url.pathname.endsWith('/setStatusMessage') && messageStatus !== 200)
          return Response.json({ error: { code: 'UnknownError', message: '' } }, { status: messageStatus });
        if (url.pathname.endsWith('/getPresencesByUserId') && presenceStatus !== 200)
          return Response.json({ error: { code: 'UnknownError', message: '' } }, { status: presenceStatus });
        return Response.json(answer(url.pathname));
      },
    },
    clock,
    random: { next: () => 0.5, id: (prefix) => `${prefix}1` },
    logger: quietLogger(),
    signal: new AbortController().signal,
    isOptedOut: () => false,
    budget: (name, limits) => new SlidingBudget(name, limits, clock),
    report: {
      identities: () => {},
      removed: () => {},
      observations: () => {},
      lost: () => {},
      ownChanged: () => {},
      channel: () => {},
    },
  });
  return { connection, hosts: [...new Set(asked)], written: () => paths.map((path) => path.split('/').at(-1)) };
}

describe('Microsoft’s clouds', () => {
  it.each([
    [{}, 'https://graph.microsoft.com/', 'https://login.microsoftonline.com/'],
    [{ graphUrl: 'https://graph.microsoft.us' }, 'https://graph.microsoft.us/', 'https://login.microsoftonline.us/'],
    [
      { graphUrl: 'https://dod-graph.microsoft.us/' },
      'https://dod-graph.microsoft.us/',
      'https://login.microsoftonline.us/',
    ],
    [
      { authority: 'https://login.microsoftonline.us' },
      'https://graph.microsoft.us/',
      'https://login.microsoftonline.us/',
    ],
    [
      { authority: 'https://login.chinacloudapi.cn' },
      'https://microsoftgraph.chinacloudapi.cn/',
      'https://login.chinacloudapi.cn/',
    ],
    [
      { graphUrl: 'https://gateway.example/graph' },
      'https://gateway.example/graph/',
      'https://login.microsoftonline.com/',
    ],
  ])('%j: the address that is missing is that of the same cloud', (settings, graphUrl, authority) => {
    expect(cloudOf(settings)).toMatchObject({ graphUrl, authority });
  });

  it.each([
    ['https://graph.microsoft.com', 'https://teams.microsoft.com/l/chat/0/0?users=someone'],
    ['https://graph.microsoft.us', 'https://gov.teams.microsoft.us/l/chat/0/0?users=someone'],
    ['https://dod-graph.microsoft.us', 'https://dod.teams.microsoft.us/l/chat/0/0?users=someone'],
  ])('%s: chats open in the Teams of the same cloud', async (graphUrl, link) => {
    expect((await connected(graphUrl)).connection.chatUrl('someone')).toBe(link);
  });

  it('offer one’s own status where Graph can write it', async () => {
    const { connection, hosts } = await connected('https://graph.microsoft.us');
    expect(connection.ownStatus).toBeDefined();
    expect(connection.notices).toEqual([]);
    expect(hosts).toEqual(['graph.microsoft.us']);
  });

  it.each([400, 403, 404])(
    'say that China has no presence for apps, as Microsoft writes, when it answers %i',
    async (status) => {
      await expect(connected('https://microsoftgraph.chinacloudapi.cn', status)).rejects.toMatchObject({
        code: 'unsupported',
        retry: 'never',
        message: expect.stringContaining('China'),
      });
    },
  );

  it.each([
    [404, 'not-found'],
    [403, 'missing-scope'],
  ])('say something else where there is presence and it is refused with %i', async (status, code) => {
    await expect(connected('https://graph.microsoft.us', status)).rejects.toMatchObject({ code });
  });

  it('try again where China only has trouble', async () => {
    await expect(connected('https://microsoftgraph.chinacloudapi.cn', 503)).rejects.toMatchObject({ retry: 'later' });
  });

  it('say where it cannot', async () => {
    const { connection, hosts } = await connected('https://microsoftgraph.chinacloudapi.cn');
    expect(connection.ownStatus).toBeUndefined();
    expect(connection.notices).toEqual([expect.stringContaining('lets no app set a status')]);
    expect(hosts).toEqual(['microsoftgraph.chinacloudapi.cn']);
  });

  it.each([400, 403, 404])(
    'say that GCC High has no status messages when it answers %i, and set the status',
    async (status) => {
      const { connection, written } = await connected('https://graph.microsoft.us', 200, status);
      const target = { kind: 'set', status: 'busy', message: 'Busy', emoji: null, until: null } as const;
      const result = await connection.ownStatus?.apply(
        { status: target, doNotDisturb: null },
        new AbortController().signal,
      );
      expect(result?.status).toMatchObject({
        outcome: 'partial',
        detail: expect.stringContaining('no status messages'),
      });
      expect(written()).toContain('setUserPreferredPresence');
    },
  );

  it('do not say so of the worldwide one', async () => {
    const { connection } = await connected('https://graph.microsoft.com', 200, 404);
    const target = { kind: 'set', status: 'busy', message: 'Busy', emoji: null, until: null } as const;
    await expect(
      connection.ownStatus?.apply({ status: target, doNotDisturb: null }, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
