import type { BudgetLimits } from '../../ports/call-budget.ts';
import { BearerApi } from '../bearer-api.ts';
import type { AdapterContext } from '../platform.ts';
import { refusalOf } from './errors.ts';
import { apiUrlOf, type LinkedinSettings } from './manifest.ts';
import {
  anythingSchema,
  authorizationsSchema,
  type ChangeLogEvent,
  changeLogSchema,
  userinfoSchema,
} from './schema.ts';

/** The version that the data portability APIs are documented with. */
const VERSION = '202312';
/** The largest page. */
export const PAGE_SIZE = 50;

/** The method that the account's look is called by, and its budget: LinkedIn publishes no number, but says once an hour per member. */
export const CHANGE_LOG = 'memberChangeLogs';
export const LIMITS: BudgetLimits = [
  { calls: 60, seconds: 3_600 },
  { calls: 300, seconds: 86_400 },
];

/**
 * Where the next page starts; null at the end. A page may be short and not the last, since LinkedIn leaves out after counting: its link
 * to the next one says so. An empty one is the last. Of the link only the number is taken, never the address.
 */
function nextOf(start: number, total: number, link: string | null): number | null {
  if (total === 0) return null;
  const told = Number(URL.parse(link ?? '', 'https://api.linkedin.com/')?.searchParams.get('start') ?? Number.NaN);
  if (Number.isSafeInteger(told) && told > start) return told;
  return total < PAGE_SIZE ? null : start + PAGE_SIZE;
}

/** LinkedIn's API as far as Muster calls it. */
export class LinkedinClient {
  readonly api: BearerApi;
  readonly #base: URL;

  constructor(context: AdapterContext<LinkedinSettings>) {
    this.#base = apiUrlOf(context.settings);
    this.api = new BearerApi({
      context,
      platform: 'LinkedIn',
      tokens: context.tokens,
      refusal: (refusal) => refusalOf(refusal, context.clock),
    });
  }

  /** Who signed in. Tokens of the portal's generator may not ask. */
  whoAmI() {
    return this.api.call({
      name: 'userinfo',
      verb: 'GET',
      url: new URL('v2/userinfo', this.#base),
      schema: userinfoSchema,
      budget: { name: 'userinfo', limits: LIMITS },
      urgent: true,
      optional: true,
    });
  }

  /** The member's id where LinkedIn records events for this app; null where it does not yet. */
  async authorization(signal?: AbortSignal): Promise<{ readonly member: string | null } | null> {
    const url = new URL('rest/memberAuthorizations?q=memberAndApplication', this.#base);
    const { elements } = await this.#rest('memberAuthorizations', 'GET', url, authorizationsSchema, signal);
    const [first] = elements;
    return first === undefined ? null : { member: first.memberComplianceAuthorizationKey?.member ?? null };
  }

  /** Has LinkedIn begin to record, if signing in did not do that. */
  async startRecording(): Promise<void> {
    await this.#rest('memberAuthorizations', 'POST', new URL('rest/memberAuthorizations', this.#base), anythingSchema);
  }

  /**
   * A page of what happened from `startTime` on (inclusive, by `processedAt`; null: from the beginning, at most 28 days ago), and where the
   * next one starts; null at the end.
   */
  async changeLog(
    startTime: number | null,
    start: number,
    signal: AbortSignal,
  ): Promise<{ readonly events: readonly ChangeLogEvent[]; readonly next: number | null }> {
    const url = new URL('rest/memberChangeLogs?q=memberAndApplication', this.#base);
    if (startTime !== null) url.searchParams.set('startTime', String(startTime));
    url.searchParams.set('start', String(start));
    url.searchParams.set('count', String(PAGE_SIZE));
    const { elements, paging } = await this.#rest(CHANGE_LOG, 'GET', url, changeLogSchema, signal);
    return { events: elements.events, next: nextOf(start, elements.total, paging) };
  }

  #rest<T>(
    name: string,
    verb: 'GET' | 'POST',
    url: URL,
    schema: Parameters<typeof this.api.call<T>>[0]['schema'],
    signal?: AbortSignal,
  ): Promise<T> {
    return this.api.call({
      name,
      verb,
      url,
      schema,
      headers: { 'linkedin-version': VERSION },
      budget: { name: CHANGE_LOG, limits: LIMITS },
      ...(signal === undefined ? { urgent: true } : { signal }),
      ...(verb === 'POST' ? { body: {} } : {}),
    });
  }
}
