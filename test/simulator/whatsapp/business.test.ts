import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WhatsappUser } from '../../../src/simulator/whatsapp/business.ts';
import { startWhatsappSimulator, type WhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';

const SECRET = 'the-app-secret';
const ADA: WhatsappUser = { waId: '16505551234', userId: 'US.13491208655302741918', name: 'Ada', username: null };

/** A webhook that keeps what it got and answers as it is told. */
async function listener(): Promise<{
  url: string;
  got: { signature: string; body: string }[];
  answers: number[];
  server: Server;
}> {
  const got: { signature: string; body: string }[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'GET') {
      const right = url.searchParams.get('hub.verify_token') === 'words';
      response.writeHead(right ? 200 : 403).end(right ? url.searchParams.get('hub.challenge') : '');
      return;
    }
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      got.push({ signature: String(request.headers['x-hub-signature-256']), body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/hook?key=k`, got, answers, server };
}

/** JSON types by path; what an array holds counts as one. */
function shapeOf(value: unknown, path = ''): Record<string, string> {
  if (Array.isArray(value)) return Object.assign({}, ...value.map((element) => shapeOf(element, `${path}[]`)));
  if (typeof value !== 'object' || value === null) return { [path]: typeof value };
  return Object.assign({}, ...Object.entries(value).map(([name, part]) => shapeOf(part, `${path}.${name}`)));
}

describe('the simulated business', () => {
  let now = Date.parse('2026-03-02T08:00:00Z');
  let simulator: WhatsappSimulator;
  let token: string;
  beforeEach(async () => {
    simulator = await startWhatsappSimulator({
      appSecret: SECRET,
      now: () => now,
      callsAnHour: 5,
      redeliverAfterMs: 5,
    });
    simulator.business.addNumber({
      id: '106540352242922',
      displayPhoneNumber: '+1 555-078-3881',
      verifiedName: 'Jaspers Market',
      about: 'Succulent specialists!',
    });
    token = simulator.business.issueToken();
  });
  afterEach(() => simulator.close());
  const number = () => {
    const found = simulator.business.numbers.get('106540352242922');
    if (found === undefined) throw new Error('no number');
    return found;
  };
  async function call(path: string, options: { token?: string; body?: unknown; type?: string } = {}) {
    const response = await fetch(`${simulator.apiUrl}/${path}`, {
      headers: {
        authorization: `Bearer ${options.token ?? token}`,
        ...(options.body === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
      },
      ...(options.body === undefined ? {} : { method: 'POST', body: JSON.stringify(options.body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const refused = (code: number, subcode?: number) => ({
    body: { error: { code, ...(subcode === undefined ? {} : { error_subcode: subcode }) } },
  });

  it('answers as the documentation’s examples do', async () => {
    const profile = await call('106540352242922/whatsapp_business_profile?fields=about');
    // business-phone-numbers/business-profiles
    expect(profile.body).toEqual({ data: [{ about: 'Succulent specialists!', messaging_product: 'whatsapp' }] });
    const fields = 'id,display_phone_number,verified_name,webhook_configuration';
    expect((await call(`106540352242922?fields=${fields}`)).body).toEqual({
      id: '106540352242922',
      display_phone_number: '+1 555-078-3881',
      verified_name: 'Jaspers Market',
    });
  });

  it('refuses what Meta refuses, in Meta’s shape', async () => {
    const unknown = await call('106540352242922', { token: 'EAAnobody' });
    expect(unknown).toMatchObject({ status: 401, ...refused(190) });
    expect(shapeOf(unknown.body)).toEqual({
      '.error.message': 'string',
      '.error.type': 'string',
      '.error.code': 'number',
      '.error.fbtrace_id': 'string',
    });
    expect(await call('999999999999')).toMatchObject({ status: 400, ...refused(100, 33) });
    expect(await call('106540352242922?appsecret_proof=00')).toMatchObject({ status: 400, ...refused(100) });
    const weak = simulator.business.issueToken({ scopes: [] });
    expect(await call('106540352242922', { token: weak })).toMatchObject({ status: 403, ...refused(200) });
    const old = simulator.business.issueToken({ expiresAt: now });
    expect(await call('106540352242922', { token: old })).toMatchObject({ status: 401, ...refused(190, 463) });
  });

  it('takes an about text of 1 to 139 characters, as JSON', async () => {
    const path = '106540352242922/whatsapp_business_profile';
    const body = (about: string) => ({ messaging_product: 'whatsapp', about });
    for (const about of ['', 'x'.repeat(140)])
      expect(await call(path, { body: body(about) })).toMatchObject(refused(100));
    expect(await call(path, { body: { about: 'Hello' } })).toMatchObject(refused(100));
    expect(await call(path, { body: body('Hello'), type: 'text/plain' })).toMatchObject(refused(100));
    expect(number().about).toBe('Succulent specialists!');
    expect((await call(path, { body: body('👩‍👩‍👧‍👦'.repeat(19)) })).body).toEqual({ success: true });
  });

  it('counts calls by the hour, and says in its header when it takes them again', async () => {
    for (let made = 0; made < 5; made += 1) await call('106540352242922');
    const over = await call('106540352242922');
    expect(over).toMatchObject({ status: 400, ...refused(80_007) });
    expect(JSON.parse(over.headers.get('x-business-use-case-usage') ?? '')).toMatchObject({
      '102290129340398': [{ type: 'whatsapp', estimated_time_to_regain_access: 60 }],
    });
    now += 3_600_000;
    expect((await call('106540352242922')).status).toBe(200);
  });

  it('sends signed deliveries to a verified address only, again until they are taken', async () => {
    const hook = await listener();
    await expect(simulator.webhooks.subscribe(hook.url, 'other words')).rejects.toThrow(/validated/);
    await simulator.webhooks.subscribe(hook.url, 'words');
    hook.answers.push(500, 503);
    simulator.webhooks.message(number(), ADA);
    await simulator.webhooks.settled();
    expect(simulator.webhooks.attempts.map(({ status }) => status)).toEqual([500, 503, 200]);
    const [first] = hook.got;
    expect(first?.signature).toBe(
      `sha256=${createHmac('sha256', SECRET)
        .update(first?.body ?? '')
        .digest('hex')}`,
    );
    expect(new Set(hook.got.map(({ body }) => body)).size).toBe(1);
    hook.server.closeAllConnections();
    await new Promise((resolve) => hook.server.close(resolve));
  });

  it('shapes its deliveries as the documentation’s examples', async () => {
    const hook = await listener();
    await simulator.webhooks.subscribe(hook.url, 'words');
    simulator.webhooks.message(number(), { ...ADA, userId: null });
    simulator.webhooks.status(number(), { ...ADA, userId: null }, 'read');
    simulator.webhooks.message(number(), { ...ADA, username: 'ada' });
    await simulator.webhooks.settled();
    const [message, status, hidden] = hook.got.map(({ body }) => shapeOf(JSON.parse(body)));
    const value = '.entry[].changes[].value';
    // webhooks/reference/messages/text
    expect(message).toEqual({
      '.object': 'string',
      '.entry[].id': 'string',
      [`${value}.messaging_product`]: 'string',
      [`${value}.metadata.display_phone_number`]: 'string',
      [`${value}.metadata.phone_number_id`]: 'string',
      [`${value}.contacts[].profile.name`]: 'string',
      [`${value}.contacts[].wa_id`]: 'string',
      [`${value}.messages[].from`]: 'string',
      [`${value}.messages[].id`]: 'string',
      [`${value}.messages[].timestamp`]: 'string',
      [`${value}.messages[].type`]: 'string',
      [`${value}.messages[].text.body`]: 'string',
      '.entry[].changes[].field': 'string',
    });
    // webhooks/reference/messages/status
    expect(status).toMatchObject({
      [`${value}.statuses[].id`]: 'string',
      [`${value}.statuses[].status`]: 'string',
      [`${value}.statuses[].timestamp`]: 'string',
      [`${value}.statuses[].recipient_id`]: 'string',
    });
    // business-scoped-user-ids: whoever has a user name comes without a number
    expect(hidden).toMatchObject({
      [`${value}.contacts[].profile.username`]: 'string',
      [`${value}.contacts[].user_id`]: 'string',
      [`${value}.messages[].from_user_id`]: 'string',
    });
    expect(hidden).not.toHaveProperty([`${value}.contacts[].wa_id`]);
    expect(hidden).not.toHaveProperty([`${value}.messages[].from`]);
    hook.got.length = 0;
    const moved = { waId: '12195550112', userId: 'US.24817305912873645029' };
    simulator.webhooks.numberChanged(number(), ADA, { ...ADA, ...moved });
    simulator.webhooks.numberChanged(number(), { ...ADA, username: 'ada' }, { ...ADA, ...moved, username: 'ada' });
    await simulator.webhooks.settled();
    const [changedNumber, changedId] = hook.got.map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
    // webhooks/reference/messages/system, and the changelog of 11 August 2026; system messages have no contacts.
    expect(changedNumber).not.toHaveProperty('contacts');
    expect(changedNumber.messages).toEqual([
      {
        from: ADA.waId,
        id: expect.stringMatching(/^wamid\./),
        timestamp: expect.stringMatching(/^\d+$/),
        type: 'system',
        system: {
          body: `User Ada changed from ${ADA.waId} to 12195550112`,
          wa_id: '12195550112',
          user_id: moved.userId,
          previous_user_id: ADA.userId,
          type: 'user_changed_number',
        },
      },
    ]);
    expect(changedId.messages[0]).not.toHaveProperty('from');
    expect(changedId.messages[0].system).toEqual({
      body: `User Ada changed from ${ADA.userId} to ${moved.userId}`,
      user_id: moved.userId,
      previous_user_id: ADA.userId,
      type: 'user_changed_user_id',
    });
    hook.server.closeAllConnections();
    await new Promise((resolve) => hook.server.close(resolve));
  });
});
