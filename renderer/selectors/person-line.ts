import type { ContactView } from '../../src/contract/index.ts';

/** What the second line of a row tells; words are chosen by the view. Times in epoch milliseconds. */
export type PersonLine =
  | {
      readonly kind: 'message';
      readonly emoji: string | null;
      readonly text: string;
      readonly accountId: string | null;
    }
  | { readonly kind: 'activity'; readonly text: string }
  | { readonly kind: 'do-not-disturb' }
  | { readonly kind: 'last-seen'; readonly at: number }
  | { readonly kind: 'since'; readonly at: number }
  | { readonly kind: 'not-monitored' }
  | { readonly kind: 'status' };

/** An instant of the contract in epoch milliseconds. */
export const instantOf = (instant: string): number => Date.parse(instant);

/** The account whose custom emoji a message uses: the one that said it, else the one whose status won. */
const messageAccount = (contact: ContactView): string | null =>
  contact.identities.find(({ message, emoji }) => message === contact.message && emoji === contact.emoji)?.accountId ??
  contact.why.accountId;

/** Emoji and message, else the activity, else do not disturb, else when they were last seen, else since when it is so. */
export const lineOf = (contact: ContactView): PersonLine => {
  if (!contact.monitored) return { kind: 'not-monitored' };
  if (contact.message !== null || contact.emoji !== null) {
    return {
      kind: 'message',
      emoji: contact.emoji,
      text: contact.message ?? '',
      accountId: messageAccount(contact),
    };
  }
  if (contact.activity !== null) return { kind: 'activity', text: contact.activity };
  if (contact.doNotDisturb) return { kind: 'do-not-disturb' };
  const around = contact.status === 'online' || contact.status === 'busy';
  if (!around && contact.lastSeen !== null) return { kind: 'last-seen', at: instantOf(contact.lastSeen) };
  if (contact.since !== null && contact.status !== 'unknown') return { kind: 'since', at: instantOf(contact.since) };
  return { kind: 'status' };
};

/** When a stale status was last true, in epoch milliseconds; null while it is fresh or nothing was ever observed. */
export const staleSince = (contact: ContactView): number | null =>
  contact.stale && contact.why.observedAt !== null ? instantOf(contact.why.observedAt) : null;

/** A platform that someone is on, and whether they are around there now by a fresh answer. */
export type PlatformOfPerson = { readonly platform: string; readonly around: boolean };

/** The platforms that someone is on, each once and always in the same order, those first where they are around. */
export const platformsOf = (contact: ContactView): readonly PlatformOfPerson[] => {
  const around = new Map<string, boolean>();
  for (const { platform, status, stale } of contact.identities) {
    const here = !stale && status !== 'offline' && status !== 'unknown';
    around.set(platform, here || (around.get(platform) ?? false));
  }
  const all = [...around]
    .map(([platform, here]) => ({ platform, around: here }))
    .sort((a, b) => (a.platform < b.platform ? -1 : 1));
  return [...all.filter((one) => one.around), ...all.filter((one) => !one.around)];
};
