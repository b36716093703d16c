import { type ContactIdentityView, type ContactView, STATUS_RANK } from '../../src/contract/index.ts';
import { instantOf } from './person-line.ts';

/**
 * What became of one identity's observation: it decided (`won`), it is fresh and says the same (`agrees`) or ranks lower
 * (`outranked`), it is too old to count (`stale`), or nothing was ever observed (`nothing`).
 */
export type Verdict = 'won' | 'agrees' | 'outranked' | 'stale' | 'nothing';

/** One line of the table that says why someone's status is what it is. `at` in epoch milliseconds. */
export type WhyRow = {
  readonly key: string;
  readonly identity: ContactIdentityView;
  readonly verdict: Verdict;
  readonly at: number | null;
};

const verdictOf = (contact: ContactView, identity: ContactIdentityView): Verdict => {
  const { accountId, userId } = contact.why;
  if (identity.accountId === accountId && identity.userId === userId) return 'won';
  if (identity.observedAt === null) return 'nothing';
  if (identity.stale) return 'stale';
  return identity.status === contact.status ? 'agrees' : 'outranked';
};

const weight: Readonly<Record<Verdict, number>> = { won: 4, agrees: 3, outranked: 2, stale: 1, nothing: 0 };

/** Every identity with its verdict: the winner first, then what is fresh by rank, then what is too old. */
export const whyRows = (contact: ContactView): readonly WhyRow[] =>
  contact.identities
    .map((identity) => ({
      key: `${identity.accountId} ${identity.userId}`,
      identity,
      verdict: verdictOf(contact, identity),
      at: identity.observedAt === null ? null : instantOf(identity.observedAt),
    }))
    .sort(
      (a, b) =>
        weight[b.verdict] - weight[a.verdict] || STATUS_RANK[b.identity.status] - STATUS_RANK[a.identity.status],
    );

/** How many identities have an observation that counts. */
export const freshCount = (contact: ContactView): number =>
  contact.identities.filter(({ observedAt, stale }) => observedAt !== null && !stale).length;

/** The link that opens a chat where the person is most likely to answer: the winner's, else the best fresh one, else any. */
export const chatOf = (contact: ContactView): { readonly url: string; readonly platform: string } | null => {
  for (const { identity } of whyRows(contact)) {
    if (identity.chatUrl !== null) return { url: identity.chatUrl, platform: identity.platform };
  }
  return null;
};
