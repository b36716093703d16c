import type { Generated } from 'kysely';

/** The columns as SQLite holds them: instants in epoch milliseconds, truth as 0 and 1, the rest as JSON text. */

interface AccountsTable {
  id: string;
  platform: string;
  label: string;
  settings: string;
  enabled: number;
  created_at: number;
  self: string | null;
}

interface ContactsTable {
  id: string;
  custom_name: string | null;
  favourite: number;
  custom_groups: string | null;
  custom_time_zone: string | null;
  monitored: number;
  merged_into: string | null;
}

interface IdentitiesTable {
  account_id: string;
  user_id: string;
  display_name: string;
  email: string | null;
  avatar_key: string | null;
  time_zone: string | null;
  groups: string;
}

interface MembershipsTable {
  account_id: string;
  user_id: string;
  contact_id: string;
  home_contact_id: string;
  linked_by: string;
}

interface ObservationsTable {
  account_id: string;
  user_id: string;
  status: string;
  do_not_disturb: number;
  raw_status: string | null;
  message: string | null;
  emoji: string | null;
  activities: string;
  last_seen: number | null;
  observed_at: number;
  source: string;
  replayed: number;
}

interface IntentsTable {
  id: string;
  layer: string;
  status: string;
  message: string | null;
  emoji: string | null;
  created_at: number;
  expires_at: number | null;
  origin: string;
  account_ids: string | null;
}

interface DoNotDisturbIntentsTable {
  id: string;
  layer: string;
  active: number;
  created_at: number;
  expires_at: number | null;
  origin: string;
}

interface PublicationsTable {
  account_id: string;
  part: string;
  intent_id: string;
  desired: string;
  previous: string;
  written: string;
  state: string;
  attempted_at: number;
}

interface SchedulesTable {
  id: string;
  name: string;
  enabled: number;
  time_zone: string;
  rules: string;
  exceptions: string;
  do_not_disturb: number;
  status: string | null;
  message: string | null;
  emoji: string | null;
  allow: string;
}

interface WatchesTable {
  id: string;
  contact_id: string;
  from_statuses: string | null;
  to_statuses: string;
  repeat: string;
  note: string | null;
  enabled: number;
  created_at: number;
}

interface AlertsTable {
  id: string;
  watch_id: string;
  contact_id: string;
  from_status: string;
  to_status: string;
  at: number;
  outcome: string;
  reason: string;
}

interface PresetsTable {
  id: string;
  name: string;
  status: string;
  message: string | null;
  emoji: string | null;
  do_not_disturb: number;
  for_seconds: number | null;
}

interface PicturesTable {
  hash: string;
  media_type: string;
  bytes: Uint8Array;
}

interface PictureNamesTable {
  account_id: string;
  kind: string;
  key: string;
  hash: string | null;
  loaded_at: number;
}

interface WebhookEventsTable {
  sequence: Generated<number>;
  account_id: string;
  event_id: string;
  payload: string | null;
  received_at: number;
}

interface AuditTable {
  id: string;
  at: number;
  event: string;
  account_id: string | null;
  platform: string | null;
  label: string | null;
  detail: string;
  scopes: string | null;
}

/** Every table by name. */
export interface Tables {
  accounts: AccountsTable;
  contacts: ContactsTable;
  identities: IdentitiesTable;
  memberships: MembershipsTable;
  observations: ObservationsTable;
  intents: IntentsTable;
  do_not_disturb_intents: DoNotDisturbIntentsTable;
  publications: PublicationsTable;
  schedules: SchedulesTable;
  watches: WatchesTable;
  alerts: AlertsTable;
  presets: PresetsTable;
  dismissals: { key: string };
  sequence: { one: number; next: number };
  pictures: PicturesTable;
  picture_names: PictureNamesTable;
  webhook_events: WebhookEventsTable;
  audit: AuditTable;
  /** A row in it lets the trail be emptied. */
  audit_erasing: { one: number };
  kept_values: { name: string; value: string };
}
