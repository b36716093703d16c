import { afterEach, describe, expect, it } from 'vitest';
import { slackAdapter } from '../../../src/platforms/slack/adapter.ts';
import { pastedTokens } from '../../../src/services/accounts/pasted-tokens.ts';
import { type SlackBench, startSlackBench } from './bench.ts';

let bench: SlackBench;
afterEach(async () => {
  bench.abort.abort();
  await bench.simulator.close();
});

const ALL = ['users:read', 'users.profile:read', 'users.profile:write', 'users:write', 'dnd:read', 'dnd:write'];

function connectWith(token: string | null) {
  return slackAdapter.connect(bench.context({ tokens: pastedTokens({ get: async () => token }) }));
}

describe('signing in to Slack', () => {
  it('tells who one is and that nothing is missing', async () => {
    bench = await startSlackBench();
    const connection = await bench.connect();
    expect(connection.self).toEqual({ userId: 'U0ME', displayName: 'me' });
    expect(connection.label).toBe(bench.simulator.workspace.identity.name);
    expect(connection.notices).toEqual([]);
    expect(connection.chatUrl('U0ADA')).toBe('slack://user?team=T0SIM00001&id=U0ADA');
    await connection.verify(bench.signal);
    await connection.close();
  });

  it('names the required permissions that are missing', async () => {
    bench = await startSlackBench({ scopes: ['users:read', 'dnd:read', 'users:write', 'dnd:write'] });
    await expect(bench.connect()).rejects.toMatchObject({
      code: 'missing-scope',
      params: { scopes: 'users.profile:read,users.profile:write' },
      message: expect.stringContaining('users.profile:read, users.profile:write'),
    });
  });

  it('works without the optional permissions and says what is less', async () => {
    bench = await startSlackBench({ scopes: ALL });
    const connection = await bench.connect();
    expect(connection.notices).toHaveLength(2);
    expect(connection.notices.join(' ')).toContain('users:read.email');
    expect(connection.notices.join(' ')).toContain('emoji:read');
    expect(connection.emoji).toBeUndefined();
  });

  it.each([
    ['revoked', 'token-revoked', 'reauth'],
    ['expired', 'token-expired', 'reauth'],
    ['deactivated', 'account-disabled', 'reauth'],
    ['unknown', 'credentials-refused', 'reauth'],
  ])('refuses a token that is %s with Slack’s reason', async (state, code, retry) => {
    bench = await startSlackBench();
    if (state === 'revoked') bench.simulator.workspace.revokeToken(bench.token);
    if (state === 'expired') bench.simulator.workspace.expireToken(bench.token);
    if (state === 'deactivated') bench.simulator.workspace.deactivateUser('U0ME');
    await expect(connectWith(state === 'unknown' ? 'xoxp-nobody' : bench.token)).rejects.toMatchObject({ code, retry });
    expect(bench.logger.lines.join()).not.toContain(bench.token);
  });

  it.each(['xoxb-1-2', 'xapp-1-A', 'xoxe-1-A', 'xoxe.xoxb-1', '', '  ', 'xoxp-a b', 'xoxp-ä', null])(
    'refuses %j itself, without sending it anywhere',
    async (token) => {
      bench = await startSlackBench();
      await expect(connectWith(token)).rejects.toMatchObject({ code: 'credentials-refused' });
      expect(bench.simulator.calls).toHaveLength(0);
    },
  );

  it('refuses a bot’s token also when its text does not show it', async () => {
    bench = await startSlackBench();
    const token = bench.simulator.workspace.issueToken({ userId: 'U0ME', kind: 'bot', token: 'opaque-1' });
    await expect(connectWith(token)).rejects.toMatchObject({
      code: 'credentials-refused',
      params: { error: 'not_allowed_token_type' },
    });
  });

  it('says that Slack cannot be reached when nobody listens', async () => {
    bench = await startSlackBench();
    await bench.simulator.close();
    await expect(bench.connect()).rejects.toMatchObject({ code: 'platform-unreachable', retry: 'later' });
  });

  it('takes https addresses and loopback ones as the API, and nothing else', () => {
    const { settings } = slackAdapter.manifest;
    for (const apiUrl of ['https://slack-gov.com/api/', 'http://127.0.0.1:4000/api', 'http://localhost/api']) {
      expect(settings.safeParse({ apiUrl }).success).toBe(true);
    }
    for (const apiUrl of ['http://example.org/api/', 'ftp://slack.com/', 'slack.com', 'https://slack.com/api?x=1', 7]) {
      expect(settings.safeParse({ apiUrl }).success, String(apiUrl)).toBe(false);
    }
    expect(settings.safeParse({}).success).toBe(true);
    expect(settings.safeParse({ userToken: 'x' }).success).toBe(false);
  });
});
