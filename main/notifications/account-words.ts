import type { AccountNotice } from '../../src/services/health/account-notices.ts';
import type { Words } from '../strings/en.ts';

/** What the notification about an account says: that it needs its user and why, or that it is back. */
export function accountWords(
  words: Words,
  { kind, label, reason }: Pick<AccountNotice, 'kind' | 'label' | 'reason'>,
): { title: string; body: string } {
  const { account: say } = words;
  if (kind === 'back') return { title: say.backTitle(label), body: say.backBody };
  return { title: say.needsYouTitle(label), body: reason ?? say.needsYouBody };
}
