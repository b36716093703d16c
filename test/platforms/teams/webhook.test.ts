import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/time.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { decrypted, deliverySchema } from '../../../src/platforms/teams/notification.ts';
import { makeNotificationKey } from '../../../src/platforms/teams/notification-key.ts';
import { teamsWebhook } from '../../../src/platforms/teams/webhook.ts';
import type { RawDelivery } from '../../../src/platforms/webhook.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import { certificateOf, encryptContent } from '../../../src/simulator/teams/encrypt.ts';
import { ADA, TeamsBench } from './bench.ts';

const KEY = 'conformance-address-key';
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
const OTHER_TENANT = '11111111-2222-4333-8444-555555555555';

interface Item {
  clientState?: string | null;
  tenantId?: string;
  [name: string]: unknown;
}
interface Body {
  value: Item[];
  validationTokens?: string[];
}

let bench: TeamsBench;
/** A delivery as the simulated Graph sent it. */
let sent: Body;
let fetched: number;
let http: HttpClient;

beforeEach(async () => {
  bench = await TeamsBench.start({ webhook: true });
  await bench.signedIn();
  bench.simulator.organisation.client(ADA, 'Busy', 'InAMeeting');
  await bench.seat.until('the delivery', () => bench.simulator.subscriptions.deliveries.length > 0);
  sent = JSON.parse(bench.simulator.subscriptions.deliveries[0]?.body ?? '{}');
  fetched = 0;
  const real = httpClient(bench.seat.clock);
  http = {
    fetch: (input, init) => {
      fetched += 1;
      return real.fetch(input, init);
    },
  };
});
afterEach(() => bench.close());

function receive(body: unknown, more: Partial<RawDelivery> = {}, client = http) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return teamsWebhook.receive(
    { method: 'POST', query: new URLSearchParams({ key: KEY }), headers: new Map(), body: Buffer.from(text), ...more },
    {
      accountId: 'a_1',
      settings: bench.settings,
      secrets: { get: async () => null },
      clock: bench.seat.clock,
      http: client,
      addressKey: KEY,
    },
  );
}

/** The delivery with its one item changed. */
const withItem = (change: Partial<Item>): Body => ({
  ...sent,
  value: sent.value.map((item) => ({ ...item, ...change })),
});

/** A token of somebody else's key under a key id of Entra's, or with other claims. */
async function forged(claims: Record<string, unknown> = {}): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const seconds = Math.floor(bench.seat.clock.now() / 1_000);
  return new SignJWT({
    appid: PUBLISHER,
    tid: TENANT,
    iss: `https://sts.windows.net/${TENANT}/`,
    aud: bench.settings.clientId,
    nbf: seconds,
    exp: seconds + 3_600,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .sign(privateKey);
}

describe('a delivery of Graph’s', () => {
  it('is taken at once, its content still encrypted, and has the same id each time', async () => {
    const verdict = await receive(sent);
    expect(verdict).toMatchObject({
      kind: 'accepted',
      status: 202,
      events: [{ payload: { encrypted: { data: expect.any(String) } } }],
    });
    expect(JSON.stringify(verdict)).not.toMatch(/InAMeeting|"Busy"/);
    expect(await receive(sent)).toEqual(verdict);
    expect(fetched).toBeLessThanOrEqual(1);
  });

  it('counts only with the key of the address, before anything is parsed or answered', async () => {
    for (const query of ['', 'key=', `key=${KEY}x`, `key=${randomBytes(12).toString('hex')}`]) {
      const at = new URLSearchParams(query);
      expect(await receive(sent, { query: at })).toMatchObject({ kind: 'rejected' });
      at.set('validationToken', 'hello');
      expect(await receive('', { query: at })).toMatchObject({ kind: 'rejected' });
    }
  });

  it('is refused with another client state', async () => {
    for (const clientState of ['', null, 'somebody', `${sent.value[0]?.clientState}x`])
      expect(await receive(withItem({ clientState }))).toMatchObject({ kind: 'rejected' });
    const [first] = sent.value;
    expect(await receive({ ...sent, value: [first, { ...first, clientState: 'x' }] })).toMatchObject({
      kind: 'rejected',
    });
  });

  it('is refused without a valid token', async () => {
    const [good = ''] = sent.validationTokens ?? [];
    const [header, payload, signature] = good.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const hmac = Buffer.from('{"alg":"HS256","kid":"key-1"}').toString('base64url');
    const bad: (string[] | undefined)[] = [
      undefined,
      [],
      ['x'],
      [`${none}.${payload}.`],
      [`${hmac}.${payload}.${signature}`],
      [`${header}.${Buffer.from('{"aud":"x"}').toString('base64url')}.${signature}`],
      [await forged()],
      [good, await forged()],
    ];
    for (const validationTokens of bad) {
      expect(await receive({ ...sent, validationTokens })).toMatchObject({ kind: 'rejected' });
    }
    expect(await receive(sent)).toMatchObject({ kind: 'accepted' });
  });

  it('is refused when its token is of another tenant than its item, or its item of none', async () => {
    expect(await receive(withItem({ tenantId: OTHER_TENANT }))).toMatchObject({ kind: 'rejected' });
    expect(await receive({ ...sent, value: sent.value.map(({ tenantId, ...rest }) => rest) })).toMatchObject({
      kind: 'rejected',
    });
  });

  it('is refused when its token has run out, or is for another app', async () => {
    bench.settings = { ...bench.settings, clientId: OTHER_TENANT };
    expect(await receive(sent)).toMatchObject({ kind: 'rejected' });
    bench.settings = { ...bench.settings, clientId: bench.simulator.clientId };
    await bench.seat.clock.advance(66 * MINUTE_MS);
    expect(await receive(sent)).toMatchObject({ kind: 'rejected' });
  });

  it('is refused when its token is of another sender, another issuer, or of tomorrow, though Entra signed it', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1' };
    const keys: HttpClient = { fetch: async () => Response.json({ keys: [jwk] }) };
    bench.settings = { ...bench.settings, authority: 'http://127.0.0.1:9' };
    const seconds = Math.floor(bench.seat.clock.now() / 1_000);
    const good = {
      appid: PUBLISHER,
      tid: TENANT,
      iss: `https://sts.windows.net/${TENANT}/`,
      aud: bench.settings.clientId,
      nbf: seconds,
      exp: seconds + 3_600,
    };
    const judged = async (claims: Record<string, unknown>): Promise<string> => {
      const token = await new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .sign(privateKey);
      return (await receive({ ...sent, validationTokens: [token] }, {}, keys)).kind;
    };
    expect(await judged({})).toBe('accepted');
    expect(await judged({ iss: `http://127.0.0.1:9/${TENANT}/v2.0`, appid: undefined, azp: PUBLISHER })).toBe(
      'accepted',
    );
    expect(await judged({ appid: OTHER_TENANT })).toBe('rejected');
    expect(await judged({ appid: undefined })).toBe('rejected');
    expect(await judged({ iss: `https://sts.windows.net/${OTHER_TENANT}/` })).toBe('rejected');
    expect(await judged({ iss: `https://sts.evil.example/${TENANT}/` })).toBe('rejected');
    expect(await judged({ nbf: seconds + 3_600 })).toBe('rejected');
    expect(await judged({ aud: OTHER_TENANT })).toBe('rejected');
    expect(await judged({ exp: seconds - 3_600 })).toBe('rejected');
  });

  it('is refused when it is not one', async () => {
    for (const body of [
      '',
      '[]',
      'null',
      '{',
      '{"value":[]}',
      '{"value":[{}]}',
      Buffer.from([0xff, 0xfe]).toString('latin1'),
    ])
      expect(await receive(body)).toMatchObject({ kind: 'rejected' });
    expect(
      await receive(sent, { body: Buffer.concat([Buffer.from(JSON.stringify(sent)), Buffer.from([0xff])]) }),
    ).toMatchObject({ kind: 'rejected' });
  });
});

describe('Entra’s keys', () => {
  it('are fetched anew for a key that is not known, but not by everybody who invents one', async () => {
    await receive(sent);
    await bench.seat.clock.advance(6 * MINUTE_MS);
    await bench.simulator.subscriptions.rotateKeys();
    const known = bench.simulator.subscriptions.deliveries.length;
    bench.simulator.organisation.client(ADA, 'Away');
    await bench.seat.until('the delivery', () => bench.simulator.subscriptions.deliveries.length > known);
    expect(bench.simulator.subscriptions.deliveries.at(-1)?.status).toBe(202);
    const before = fetched;
    const { privateKey } = await generateKeyPair('RS256');
    for (let index = 0; index < 5; index += 1) {
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', kid: `invented-${index}` })
        .sign(privateKey);
      expect(await receive({ ...sent, validationTokens: [token] })).toMatchObject({ kind: 'rejected' });
    }
    expect(fetched - before).toBe(0);
  });

  it('that cannot be had are no reason to refuse: the delivery comes again', async () => {
    await bench.seat.clock.advance(13 * 60 * MINUTE_MS);
    const broken: HttpClient = { fetch: async () => new Response('busy', { status: 503 }) };
    await expect(receive(sent, {}, broken)).rejects.toMatchObject({ code: 'platform-unavailable', retry: 'later' });
  });
});

describe('the handshake', () => {
  it('gives the decoded token back as plain text', async () => {
    const token = 'Validation: Testing <b>&</b> ü';
    const query = new URLSearchParams(`key=${KEY}&validationToken=${encodeURIComponent(token)}`);
    expect(await receive('', { query })).toEqual({
      kind: 'handshake',
      status: 200,
      contentType: 'text/plain',
      body: token,
    });
  });

  it('is no echo for anything else', async () => {
    const query = new URLSearchParams({ key: KEY, validationToken: 'x'.repeat(2_001) });
    expect(await receive('', { query })).toMatchObject({ kind: 'rejected' });
    query.set('validationToken', 'short');
    expect(await receive('', { query, method: 'GET' })).toMatchObject({ kind: 'rejected' });
  });
});

describe('the encrypted part', () => {
  it('is opened by its own key only, and by none when a byte of it was changed', async () => {
    const key = await makeNotificationKey(bench.seat.clock.now());
    const certificate = certificateOf(key.certificate);
    if (certificate === null) throw new Error('not a certificate');
    const presence = { id: bench.ada, availability: 'Busy', activity: 'InACall' };
    const content = encryptContent(presence, certificate, key.id);
    expect(decrypted(content, key.privateKey)).toMatchObject(presence);
    const flipped = (text: string): string => {
      const bytes = Buffer.from(text, 'base64');
      bytes[3] = (bytes[3] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    for (const part of ['data', 'dataSignature', 'dataKey'] as const)
      expect(() => decrypted({ ...content, [part]: flipped(content[part]) }, key.privateKey)).toThrow(
        /could not be decrypted/,
      );
    const other = await makeNotificationKey(bench.seat.clock.now());
    expect(() => decrypted(content, other.privateKey)).toThrow(/could not be decrypted/);
    expect(() => decrypted(encryptContent({ nothing: 1 }, certificate, key.id), key.privateKey)).toThrow(
      /could not be decrypted/,
    );
  });

  it('is of the shape of Microsoft’s published example', () => {
    const example = {
      value: [
        {
          subscriptionId: '76222963-cc7b-42d2-882d-8aaa69cb2ba3',
          changeType: 'updated',
          tenantId: TENANT,
          resource: 'communications/presences/x',
          subscriptionExpirationDateTime: '2023-09-14T10:00:00.0000000Z',
          resourceData: { '@odata.id': 'users/x/presence', '@odata.type': '#microsoft.graph.presence', id: 'x' },
          organizationId: TENANT,
          encryptedContent: {
            data: 'AAAA',
            dataSignature: 'AAAA',
            dataKey: 'AAAA',
            encryptionCertificateId: 'MySelfSignedCert/DDC9651A-D7BC-4D74-86BC-A8923584B0AB',
            encryptionCertificateThumbprint: '07293748CC064953A3052FB978C735FB89E61C3D',
          },
        },
      ],
      validationTokens: ['eyJ0eXAiOiJKV1QiLCJhbGciOiJSU...'],
    };
    expect(deliverySchema.safeParse(example).success).toBe(true);
  });
});
