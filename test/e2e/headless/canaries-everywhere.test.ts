import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { routes } from '../../../src/contract/index.ts';
import { startDiscordSimulator } from '../../../src/simulator/discord/server.ts';
import { GOOGLE_CLIENT, startGoogleChatSimulator } from '../../../src/simulator/google-chat/server.ts';
import { startTeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { startWhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';
import { ZOOM_APP } from '../../../src/simulator/zoom/oauth.ts';
import { startZoomSimulator } from '../../../src/simulator/zoom/server.ts';
import { ApiClient, type Carry } from './support/api-client.ts';
import { commandLines, filesUnder, findCanaries } from './support/canaries.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { accountsOf } from './support/queries.ts';
import { makeHome, runMuster, serveMuster } from './support/served.ts';

const closing = closeAfterEach();
/** Short enough for every account to renew its token within the test: it is renewed ahead of its end. */
const ACCESS_SECONDS = 20;
/** Made up by the user; they are not in any simulator. */
const PASTED = {
  'the verify token': 'Veri"fy/vogel+3=1 <&Vv\\',
  'the webhook secret': 'Hook"s/vogel+5=8 <&Hh\\',
  'a wrong bot token': 'MTk5.Wro"ng.vogel+8=3<&Bb\\',
} as const;

/** One of each platform that has tokens, and what of them is secret. */
async function platforms() {
  const zoom = await startZoomSimulator({
    me: 'zoom-me',
    accessSeconds: ACCESS_SECONDS,
    populate: (account) => account.addUser({ id: 'zoom-me', firstName: 'Grace', lastName: 'Hopper' }),
  });
  closing(() => zoom.close());
  const teams = await startTeamsSimulator({
    accessSeconds: ACCESS_SECONDS,
    populate: (organisation) => organisation.add({ displayName: 'Grace Hopper' }),
  });
  closing(() => teams.close());
  const google = await startGoogleChatSimulator({ accessSeconds: ACCESS_SECONDS });
  closing(() => google.close());
  const discord = await startDiscordSimulator();
  closing(() => discord.close());
  discord.world.addGuild({ id: '500000000000000001', name: 'Harbour', members: [] });
  const whatsapp = await startWhatsappSimulator({ redeliverAfterMs: 50 });
  closing(async () => {
    whatsapp.webhooks.close();
    await whatsapp.close();
  });
  const number = whatsapp.business.addNumber({
    id: '106540352242922',
    displayPhoneNumber: '+1 555-078-3881',
    verifiedName: 'Harbour',
    about: 'Hello',
  });
  const businessToken = whatsapp.business.issueToken();
  const servers = [zoom.oauth, teams.signIn.oauth, google.oauth];
  const canaries = (): Record<string, string> => ({
    ...PASTED,
    'the bot token': discord.world.token,
    'the business token': businessToken,
    'the app secret': whatsapp.business.appSecret,
    'the client secret': GOOGLE_CLIENT.clientSecret,
    ...Object.fromEntries(
      servers.flatMap((server, which) => server.givenOut().map((text, index) => [`OAuth ${which}.${index}`, text])),
    ),
  });
  return { zoom, teams, google, discord, whatsapp, number, businessToken, canaries };
}

describe('a secret of any platform', () => {
  it('is in the vault and nowhere else, through sign-in, renewal, webhooks, failure, repair and removal', {
    timeout: 120_000,
  }, async () => {
    const { zoom, teams, google, discord, whatsapp, number, businessToken, canaries } = await platforms();
    const { home, remove } = makeHome();
    closing(remove);
    const env = { MUSTER_KEYCHAIN: 'vault', MUSTER_LOG_LEVEL: 'debug' };
    const muster = await serveMuster(home, env);
    closing(() => muster.stop());
    const told: string[] = [];
    const carry: Carry = async (path, init) => {
      const response = await muster.carry(path, init);
      const text = await response.text();
      told.push(`${path} ${text} ${JSON.stringify([...response.headers])}`);
      return new Response(response.status === 204 ? null : text, {
        status: response.status,
        headers: response.headers,
      });
    };
    const api = new ApiClient(carry);
    const tail = await muster.events();
    const seen = new Set<string>();
    const look = () => {
      const secrets = canaries();
      for (const { name, text } of filesUnder(home)) for (const one of findCanaries(name, text, secrets)) seen.add(one);
      for (const { pid, text } of commandLines())
        for (const one of findCanaries(`the arguments of process ${pid}`, text, secrets)) seen.add(one);
    };
    const stateOf = async (id: string) => (await accountsOf(api)).find((account) => account.id === id)?.state;

    /** From the browser to the end of the flow; what the page says is looked at too. */
    async function signIn(body: z.input<typeof routes.startOAuth.body>) {
      const { authorizationUrl, flowId } = await begin(body);
      const page = await fetch(authorizationUrl);
      told.push(`the page after signing in: ${await page.text()}`);
      const flow = () => api.call(routes.getOAuthFlow, { params: { flowId } });
      await expect.poll(async () => (await flow()).state, { timeout: 15_000 }).not.toBe('pending');
      return flow();
    }
    const begin = (body: z.input<typeof routes.startOAuth.body>) => api.call(routes.startOAuth, { body });
    const onZoom = {
      platform: 'zoom',
      settings: { apiUrl: zoom.apiUrl, authUrl: zoom.authUrl, clientId: ZOOM_APP.clientId },
    };
    const onTeams = {
      platform: 'teams',
      settings: { graphUrl: teams.graphUrl, authority: teams.authority, clientId: teams.clientId },
    };
    const onGoogle = {
      platform: 'google-chat',
      settings: { apiUrl: google.apiUrl, authUrl: google.authUrl, clientId: GOOGLE_CLIENT.clientId },
      secrets: { clientSecret: GOOGLE_CLIENT.clientSecret },
    };

    // Refused first, then granted.
    zoom.oauth.consent = { ...zoom.oauth.consent, decision: 'deny' };
    expect((await signIn(onZoom)).state).toBe('failed');
    zoom.oauth.consent = { ...zoom.oauth.consent, decision: 'grant' };
    const flows = [
      await signIn({ ...onZoom, secrets: { webhookSecret: PASTED['the webhook secret'] } }),
      await signIn(onTeams),
      await signIn(onGoogle),
    ];
    expect(flows.map(({ state, reason }) => [state, reason])).toEqual(flows.map(() => ['done', null]));
    const [zoomId = '', teamsId = '', googleId = ''] = flows.map(({ accountId }) => accountId ?? '');
    look();

    // Pasted, wrong and right.
    const wrong = {
      platform: 'discord',
      settings: { apiUrl: discord.apiUrl },
      secrets: { botToken: PASTED['a wrong bot token'] },
    };
    expect((await api.raw('post', '/v1/accounts', wrong)).status).toBe(422);
    const bot = await api.call(routes.createAccount, {
      body: { ...wrong, secrets: { botToken: discord.world.token } },
    });
    const business = await api.call(routes.createAccount, {
      body: {
        platform: 'whatsapp',
        settings: { apiUrl: whatsapp.apiUrl, phoneNumberId: number.id },
        secrets: {
          accessToken: businessToken,
          appSecret: whatsapp.business.appSecret,
          verifyToken: PASTED['the verify token'],
        },
      },
    });
    look();

    // Webhooks: the handshake, an authentic delivery, forged ones.
    const hook = new URL(`/hooks/whatsapp/${business.id}`, muster.server.url);
    await whatsapp.webhooks.subscribe(hook.href, PASTED['the verify token']);
    const ada = whatsapp.business.addUser({ waId: '491555000001', userId: null, name: 'Ada Byron', username: null });
    whatsapp.webhooks.message(number, ada);
    await whatsapp.webhooks.settled();
    const forged = '{"object":"whatsapp_business_account"}';
    const signature = createHmac('sha256', 'guessed').update(forged).digest('hex');
    for (const [path, headers] of [
      [hook.pathname, { 'x-hub-signature-256': `sha256=${signature}` }],
      [`/hooks/zoom/${zoomId}`, { 'x-zm-signature': `v0=${signature}`, 'x-zm-request-timestamp': '1' }],
    ] as const)
      expect((await fetch(new URL(path, muster.server.url), { method: 'POST', body: forged, headers })).status).toBe(
        401,
      );

    // Renewal: every account gets along without the token that it began with.
    const [given] = [canaries()];
    await expect
      .poll(() => Object.keys(canaries()).length - Object.keys(given ?? {}).length, { timeout: 40_000 })
      .toBeGreaterThanOrEqual(3);
    look();

    // Failure and repair.
    google.faults.add({ kind: 'malformed-json' }, { times: 2 });
    for (const id of [zoomId, teamsId, googleId, bot.id, business.id])
      await api.call(routes.reconnectAccount, { params: { id } });
    zoom.oauth.revokeUser('zoom-me');
    await api.call(routes.reconnectAccount, { params: { id: zoomId } });
    await expect.poll(() => stateOf(zoomId), { timeout: 30_000 }).toBe('needs-sign-in');
    const repaired = await signIn({ ...onZoom, accountId: zoomId });
    expect(repaired).toMatchObject({ state: 'done', accountId: zoomId });
    await expect.poll(() => stateOf(zoomId), { timeout: 15_000 }).toBe('connected');
    await api.call(routes.putOwnStatus, { body: { status: 'busy', message: 'Focus' } });
    look();

    // Everything that can be asked for.
    for (const path of [
      '/v1/accounts',
      '/v1/platforms',
      '/v1/audit?limit=500',
      '/v1/doctor',
      '/v1/statistics',
      '/metrics',
      '/openapi.json',
      ...[zoomId, teamsId, googleId, bot.id, business.id].map((id) => `/v1/accounts/${id}/health`),
    ])
      expect((await api.raw('get', path)).status, path).toBe(200);
    await api.call(routes.exportAll);
    for (const args of [['doctor', '--json'], ['status'], ['account', 'list', '--json'], ['export']])
      told.push((await runMuster(home, args, { env })).output);

    // Removal: the platform is told, and nothing is left.
    for (const id of [zoomId, teamsId, googleId, bot.id, business.id])
      await api.call(routes.deleteAccount, { params: { id } });
    expect(zoom.oauth.givenOut().filter((token) => zoom.oauth.standing(token) === 'valid')).toEqual([]);
    look();
    await muster.kill();
    look();
    const secrets = canaries();
    for (const one of [
      ...findCanaries('the answers', told.join('\n'), secrets),
      ...findCanaries('the events', tail.text, secrets),
      ...findCanaries('the output', muster.process.output(), secrets),
    ])
      seen.add(one);
    expect([...seen]).toEqual([]);
    expect(Object.keys(secrets).length).toBeGreaterThan(15);
  });
});
