import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RawDelivery } from '../../../src/platforms/webhook.ts';
import { whatsappWebhook } from '../../../src/platforms/whatsapp/webhook.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const SECRETS: Readonly<Record<string, string>> = { appSecret: 'the-app-secret', verifyToken: 'the words' };
const NUMBER = '106540352242922';

const context = {
  accountId: 'a_1',
  settings: { phoneNumberId: NUMBER },
  secrets: { get: async (key: string) => SECRETS[key] ?? null },
  clock: new FakeClock(),
  http: { fetch: () => Promise.reject(new Error('no calls')) },
  addressKey: 'key',
};

function receive(delivery: Partial<Omit<RawDelivery, 'body' | 'query'>> & { body?: string; query?: string }) {
  const { method = 'POST', headers = new Map(), body = '', query = '' } = delivery;
  const raw = { method, headers, query: new URLSearchParams(query), body: new TextEncoder().encode(body) };
  return whatsappWebhook.receive(raw, context);
}

function signed(body: string, secret = 'the-app-secret') {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return receive({ body, headers: new Map([['x-hub-signature-256', `sha256=${signature}`]]) });
}

/** As in Meta's documentation (webhooks/reference/messages/text, May 2026). */
const TEXT = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550783881', phone_number_id: NUMBER },
            contacts: [{ profile: { name: 'Sheena Nelson' }, wa_id: '16505551234' }],
            messages: [
              {
                from: '16505551234',
                id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
                timestamp: '1749416383',
                type: 'text',
                text: { body: 'Does it come in another color?' },
              },
            ],
          },
          field: 'messages',
        },
      ],
    },
  ],
};
const withValue = (value: object) =>
  JSON.stringify({ ...TEXT, entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
const metadata = { display_phone_number: '15550783881', phone_number_id: NUMBER };

describe('the handshake', () => {
  const ask = (query: string) => receive({ method: 'GET', query });

  it('gives the challenge back to whoever knows the verify token', async () => {
    const verdict = await ask('hub.mode=subscribe&hub.verify_token=the+words&hub.challenge=1158201444');
    expect(verdict).toMatchObject({ kind: 'handshake', status: 200, body: '1158201444' });
    expect(verdict).toMatchObject({ contentType: expect.stringContaining('text/plain') });
  });

  it('refuses everybody else, and gives nothing back', async () => {
    const refused = { kind: 'handshake', status: 403, body: '' };
    expect(await ask('hub.mode=subscribe&hub.verify_token=other&hub.challenge=1')).toMatchObject(refused);
    expect(await ask('hub.mode=subscribe&hub.challenge=1')).toMatchObject(refused);
    expect(await ask('hub.mode=unsubscribe&hub.verify_token=the+words&hub.challenge=1')).toMatchObject(refused);
    expect(await ask('hub.mode=subscribe&hub.verify_token=the+words')).toMatchObject(refused);
  });
});

describe('a delivery', () => {
  it('is taken with the right signature, and cut down to who did what when', async () => {
    expect(await signed(JSON.stringify(TEXT))).toEqual({
      kind: 'accepted',
      status: 200,
      events: [
        {
          id: 'message wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
          payload: {
            what: 'message: text',
            at: 1_749_416_383,
            waId: '16505551234',
            userId: null,
            name: 'Sheena Nelson',
            became: null,
          },
        },
      ],
    });
  });

  it('is refused without a signature, with a wrong one, and with one of other bytes, before anything is read', async () => {
    const body = JSON.stringify(TEXT);
    expect(await receive({ body })).toMatchObject({ kind: 'rejected' });
    expect(await signed(body, 'another-secret')).toMatchObject({ kind: 'rejected' });
    const other = createHmac('sha256', 'the-app-secret').update(`${body} `).digest('hex');
    const headers = new Map([['x-hub-signature-256', `sha256=${other}`]]);
    expect(await receive({ body, headers })).toMatchObject({ kind: 'rejected' });
    expect(await receive({ body, headers: new Map([['x-hub-signature-256', other]]) })).toMatchObject({
      kind: 'rejected',
    });
    expect(await receive({ body: '{', headers })).toMatchObject({ kind: 'rejected' });
  });

  it('is acknowledged without events when it tells nothing that can be read, or is about another number', async () => {
    const nothing = { kind: 'accepted', status: 200, events: [] };
    const otherNumber = { ...TEXT.entry[0]?.changes[0]?.value, metadata: { ...metadata, phone_number_id: '999999' } };
    for (const body of ['{', '[]', '{"object":"page","entry":[]}', withValue({ metadata }), withValue(otherNumber)]) {
      expect(await signed(body)).toEqual(nothing);
    }
  });

  it('leaves out the one message that cannot be read', async () => {
    const [message] = TEXT.entry[0]?.changes[0]?.value.messages ?? [];
    const messages = [{ ...message, timestamp: 'yesterday' }, 7, { ...message, id: 'wamid.2' }];
    expect(await signed(withValue({ metadata, messages }))).toMatchObject({ events: [{ id: 'message wamid.2' }] });
  });

  it('takes what is about this number from several entries and changes, beside what cannot be read', async () => {
    const [message] = TEXT.entry[0]?.changes[0]?.value.messages ?? [];
    const change = (id: string) => ({ field: 'messages', value: { metadata, messages: [{ ...message, id }] } });
    const entry = [
      { id: '1', changes: [change('wamid.1'), { field: 'account_update' }, change('wamid.2')] },
      { id: '2' },
      7,
      { id: '3', changes: [{ field: 'flows', value: 'odd' }, change('wamid.3')] },
    ];
    const verdict = await signed(JSON.stringify({ object: 'whatsapp_business_account', entry }));
    expect(verdict).toMatchObject({
      events: [{ id: 'message wamid.1' }, { id: 'message wamid.2' }, { id: 'message wamid.3' }],
    });
  });

  it('tells one event per receipt, each with an id of its own', async () => {
    const status = { id: 'wamid.1', timestamp: '1750263773', recipient_id: '16505551234' };
    const statuses = ['sent', 'delivered', 'read', 'played'].map((word) => ({ ...status, status: word }));
    const verdict = await signed(withValue({ metadata, statuses }));
    expect(verdict).toMatchObject({
      events: [
        { id: 'status wamid.1 read 16505551234', payload: { what: 'status: read', at: 1_750_263_773 } },
        { id: 'status wamid.1 played 16505551234', payload: { what: 'status: played' } },
      ],
    });
  });

  it('takes the participant of a group for the person, never the group', async () => {
    const status = { id: 'wamid.1', status: 'read', timestamp: '1750263773', recipient_type: 'group' };
    const statuses = [
      { ...status, recipient_id: 'Y2FwaV9ncm91cDox', recipient_participant_id: '16505551234' },
      { ...status, recipient_id: 'Y2FwaV9ncm91cDox' },
    ];
    const verdict = await signed(withValue({ metadata, statuses }));
    expect(verdict).toMatchObject({ events: [{ payload: { waId: '16505551234' } }] });
  });

  it('keeps the raw word of a receipt that nobody knows yet, and takes no time from it', async () => {
    const statuses = [{ id: 'wamid.1', status: 'teleported', timestamp: '1750263773', recipient_id: '16505551234' }];
    const verdict = await signed(withValue({ metadata, statuses }));
    expect(verdict).toMatchObject({ events: [{ payload: { what: 'status: teleported', at: null } }] });
  });
});
