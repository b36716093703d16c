import type { ContactView } from '../../../src/contract/index.ts';

/** The people whom nothing else shows: they go when the account does not show them any more. */
export const onlyThrough = (accountId: string, contacts: Iterable<ContactView>): readonly ContactView[] =>
  [...contacts].filter(
    ({ identities }) => identities.length > 0 && identities.every((identity) => identity.accountId === accountId),
  );
