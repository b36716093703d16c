import type { AccountView, MeView, PublicationView, Status } from '../../src/contract/index.ts';

type Outcome = PublicationView['outcome'];

/** Everything that the card about myself shows; words are chosen by the view. */
export type OwnCard = {
  readonly status: Status;
  readonly message: string | null;
  readonly emoji: string | null;
  /** RFC 3339; null = until it is cleared. */
  readonly until: string | null;
  readonly origin: MeView['layers'][number]['origin'];
  /** Something was set by hand that Clear takes back. */
  readonly clearable: boolean;
  /** On how many of the accounts that were asked it holds; null before anything was published. */
  readonly applied: { readonly count: number; readonly of: number } | null;
  readonly doNotDisturb: MeView['doNotDisturb'];
};

const byDefault: OwnCard['origin'] = { kind: 'default', id: null, name: null };

/** What is shown about myself. */
export const ownCardOf = (me: MeView): OwnCard => ({
  status: me.status,
  message: me.intent?.message ?? null,
  emoji: me.intent?.emoji ?? null,
  until: me.intent?.until ?? null,
  origin: me.intent?.origin ?? byDefault,
  clearable: me.intent?.layer === 'manual',
  applied:
    me.results.length === 0
      ? null
      : {
          count: me.results.filter(({ outcome }) => outcome === 'applied' || outcome === 'partial').length,
          of: me.results.length,
        },
  doNotDisturb: me.doNotDisturb,
});

const order: Readonly<Record<Outcome, number>> = {
  failed: 0,
  overridden: 1,
  pending: 2,
  partial: 3,
  unsupported: 4,
  applied: 5,
};

/** One account's result with the words that name the account. */
export type ResultRow = { readonly result: PublicationView; readonly label: string };

/** The results, what needs attention first. An account that was removed meanwhile is named by its platform. */
export const resultRows = (me: MeView, accounts: ReadonlyMap<string, AccountView>): readonly ResultRow[] =>
  me.results
    .map((result) => ({ result, label: accounts.get(result.accountId)?.label ?? result.platform }))
    .sort((a, b) => order[a.result.outcome] - order[b.result.outcome]);

/** The start of tomorrow here, in epoch milliseconds: what "until tomorrow" means. */
export const tomorrowOf = (now: number): number => {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
};

/**
 * When a wall time comes next, in epoch milliseconds; null for what is not a time. `HH:MM` that has passed today means
 * tomorrow.
 */
export const nextWallTime = (time: string, now: number): number | null => {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim());
  if (match === null) return null;
  const date = new Date(now);
  const at = (day: number): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, Number(match[1]), Number(match[2])).getTime();
  return at(0) > now ? at(0) : at(1);
};
