-- Alerts: what was said of which fact, what people did with it, and what each channel wants to hear.
-- Instants are milliseconds since 1970 (UTC), money is integer cents of US dollars.

-- 'edit': the body replaces that of the parent's message. 'broadcast': a reply that is shown in the channel as well.
ALTER TABLE outbox ADD COLUMN act TEXT NOT NULL DEFAULT 'post' CHECK (act IN ('post', 'edit', 'broadcast'));

-- A silent pull is a first import or a back-fill: what was first seen in it is history, not news.
ALTER TABLE sync_runs ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0;
UPDATE sync_runs SET is_silent = 1 WHERE id IN (
  SELECT min(id) FROM sync_runs WHERE state IN ('ok', 'short') GROUP BY developer_id, dataset
);
CREATE INDEX sync_runs_silent ON sync_runs (developer_id, dataset) WHERE is_silent = 1;

-- One row per message that alerts made. `body` is the message without what people did; dropped after a while.
CREATE TABLE alert_messages (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  -- The message in whose thread its notes go: itself, or the summary it stands below.
  thread_key TEXT NOT NULL,
  channel TEXT NOT NULL,
  rule TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT,
  mention TEXT,
  revision INTEGER NOT NULL,
  handled_by TEXT,
  handled_at INTEGER,
  snoozed_by TEXT,
  snoozed_until INTEGER,
  said_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_messages_snoozed ON alert_messages (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- One row per fact and channel. waiting: for its other half; held: until quiet hours end; told; dropped: never said.
CREATE TABLE alert_facts (
  key TEXT PRIMARY KEY,
  developer_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  rule TEXT NOT NULL,
  fact TEXT NOT NULL,
  entitlement TEXT NOT NULL,
  app_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'told', 'dropped')),
  -- The rows it is made of, as JSON: a fact is recognised by them when its name changes.
  marks TEXT NOT NULL,
  title TEXT NOT NULL,
  amount INTEGER NOT NULL,
  told_amount INTEGER,
  details TEXT NOT NULL,
  mention TEXT,
  body TEXT,
  -- What changed while its channel was quiet, still to be said.
  again TEXT,
  message_id INTEGER REFERENCES alert_messages (id),
  first_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_facts_by_entitlement ON alert_facts (developer_id, entitlement);
CREATE INDEX alert_facts_by_message ON alert_facts (message_id);
CREATE INDEX alert_facts_open ON alert_facts (developer_id, state) WHERE state IN ('waiting', 'held') OR again IS NOT NULL;

-- What a channel wants to hear: `name` is a rule, 'quiet', 'days' or 'owner'; `scope` an app or a region, '' for all.
CREATE TABLE alert_settings (
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('environment', 'slack')),
  changed_by TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (channel, name, scope)
) STRICT, WITHOUT ROWID;
