/**
 * The first schema. What was read through an account goes with the account; what is known about an identity goes with the
 * identity; watches and alerts go with the contact (by triggers: an alert may outlive its watch, and none may fail to be written
 * because its contact has just gone).
 */
export const first = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY, platform TEXT NOT NULL, label TEXT NOT NULL, settings TEXT NOT NULL, enabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL, self TEXT
) STRICT;

CREATE TABLE contacts (
  id TEXT PRIMARY KEY, custom_name TEXT, favourite INTEGER NOT NULL, custom_groups TEXT, custom_time_zone TEXT,
  monitored INTEGER NOT NULL, merged_into TEXT
) STRICT;

CREATE TABLE identities (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, user_id TEXT NOT NULL, display_name TEXT NOT NULL,
  email TEXT, avatar_key TEXT, time_zone TEXT, groups TEXT NOT NULL,
  PRIMARY KEY (account_id, user_id)
) STRICT;

CREATE TABLE memberships (
  account_id TEXT NOT NULL, user_id TEXT NOT NULL, contact_id TEXT NOT NULL, home_contact_id TEXT NOT NULL, linked_by TEXT NOT NULL,
  PRIMARY KEY (account_id, user_id),
  FOREIGN KEY (account_id, user_id) REFERENCES identities (account_id, user_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX memberships_by_contact ON memberships (contact_id);
CREATE INDEX memberships_by_home ON memberships (home_contact_id);

CREATE TABLE observations (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, user_id TEXT NOT NULL, status TEXT NOT NULL,
  do_not_disturb INTEGER NOT NULL, raw_status TEXT, message TEXT, emoji TEXT, activities TEXT NOT NULL, last_seen INTEGER,
  observed_at INTEGER NOT NULL, source TEXT NOT NULL, replayed INTEGER NOT NULL,
  PRIMARY KEY (account_id, user_id)
) STRICT;

CREATE TABLE intents (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL, status TEXT NOT NULL, message TEXT, emoji TEXT, created_at INTEGER NOT NULL,
  expires_at INTEGER, origin TEXT NOT NULL, account_ids TEXT
) STRICT;

CREATE TABLE do_not_disturb_intents (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL, active INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
  origin TEXT NOT NULL
) STRICT;

CREATE TABLE publications (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, part TEXT NOT NULL, intent_id TEXT NOT NULL,
  desired TEXT NOT NULL, previous TEXT NOT NULL, written TEXT NOT NULL, state TEXT NOT NULL, attempted_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, part)
) STRICT;

CREATE TABLE schedules (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, enabled INTEGER NOT NULL, time_zone TEXT NOT NULL, rules TEXT NOT NULL,
  exceptions TEXT NOT NULL, do_not_disturb INTEGER NOT NULL, status TEXT, message TEXT, emoji TEXT, allow TEXT NOT NULL
) STRICT;

CREATE TABLE watches (
  id TEXT PRIMARY KEY, contact_id TEXT NOT NULL, from_statuses TEXT, to_statuses TEXT NOT NULL, repeat TEXT NOT NULL, note TEXT,
  enabled INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX watches_by_contact ON watches (contact_id);

CREATE TABLE alerts (
  id TEXT PRIMARY KEY, watch_id TEXT NOT NULL, contact_id TEXT NOT NULL, from_status TEXT NOT NULL, to_status TEXT NOT NULL,
  at INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_by_time ON alerts (at);
CREATE INDEX alerts_by_contact ON alerts (contact_id);

CREATE TABLE presets (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, message TEXT, emoji TEXT, do_not_disturb INTEGER NOT NULL,
  for_seconds INTEGER
) STRICT;

CREATE TABLE dismissals (key TEXT PRIMARY KEY) STRICT;

CREATE TABLE sequence (one INTEGER PRIMARY KEY CHECK (one = 1), next INTEGER NOT NULL) STRICT;
INSERT INTO sequence (one, next) VALUES (1, 1);

CREATE TABLE pictures (hash TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE picture_names (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, kind TEXT NOT NULL, key TEXT NOT NULL,
  hash TEXT REFERENCES pictures (hash), loaded_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind, key)
) STRICT;
CREATE INDEX picture_names_by_hash ON picture_names (hash);

CREATE TABLE kept_values (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TRIGGER identity_gone AFTER DELETE ON identities BEGIN
  DELETE FROM observations WHERE account_id = OLD.account_id AND user_id = OLD.user_id;
END;
CREATE TRIGGER contact_gone AFTER DELETE ON contacts BEGIN
  DELETE FROM watches WHERE contact_id = OLD.id;
  DELETE FROM alerts WHERE contact_id = OLD.id;
END;
`;
