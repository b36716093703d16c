import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import { BearerApi } from '../bearer-api.ts';
import type { JsonValue } from '../json.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf } from './errors.ts';
import { lightBudget, mediumBudget, UPDATE_BUDGET, type ZoomBudget } from './limits.ts';
import {
  contactPresenceSchema,
  contactsSchema,
  meSchema,
  presenceStatusSchema,
  type ZoomContact,
  type ZoomPresenceStatus,
} from './schema.ts';
import { apiUrlOf, planOf, type ZoomSettings } from './settings.ts';

/** Zoom lists at most so many contacts a page. */
const PAGE_SIZE = 50;
const ADMIN_ROUTE = 'GET users/{id}/presence_status';

/** Which contacts: of one's own Zoom account, or from outside. */
export type ContactType = 'company' | 'external';

/** How a call is made. `urgent`: a user is waiting for it. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly urgent?: boolean;
}

/** The calls of Zoom's API that Muster makes, each within its label's budget. */
export class ZoomClient {
  readonly #api: BearerApi;
  readonly #context: AdapterContext<ZoomSettings>;
  readonly #base: URL;
  readonly #light: ZoomBudget;
  readonly #medium: ZoomBudget;

  constructor(context: AdapterContext<ZoomSettings>) {
    this.#context = context;
    this.#base = apiUrlOf(context.settings);
    this.#light = lightBudget(planOf(context.settings));
    this.#medium = mediumBudget(planOf(context.settings));
    this.#api = new BearerApi({
      context,
      platform: 'Zoom',
      tokens: context.tokens,
      refusal: (refusal) => {
        const error = refusalOf(refusal, context.clock.now());
        // Few have the admin's scope; without it the account is well.
        if (refusal.name !== ADMIN_ROUTE || error.code !== 'missing-scope') return error;
        return new MusterError(error.code, error.message, { params: error.params, retry: 'never' });
      },
    });
  }

  /** Told once when only signing in again helps. */
  set onEnded(told: (error: MusterError) => void) {
    this.#api.onEnded = (error) => told(error);
  }

  /** Ends what is under way; later calls are refused as `cancelled`. */
  close(): void {
    this.#api.close();
  }

  /** Who one is. */
  me(options: CallOptions = {}): Promise<z.infer<typeof meSchema>> {
    return this.#get('users/me', {}, meSchema, this.#light, options);
  }

  /** A page of contacts and the token of the next one; null at the end. */
  async contacts(
    type: ContactType,
    pageToken: string | null,
    options: CallOptions = {},
  ): Promise<{ contacts: readonly ZoomContact[]; next: string | null }> {
    const query = { type, page_size: String(PAGE_SIZE), ...(pageToken === null ? {} : { next_page_token: pageToken }) };
    const page = await this.#get('chat/users/me/contacts', query, contactsSchema, this.#medium, options);
    return { contacts: page.contacts, next: page.next_page_token || null };
  }

  /** A contact's presence in Zoom's word, by the route that needs no admin; null when Zoom has none for them. */
  async contactPresence(id: string, options: CallOptions = {}): Promise<string | null> {
    const path = `chat/users/me/contacts/${encodeURIComponent(id)}`;
    const contact = await this.#get(
      path,
      { query_presence_status: 'true' },
      contactPresenceSchema,
      this.#medium,
      options,
    );
    return contact.presence_status || null;
  }

  /** Somebody's presence, `me` included. Of others it needs the admin's scope; the refusal without it ends nothing. */
  presenceStatus(id: string, options: CallOptions = {}): Promise<ZoomPresenceStatus> {
    const path = `users/${encodeURIComponent(id)}/presence_status`;
    return this.#get(path, {}, presenceStatusSchema, this.#medium, options);
  }

  /** Sets one's own presence, as soon as the minute since the last update is over. `spellings` are tried in turn on a 400. */
  async setPresenceStatus(
    body: { readonly duration?: number },
    spellings: readonly [string, ...string[]],
    signal: AbortSignal,
  ): Promise<string> {
    const { name, limits } = UPDATE_BUDGET;
    await this.#context.budget(name, limits).take(AbortSignal.any([signal, this.#context.signal]), true);
    const [first, ...others] = spellings;
    try {
      await this.#put({ status: first, ...body }, signal);
      return first;
    } catch (thrown) {
      // What was refused as malformed has changed nothing, so that it is no update that the minute counts.
      const [second] = others;
      if (second === undefined || !(thrown instanceof MusterError) || thrown.code !== 'invalid-request') throw thrown;
      await this.#put({ status: second, ...body }, signal);
      return second;
    }
  }

  #put(body: JsonValue, signal: AbortSignal): Promise<unknown> {
    return this.#api.call({
      name: 'PUT users/me/presence_status',
      verb: 'PUT',
      url: new URL('users/me/presence_status', this.#base),
      body,
      // 204: there is nothing to read.
      schema: z.unknown(),
      budget: this.#medium,
      signal,
      urgent: true,
    });
  }

  #get<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    schema: z.ZodType<T>,
    budget: ZoomBudget,
    options: CallOptions,
  ): Promise<T> {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return this.#api.call({ name: nameOf(path), verb: 'GET', url, schema, budget, ...options });
  }
}

/** The path without anybody's id, for errors and the log. */
function nameOf(path: string): string {
  if (path.startsWith('chat/users/me/contacts/')) return 'GET chat/users/me/contacts/{id}';
  return `GET ${path.replace(/^users\/(?!me\b)[^/]+/, 'users/{id}')}`;
}
