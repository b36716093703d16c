/**
 * The audit trail. Rows are only ever added: SQLite itself refuses to change or delete one, but for erasing everything, which says
 * so first. Accounts may be gone, so nothing refers to them.
 */
export const audit = `
CREATE TABLE audit (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, account_id TEXT, platform TEXT, label TEXT, detail TEXT NOT NULL,
  scopes TEXT
) STRICT;
CREATE INDEX audit_by_account ON audit (account_id);
CREATE TABLE audit_erasing (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM audit_erasing) BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
`;
