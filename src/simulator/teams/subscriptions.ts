import { type KeyObject, randomUUID } from 'node:crypto';
import { IdTokenSigner } from '../oauth/id-tokens.ts';
import { certificateOf, encryptContent } from './encrypt.ts';
import { badRequest, GraphRefusal } from './graph-refusal.ts';
import type { Organisation } from './organisation.ts';
import type { Person } from './person.ts';
import { presenceBody } from './presence.ts';
import type { SubscriptionRequest } from './subscription-request.ts';

/** Graph's own app, which sends notifications. */
const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const LONGEST_MS = 60 * 60_000;
const MOST_IDS = 650;
const HANDSHAKE_MS = 10_000;
/** How long before its end a subscription is announced to end (change-notifications-lifecycle-events). */
const ANNOUNCED_MS = 15 * 60_000;

interface Subscription {
  readonly id: string;
  readonly request: SubscriptionRequest;
  readonly ids: ReadonlySet<string>;
  readonly userId: string;
  readonly appId: string;
  readonly certificate: { key: KeyObject; thumbprint: string } | null;
  expiresAt: number;
  announced: boolean;
}

/** One request of Graph to the subscriber, and its answer. */
export interface Delivery {
  readonly url: string;
  readonly body: string;
  /** Null: nobody answered. */
  readonly status: number | null;
}

/** The subscriptions of a tenant, and the sending of their notifications. */
export class Subscriptions {
  /** False: changes are not sent, as when Graph has trouble; the subscription stays. */
  sending = true;
  /** True: what is encrypted has the presence's version too, which Microsoft's example does not show. */
  versioned = false;
  readonly deliveries: Delivery[] = [];
  readonly #organisation: Organisation;
  readonly #signer: IdTokenSigner;
  readonly #all = new Map<string, Subscription>();

  private constructor(organisation: Organisation, signer: IdTokenSigner) {
    this.#organisation = organisation;
    this.#signer = signer;
    organisation.onChange = (person) => void this.#changed(person);
  }

  static async create(organisation: Organisation): Promise<Subscriptions> {
    const issuer = `https://sts.windows.net/${organisation.tenantId}/`;
    return new Subscriptions(organisation, await IdTokenSigner.create(issuer, () => organisation.now()));
  }

  /** The keys of validation tokens. */
  jwks(): unknown {
    return this.#signer.jwks();
  }

  /** From now on validation tokens are signed with another key; the old one is not published any more. */
  async rotateKeys(): Promise<void> {
    await this.#signer.rotate();
  }

  /** Ids of the subscriptions that are in force. */
  active(): string[] {
    const now = this.#organisation.now();
    return [...this.#all.values()].filter(({ expiresAt }) => expiresAt > now).map(({ id }) => id);
  }

  /** Makes one, after the subscriber has shown that it wants it. */
  async create(request: SubscriptionRequest, userId: string, appId: string): Promise<Record<string, unknown>> {
    const ids = idsOf(request.resource);
    if (ids === null) throw badRequest('The resource is not supported.');
    if (ids.length > MOST_IDS) throw badRequest(`At most ${MOST_IDS} users are supported in one subscription.`);
    if (ids.includes(userId)) throw badRequest('One can subscribe to the presence of others only.');
    if (request.changeType !== 'updated') throw badRequest('The changeType is not supported for this resource.');
    const expiresAt = this.#expiry(request.expirationDateTime);
    const wanted = request.includeResourceData === true;
    const certificate = wanted ? certificateOf(request.encryptionCertificate ?? '') : null;
    if (wanted && (certificate === null || !request.encryptionCertificateId)) {
      throw badRequest('The encryptionCertificate or its id is missing or not valid.');
    }
    const now = this.#organisation.now();
    for (const other of this.#all.values()) {
      if (other.userId === userId && other.appId === appId && other.expiresAt > now) {
        throw new GraphRefusal(409, 'Conflict', 'There is already a presence subscription of this app for this user.');
      }
    }
    for (const url of new Set([request.notificationUrl, request.lifecycleNotificationUrl ?? request.notificationUrl])) {
      await this.#handshake(url);
    }
    const subscription: Subscription = {
      id: randomUUID(),
      request,
      ids: new Set(ids),
      userId,
      appId,
      certificate,
      expiresAt,
      announced: false,
    };
    this.#all.set(subscription.id, subscription);
    return subscriptionBody(subscription);
  }

  renew(id: string, userId: string, expirationDateTime: string): Record<string, unknown> {
    const subscription = this.#own(id, userId);
    subscription.expiresAt = this.#expiry(expirationDateTime);
    subscription.announced = false;
    return subscriptionBody(subscription);
  }

  delete(id: string, userId: string): void {
    this.#own(id, userId);
    this.#all.delete(id);
  }

  /** Graph drops every subscription, as after trouble of its own; `told`: it says so. */
  async dropAll(told: boolean): Promise<void> {
    const dropped = [...this.#all.values()];
    this.#all.clear();
    if (told) for (const subscription of dropped) await this.#lifecycle(subscription, 'subscriptionRemoved');
  }

  /** Says of every subscription that notifications were missed, or that it has to be authorised again. */
  async announce(event: 'missed' | 'reauthorizationRequired'): Promise<void> {
    for (const subscription of this.#all.values()) await this.#lifecycle(subscription, event);
  }

  /** Sends a notification about somebody, whatever it says. */
  async notify(
    person: Person,
    change: (item: Record<string, unknown>) => Record<string, unknown> = (item) => item,
  ): Promise<void> {
    const now = this.#organisation.now();
    for (const subscription of this.#all.values()) {
      if (!subscription.ids.has(person.id) || subscription.expiresAt <= now) continue;
      const item = change(this.#item(subscription, person, now));
      const validationTokens = await this.#tokens(subscription, now);
      await this.#post(subscription.request.notificationUrl, { value: [item], ...validationTokens });
      if (subscription.expiresAt - now < ANNOUNCED_MS && !subscription.announced) {
        subscription.announced = true;
        await this.#lifecycle(subscription, 'reauthorizationRequired');
      }
    }
  }

  async #changed(person: Person): Promise<void> {
    if (this.sending) await this.notify(person);
  }

  #item(subscription: Subscription, person: Person, now: number): Record<string, unknown> {
    const odataId = `users/${person.id}/presence`;
    const { id, availability, activity, sequenceNumber } = presenceBody(person, now, false);
    const content = {
      '@odata.id': odataId,
      '@odata.type': '#microsoft.graph.presence',
      id,
      availability,
      activity,
      ...(this.versioned ? { sequenceNumber } : {}),
    };
    return {
      ...this.#head(subscription),
      changeType: 'updated',
      resource: `communications/presences/${person.id}`,
      resourceData: { '@odata.id': odataId, '@odata.type': '#microsoft.graph.presence', id: person.id },
      ...(subscription.certificate === null
        ? {}
        : {
            encryptedContent: encryptContent(
              content,
              subscription.certificate,
              subscription.request.encryptionCertificateId ?? '',
            ),
          }),
    };
  }

  #head({ id, request, expiresAt }: Subscription): Record<string, unknown> {
    const { tenantId } = this.#organisation;
    return {
      subscriptionId: id,
      clientState: request.clientState ?? null,
      tenantId,
      organizationId: tenantId,
      subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
    };
  }

  async #tokens({ appId, certificate }: Subscription, now: number): Promise<{ validationTokens?: string[] }> {
    if (certificate === null) return {};
    const { tenantId } = this.#organisation;
    const idp = `https://sts.windows.net/${tenantId}/`;
    const claims = { nbf: Math.floor(now / 1000), appid: PUBLISHER, appidacr: '2', idp, tid: tenantId, ver: '1.0' };
    return { validationTokens: [await this.#signer.sign(PUBLISHER, appId, null, claims)] };
  }

  async #lifecycle(subscription: Subscription, lifecycleEvent: string): Promise<void> {
    const { lifecycleNotificationUrl } = subscription.request;
    if (lifecycleNotificationUrl === undefined) return;
    await this.#post(lifecycleNotificationUrl, { value: [{ ...this.#head(subscription), lifecycleEvent }] });
  }

  async #post(url: string, body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: text,
    }).then(
      (response) => response.status,
      () => null,
    );
    this.deliveries.push({ url, body: text, status });
  }

  /** `POST url?validationToken=…` must be answered with the decoded token as plain text within ten seconds. */
  async #handshake(notificationUrl: string): Promise<void> {
    const url = new URL(notificationUrl);
    const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
    url.searchParams.set('validationToken', token);
    const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(HANDSHAKE_MS) }).then(
      async (response) => ({
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        text: await response.text(),
      }),
      () => null,
    );
    if (answer?.status === 200 && answer.type.startsWith('text/plain') && answer.text === token) return;
    throw new GraphRefusal(
      400,
      'ValidationError',
      'Subscription validation request failed. The notification endpoint must respond with 200 OK to validation request.',
    );
  }

  #expiry(text: string): number {
    const at = Date.parse(text);
    const now = this.#organisation.now();
    if (at <= now || at > now + LONGEST_MS)
      throw badRequest('Subscription expiration must be within the next 60 minutes.');
    return at;
  }

  #own(id: string, userId: string): Subscription {
    const subscription = this.#all.get(id);
    if (subscription?.userId !== userId || subscription.expiresAt <= this.#organisation.now()) {
      throw new GraphRefusal(404, 'ResourceNotFound', 'The object was not found.');
    }
    return subscription;
  }
}

/** The people of a presence resource; null for any other resource. */
function idsOf(resource: string): string[] | null {
  const one = /^\/?communications\/presences\/([0-9a-f-]{36})$/i.exec(resource)?.[1];
  if (one !== undefined) return [one];
  const list = /^\/?communications\/presences\?\$filter=id in \(([^)]+)\)$/i.exec(resource)?.[1];
  const ids = list?.split(',').map((id) => /^\s*'([0-9a-f-]{36})'\s*$/i.exec(id)?.[1]);
  return ids?.every((id) => id !== undefined) ? ids : null;
}

function subscriptionBody({ id, request, userId, appId, expiresAt }: Subscription): Record<string, unknown> {
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity',
    id,
    resource: request.resource,
    applicationId: appId,
    changeType: request.changeType,
    clientState: request.clientState ?? null,
    notificationUrl: request.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: request.lifecycleNotificationUrl ?? null,
    expirationDateTime: new Date(expiresAt).toISOString(),
    creatorId: userId,
    includeResourceData: request.includeResourceData ?? null,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: request.encryptionCertificateId ?? null,
    notificationUrlAppId: null,
  };
}
