import { z } from 'zod';
import type { Contact, Identity, Membership } from '../../domain/contacts/contact.ts';
import type { BookRepository, StoredBookDiff } from '../../ports/repositories.ts';
import { accountIds } from './account-repository.ts';
import { booleanColumn, jsonColumn, stored, storedOrNull } from './columns.ts';
import { type Connection, query } from './connection.ts';

const strings = z.array(z.string());

const contactRow = z
  .object({
    id: z.string(),
    custom_name: z.string().nullable(),
    favourite: booleanColumn,
    custom_groups: jsonColumn(strings).nullable(),
    custom_time_zone: z.string().nullable(),
    monitored: booleanColumn,
    merged_into: z.string().nullable(),
  })
  .transform(
    (row): Contact => ({
      id: row.id,
      customName: row.custom_name,
      favourite: row.favourite,
      customGroups: row.custom_groups,
      customTimeZone: row.custom_time_zone,
      monitored: row.monitored,
      mergedInto: row.merged_into,
    }),
  );

const identityRow = z
  .object({
    account_id: z.string(),
    user_id: z.string(),
    display_name: z.string(),
    email: z.string().nullable(),
    avatar_key: z.string().nullable(),
    time_zone: z.string().nullable(),
    groups: jsonColumn(strings),
  })
  .transform(
    (row): Identity => ({
      accountId: row.account_id,
      userId: row.user_id,
      displayName: row.display_name,
      email: row.email,
      avatarKey: row.avatar_key,
      timeZone: row.time_zone,
      groups: row.groups,
    }),
  );

const membershipRow = z
  .object({
    account_id: z.string(),
    user_id: z.string(),
    contact_id: z.string(),
    home_contact_id: z.string(),
    linked_by: z.enum(['alone', 'email', 'hand']),
  })
  .transform(
    (row): Membership => ({
      accountId: row.account_id,
      userId: row.user_id,
      contactId: row.contact_id,
      homeContactId: row.home_contact_id,
      linkedBy: row.linked_by,
    }),
  );

/** The contact book in SQLite. */
export function bookRepository(db: Connection): BookRepository {
  return {
    load: () => ({
      contacts: db.all(query.selectFrom('contacts').selectAll(), contactRow),
      identities: db.all(query.selectFrom('identities').selectAll(), identityRow),
      memberships: db.all(query.selectFrom('memberships').selectAll(), membershipRow),
    }),
    save: (diff) => db.transaction(() => saveDiff(db, diff)),
  };
}

function saveDiff(db: Connection, diff: StoredBookDiff): void {
  const accounts = accountIds(db);
  for (const contact of diff.contacts) saveContact(db, contact);
  for (const identity of diff.identities) if (accounts.has(identity.accountId)) saveIdentity(db, identity);
  for (const membership of diff.memberships) if (accounts.has(membership.accountId)) saveMembership(db, membership);
  for (const { accountId, userId } of diff.goneIdentities) {
    db.run(query.deleteFrom('identities').where('account_id', '=', accountId).where('user_id', '=', userId));
  }
  for (const id of diff.goneContacts) db.run(query.deleteFrom('contacts').where('id', '=', id));
}

function saveContact(db: Connection, contact: Contact): void {
  const values = {
    custom_name: contact.customName,
    favourite: stored(contact.favourite),
    custom_groups: storedOrNull(contact.customGroups),
    custom_time_zone: contact.customTimeZone,
    monitored: stored(contact.monitored),
    merged_into: contact.mergedInto,
  };
  db.run(
    query
      .insertInto('contacts')
      .values({ id: contact.id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
  );
}

function saveIdentity(db: Connection, identity: Identity): void {
  const values = {
    display_name: identity.displayName,
    email: identity.email,
    avatar_key: identity.avatarKey,
    time_zone: identity.timeZone,
    groups: JSON.stringify(identity.groups),
  };
  db.run(
    query
      .insertInto('identities')
      .values({ account_id: identity.accountId, user_id: identity.userId, ...values })
      .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doUpdateSet(values)),
  );
}

function saveMembership(db: Connection, membership: Membership): void {
  const values = {
    contact_id: membership.contactId,
    home_contact_id: membership.homeContactId,
    linked_by: membership.linkedBy,
  };
  db.run(
    query
      .insertInto('memberships')
      .values({ account_id: membership.accountId, user_id: membership.userId, ...values })
      .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doUpdateSet(values)),
  );
}
