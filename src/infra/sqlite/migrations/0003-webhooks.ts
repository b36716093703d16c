/**
 * Deliveries of webhooks: kept before they are acknowledged, worked off in order, and remembered by id for a while afterwards, so
 * that one that comes again does nothing. They go with their account.
 */
export const webhooks = `
CREATE TABLE webhook_events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, event_id TEXT NOT NULL,
  payload TEXT, received_at INTEGER NOT NULL,
  UNIQUE (account_id, event_id)
) STRICT;
CREATE INDEX webhook_events_waiting ON webhook_events (account_id, sequence) WHERE payload IS NOT NULL;
CREATE INDEX webhook_events_by_time ON webhook_events (received_at);
`;
