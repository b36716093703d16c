import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { makeNotificationKey } from '../../../src/platforms/teams/notification-key.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../../src/simulator/teams/server.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const ADA = 'ada.byron@harbour-works.example';
const GRACE = 'grace.hopper@harbour-works.example';

let teams: TeamsSimulator;
beforeEach(async () => {
  teams = await startTeamsSimulator({
    now: () => NOW,
    populate: (organisation) => {
      organisation.add({ displayName: 'Ada Byron' });
      return organisation.add({ displayName: 'Grace Hopper' });
    },
  });
});
afterEach(() => teams.close());

async function call(verb: string, path: string, body?: unknown, token = teams.issueToken(GRACE)) {
  const response = await fetch(`${teams.graphUrl}/v1.0/${path}`, {
    method: verb,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json().catch(() => null) };
}

/** Paths of a value with their JSON types: `value.0.id: string`. */
function shapeOf(value: unknown, path = ''): Map<string, string> {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const shape = new Map(path === '' ? [] : [[path, type]]);
  if (typeof value !== 'object' || value === null) return shape;
  for (const [key, inner] of Object.entries(value))
    for (const [at, each] of shapeOf(inner, path === '' ? key : `${path}.${key}`)) shape.set(at, each);
  return shape;
}

/** Every field of Microsoft's example is there with the same type; null stands for a value that happens not to be set. */
function expectShape(ours: unknown, published: unknown, except: readonly string[] = []): void {
  const shape = shapeOf(ours);
  for (const [path, type] of shapeOf(published)) {
    if (except.includes(path)) continue;
    expect(shape.has(path), path).toBe(true);
    if (type !== 'null' && shape.get(path) !== 'null') expect(`${path}: ${shape.get(path)}`).toBe(`${path}: ${type}`);
  }
}

/** Published examples: microsoftgraph/microsoft-graph-docs-contrib, `api-reference/v1.0/api/*.md` and `concepts/*.md`. */
describe('answers are of the shape of Microsoft’s published examples', () => {
  it('presence of oneself and of others', async () => {
    teams.organisation.client(ADA, 'Busy', 'InAMeeting');
    teams.organisation.say(ADA, 'Hey I am available now', 'text', NOW + 60_000);
    const other = {
      id: 'fa8bf3dc-eca7-46b7-bad1-db199b62afc3',
      availability: 'Available',
      activity: 'Available',
      outOfOfficeSettings: { message: null, isOutOfOffice: false },
      statusMessage: { message: { content: 'Hey I am available now', contentType: 'text' } },
    };
    const ids = [teams.organisation.person(ADA).id];
    const { body } = await call('POST', 'communications/getPresencesByUserId', { ids });
    expectShape(body.value[0], other);
    expect(Object.keys(body.value[0].statusMessage)).toEqual(['message']);
    teams.organisation.say(GRACE, 'Mine', 'text', NOW + 60_000);
    const own = {
      ...other,
      statusMessage: {
        ...other.statusMessage,
        expiryDateTime: { dateTime: '2022-10-18T17:05:33.2079781', timeZone: 'UTC' },
        publishedDateTime: '2022-10-18T17:05:33Z',
      },
    };
    expectShape((await call('GET', 'me/presence')).body, own);
    // `resources/userworklocation.md`
    teams.organisation.change(GRACE, (person) => {
      person.workLocation = 'office';
    });
    expectShape((await call('GET', 'me/presence')).body, {
      workLocation: { workLocationType: 'office', source: 'manual', placeId: null },
      sequenceNumber: '',
    });
  });

  it('users', async () => {
    const published = {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
      value: [
        {
          businessPhones: [],
          displayName: 'Conf Room Adams',
          givenName: null,
          jobTitle: null,
          mail: 'Adams@contoso.com',
          mobilePhone: null,
          officeLocation: null,
          preferredLanguage: null,
          surname: null,
          userPrincipalName: 'Adams@contoso.com',
          id: '6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0',
        },
      ],
    };
    expectShape((await call('GET', 'users')).body, published);
    expect(Object.keys((await call('GET', 'users?$select=id,mail&$top=1')).body)).toContain('@odata.nextLink');
  });

  it('subscriptions, their notifications and lifecycle events', async () => {
    const received: string[] = [];
    const subscriber = createServer((request, response) => {
      const token = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('validationToken');
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (token === null) received.push(body);
        response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
      });
    });
    await new Promise<void>((resolve) => subscriber.listen(0, '127.0.0.1', resolve));
    const address = subscriber.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;
    const key = await makeNotificationKey(epochMs(NOW));
    const made = await call('POST', 'subscriptions', {
      changeType: 'updated',
      resource: `/communications/presences?$filter=id in ('${teams.organisation.person(ADA).id}')`,
      notificationUrl: url,
      lifecycleNotificationUrl: url,
      expirationDateTime: new Date(NOW + 3_000_000).toISOString(),
      clientState: 'secretClientValue',
      includeResourceData: true,
      encryptionCertificate: key.certificate,
      encryptionCertificateId: key.id,
    });
    expect(made.status).toBe(201);
    const published = {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity',
      id: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
      resource: "me/mailFolders('Inbox')/messages",
      applicationId: '24d3b144-21ae-4080-943f-7067b395b913',
      changeType: 'created',
      clientState: 'secretClientValue',
      notificationUrl: 'https://webhook.azurewebsites.net/api/send/myNotifyClient',
      expirationDateTime: '2016-11-20T18:23:45.9356913Z',
      creatorId: '8ee44408-0679-472c-bc2a-692812af3437',
      latestSupportedTlsVersion: 'v1_2',
      notificationContentType: 'application/json',
    };
    // Left out by later answers of Microsoft's own.
    expectShape(made.body, published, ['notificationContentType']);
    teams.organisation.client(ADA, 'Away');
    await teams.subscriptions.announce('missed');
    await expect.poll(() => received.length).toBe(2);
    const messages = received.map((text) => JSON.parse(text));
    expectShape(
      messages.find(({ value }) => value[0].changeType),
      {
        value: [
          {
            subscriptionId: '{Subscription id}',
            clientState: '{secret client state}',
            changeType: 'updated',
            tenantId: '{Organization/Tenant id}',
            resource: 'communications/presences/{id}',
            subscriptionExpirationDateTime: '2023-09-14T10:00:00.0000000Z',
            resourceData: {
              '@odata.id': 'users/{User Id}/presence',
              '@odata.type': '#microsoft.graph.presence',
              id: '{User Id}',
            },
            organizationId: '{Organization/Tenant id}',
            encryptedContent: {
              data: '{Encrypted content}',
              dataSignature: '{Encrypted data signature}',
              dataKey: '{Encrypted data key for encrypting content}',
              encryptionCertificateId: '{User specified id of encryption certificate}',
              encryptionCertificateThumbprint: '{Encrpytion certification thumbprint}',
            },
          },
        ],
        validationTokens: ['{Validation Tokens}'],
      },
    );
    expectShape(
      messages.find(({ value }) => value[0].lifecycleEvent),
      {
        value: [
          {
            subscriptionId: '<subscription_guid>',
            subscriptionExpirationDateTime: '2019-03-20T11:00:00.0000000Z',
            tenantId: '<tenant_guid>',
            clientState: '<secretClientState>',
            lifecycleEvent: 'missed',
          },
        ],
      },
    );
    const claims = JSON.parse(
      Buffer.from(
        messages.find(({ validationTokens }) => validationTokens).validationTokens[0].split('.')[1],
        'base64url',
      ).toString(),
    );
    // The example token of `change-notifications-with-resource-data.md`; `aio` and `uti` are Microsoft's own affair.
    expectShape(claims, {
      aud: '',
      iss: '',
      iat: 1,
      nbf: 1,
      exp: 1,
      appid: '',
      appidacr: '2',
      idp: '',
      tid: '',
      ver: '1.0',
    });
    expect(claims).toMatchObject({
      iss: `https://sts.windows.net/${claims.tid}/`,
      appid: '0bf30f3b-4a52-48df-9a82-234910c4a086',
    });
    subscriber.close();
  });

  it('refusals', async () => {
    const { status, body, headers } = await call('GET', 'me', undefined, 'nothing');
    expect(status).toBe(401);
    expectShape(body, {
      error: {
        code: 'InvalidAuthenticationToken',
        message: 'Lifetime validation failed, the token is expired.',
        innerError: {
          date: '2024-02-02T19:22:43',
          'request-id': 'db39f8ea-8072-4eb5-95e2-26b8f78c1673',
          'client-request-id': 'db39f8ea-8072-4eb5-95e2-26b8f78c1673',
        },
      },
    });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm=""/);
  });
});
