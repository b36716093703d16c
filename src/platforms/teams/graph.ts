import type { MusterError } from '../../domain/errors.ts';
import type { BudgetLimits } from '../../ports/call-budget.ts';
import { baseUrlOf } from '../base-url.ts';
import { type ApiCall, BearerApi } from '../bearer-api.ts';
import type { AdapterContext, JsonValue } from '../platform.ts';
import { refusalOf } from './errors.ts';
import {
  countSchema,
  doneSchema,
  type GraphPresence,
  type GraphUser,
  presenceSchema,
  presencesSchema,
  subscriptionSchema,
  userSchema,
  usersSchema,
} from './schema.ts';

/** `getPresencesByUserId` and a subscription take at most so many ids. */
export const MOST_IDS = 650;
/** The largest page of users. */
const PAGE_SIZE = 999;
/** As many hits as somebody would look through. */
const MOST_HITS = 25;
const USER_FIELDS = 'id,displayName,mail,userPrincipalName';

/** How a call is made. `urgent`: a user is waiting for it. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly urgent?: boolean;
}

/** The calls that write one's own presence. */
export type PresenceWrite =
  | 'setUserPreferredPresence'
  | 'clearUserPreferredPresence'
  | 'setPresence'
  | 'clearPresence'
  | 'setStatusMessage';

/** Graph allows 1,500 presence reads in 30 s, 30 other calls of Teams a second and 3,500 units of the directory in 10 s, per app and tenant: a fraction is one person's fair share. */
const BUDGETS = {
  directory: [{ calls: 100, seconds: 10 }],
  'me/presence': 60,
  'presence writes': 60,
  subscriptions: 30,
} as const satisfies Readonly<Record<string, BudgetLimits>>;

const DIRECTORY = { scope: 'User.ReadBasic.All', optional: false, budget: 'directory' } as const;
const READ = { scope: 'Presence.Read.All', optional: false, budget: 'me/presence' } as const;
const WRITE = { scope: 'Presence.ReadWrite', optional: true, budget: 'presence writes' } as const;
const SUBSCRIBE = { scope: 'Presence.Read.All', optional: true, budget: 'subscriptions' } as const;

/** What each call needs and which budget it takes its place in. Without an optional permission the account goes on. */
const CALLS = {
  me: { scope: 'User.Read', optional: false, budget: 'directory' },
  users: DIRECTORY,
  'users/$count': DIRECTORY,
  'users/{id}': DIRECTORY,
  'users?$search': DIRECTORY,
  'me/presence': READ,
  getPresencesByUserId: READ,
  setUserPreferredPresence: WRITE,
  clearUserPreferredPresence: WRITE,
  setPresence: WRITE,
  clearPresence: WRITE,
  setStatusMessage: WRITE,
  subscriptions: SUBSCRIBE,
  'subscriptions/{id}': SUBSCRIBE,
} as const satisfies Readonly<Record<string, { scope: string; optional: boolean; budget: keyof typeof BUDGETS }>>;
type CallName = keyof typeof CALLS;

/** A budget other than the call's usual one. */
interface CallBudgetOf {
  readonly name: string;
  readonly limits: BudgetLimits;
}

interface Wanted<T> {
  readonly name: CallName;
  readonly verb: ApiCall<T>['verb'];
  readonly path: string;
  readonly schema: ApiCall<T>['schema'];
  readonly budget?: CallBudgetOf | undefined;
  readonly body?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The calls of Microsoft Graph v1.0 that Muster makes. */
export class Graph {
  readonly #api: BearerApi;
  readonly #root: URL;

  constructor(context: Pick<AdapterContext, 'http' | 'clock' | 'signal' | 'budget' | 'tokens'>, graphUrl: string) {
    this.#root = new URL('v1.0/', baseUrlOf(graphUrl));
    this.#api = new BearerApi({
      context,
      platform: 'Microsoft Teams',
      tokens: context.tokens,
      refusal: (refusal) => {
        const call = Object.entries(CALLS).find(([name]) => name === refusal.name)?.[1] ?? DIRECTORY;
        return refusalOf(refusal, { clock: context.clock, ...call });
      },
    });
  }

  /** Told once when only signing in again helps. */
  set onEnded(told: ((error: MusterError) => void) | null) {
    this.#api.onEnded = told;
  }

  /** Ends what is under way; later calls are refused as `cancelled`. */
  close(): void {
    this.#api.close();
  }

  me(options: CallOptions = {}): Promise<GraphUser> {
    const path = `me?$select=${USER_FIELDS}`;
    return this.#call({ name: 'me', verb: 'GET', path, schema: userSchema }, options);
  }

  /** How many users the directory has. */
  count(options: CallOptions = {}): Promise<number> {
    return this.#call(
      {
        name: 'users/$count',
        verb: 'GET',
        path: 'users/$count',
        schema: countSchema,
        headers: { consistencylevel: 'eventual' },
      },
      options,
    );
  }

  /** The directory, page by page. */
  async *users(signal: AbortSignal): AsyncGenerator<readonly GraphUser[]> {
    let path: string | undefined = `users?$select=${USER_FIELDS}&$top=${PAGE_SIZE}`;
    while (path !== undefined) {
      const page: { value: GraphUser[]; '@odata.nextLink'?: string | undefined } = await this.#call(
        { name: 'users', verb: 'GET', path, schema: usersSchema },
        { signal },
      );
      yield page.value;
      path = this.#relative(page['@odata.nextLink']);
    }
  }

  /** One user, by object id or user principal name. Rejects with `not-found`. */
  user(key: string, options: CallOptions = {}): Promise<GraphUser> {
    const path = `users/${encodeURIComponent(key)}?$select=${USER_FIELDS}`;
    return this.#call({ name: 'users/{id}', verb: 'GET', path, schema: userSchema }, options);
  }

  /** Users whose name or address has words that begin so; the best 25. */
  async search(text: string, options: CallOptions = {}): Promise<readonly GraphUser[]> {
    const words = text.replaceAll(/["\\]/g, ' ').trim();
    // Graph refuses a clause without a word.
    if (!/[\p{L}\p{N}]/u.test(words)) return [];
    const clause = encodeURIComponent(`"displayName:${words}" OR "mail:${words}"`);
    const path = `users?$search=${clause}&$select=${USER_FIELDS}&$top=${MOST_HITS}`;
    const headers = { consistencylevel: 'eventual' };
    const { value } = await this.#call(
      { name: 'users?$search', verb: 'GET', path, schema: usersSchema, headers },
      options,
    );
    return value;
  }

  /** The presence of up to 650 people; who is unknown may be missing. `budget`: where the place is taken; absent: one's own reads. */
  async presences(
    ids: readonly string[],
    options: CallOptions & { readonly budget?: CallBudgetOf } = {},
  ): Promise<readonly GraphPresence[]> {
    const { value } = await this.#call(
      {
        name: 'getPresencesByUserId',
        verb: 'POST',
        path: 'communications/getPresencesByUserId',
        schema: presencesSchema,
        budget: options.budget,
        body: { ids },
      },
      options,
    );
    return value;
  }

  myPresence(options: CallOptions = {}): Promise<GraphPresence> {
    return this.#call(
      {
        name: 'me/presence',
        verb: 'GET',
        path: 'me/presence',
        schema: presenceSchema,
      },
      options,
    );
  }

  /** Writes one's own presence. */
  async write(what: PresenceWrite, selfId: string, body: JsonValue, options: CallOptions = {}): Promise<void> {
    const path = `users/${encodeURIComponent(selfId)}/presence/${what}`;
    await this.#call({ name: what, verb: 'POST', path, schema: doneSchema, body }, { ...options, urgent: true });
  }

  /** Makes a subscription; answers its id and end. */
  subscribe(body: JsonValue, options: CallOptions = {}): Promise<{ id: string; expirationDateTime: string }> {
    return this.#call(
      {
        name: 'subscriptions',
        verb: 'POST',
        path: 'subscriptions',
        schema: subscriptionSchema,
        body,
      },
      options,
    );
  }

  /** Moves a subscription's end. Rejects with `not-found` when there is none any more. */
  async renew(id: string, expirationDateTime: string, options: CallOptions = {}): Promise<void> {
    await this.#call(
      {
        name: 'subscriptions/{id}',
        verb: 'PATCH',
        path: `subscriptions/${encodeURIComponent(id)}`,
        schema: doneSchema,
        body: { expirationDateTime },
      },
      options,
    );
  }

  async unsubscribe(id: string, options: CallOptions = {}): Promise<void> {
    await this.#call(
      {
        name: 'subscriptions/{id}',
        verb: 'DELETE',
        path: `subscriptions/${encodeURIComponent(id)}`,
        schema: doneSchema,
      },
      options,
    );
  }

  #call<T>(wanted: Wanted<T>, options: CallOptions): Promise<T> {
    const { name, verb, path, schema, body, headers } = wanted;
    const usual = CALLS[name].budget;
    return this.#api.call({
      name,
      verb,
      url: new URL(path, this.#root),
      schema,
      budget: wanted.budget ?? { name: usual, limits: BUDGETS[usual] },
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
      signal: options.signal,
      urgent: options.urgent ?? false,
    });
  }

  /** The next page's path and query; always asked of the same Graph, so that no token goes anywhere else. */
  #relative(nextLink: string | undefined): string | undefined {
    const url = nextLink === undefined ? null : URL.parse(nextLink);
    const start = url?.pathname.indexOf('/v1.0/') ?? -1;
    return url === null || start < 0 ? undefined : `${url.pathname.slice(start + '/v1.0/'.length)}${url.search}`;
  }
}
