import { BearerApi } from '../bearer-api.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf } from './errors.ts';
import { apiUrlOf, type GoogleChatSettings } from './manifest.ts';
import { googleEndpoints } from './oauth.ts';
import { type Availability, availabilitySchema, userinfoSchema } from './schema.ts';

/** Google promises 600 calls a minute for one user of a project; nothing here needs more than one a second. */
const BUDGET = { name: 'users.availability', limits: [{ calls: 60, seconds: 60 }] };

/** A custom status as it is written: both parts are required, the end is one of the two or absent. */
export interface CustomStatusWrite {
  readonly text: string;
  readonly emoji: { readonly unicode: string };
  readonly ttl?: string;
  readonly expireTime?: string;
}

/** `users.availability` of the signed-in user. */
export class GoogleChatClient {
  readonly api: BearerApi;
  readonly #base: URL;
  readonly #userinfo: URL;

  constructor(context: AdapterContext<GoogleChatSettings>) {
    this.#base = new URL('v1/users/me/', apiUrlOf(context.settings));
    this.#userinfo = new URL(googleEndpoints(context.settings).userinfo);
    this.api = new BearerApi({
      context,
      platform: 'Google Chat',
      tokens: context.tokens,
      refusal: (refusal) => refusalOf(refusal, context.clock),
    });
  }

  /** The present truth. */
  read(signal?: AbortSignal): Promise<Availability> {
    return this.#call('availability.get', 'GET', 'availability', undefined, signal);
  }

  /** Active until then, then away; while the user is active in Chat it goes on by itself. `ttl` like `3600s`. */
  markAsActive(ttl: string, signal: AbortSignal): Promise<Availability> {
    return this.#call('availability.markAsActive', 'POST', 'availability:markAsActive', { ttl }, signal);
  }

  /** Away whatever the user does, until marked otherwise. */
  markAsAway(signal: AbortSignal): Promise<Availability> {
    return this.#call('availability.markAsAway', 'POST', 'availability:markAsAway', {}, signal);
  }

  /** Do-not-disturb until then (required, a year at most), then away. */
  markAsDoNotDisturb(end: { ttl: string } | { expireTime: string }, signal: AbortSignal): Promise<Availability> {
    return this.#call('availability.markAsDoNotDisturb', 'POST', 'availability:markAsDoNotDisturb', end, signal);
  }

  /** Sets the custom status; null clears it: a field that the mask names and the body has not. */
  setCustomStatus(status: CustomStatusWrite | null, signal: AbortSignal): Promise<Availability> {
    const body = status === null ? {} : { customStatus: status };
    return this.#call('availability.patch', 'PATCH', 'availability?updateMask=customStatus', body, signal);
  }

  /** Who signed in, as OpenID Connect tells it. */
  whoAmI() {
    return this.api.call({
      name: 'userinfo',
      verb: 'GET',
      url: this.#userinfo,
      schema: userinfoSchema,
      budget: BUDGET,
      urgent: true,
      optional: true,
    });
  }

  #call(
    name: string,
    verb: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: Readonly<Record<string, unknown>> | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Availability> {
    return this.api.call({
      name,
      verb,
      // Not resolved: `availability:mark…` would look like a scheme.
      url: new URL(`${this.#base.href}${path}`),
      schema: availabilitySchema,
      budget: BUDGET,
      signal,
      urgent: true,
      ...(body === undefined ? {} : { body }),
    });
  }
}
