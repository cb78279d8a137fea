-- What is to be said in Slack, when it was due, who subscribed and who asked.
-- Instants are milliseconds since 1970 (UTC). Periods are local nominal times, 'YYYY-MM-DDTHH:MM'.

-- 'namespace': the random UUID from which the ids in message metadata are derived.
CREATE TABLE delivery_meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per message, for ever: the key is what keeps it from being said twice. Bodies are dropped after a while.
-- sent, expired (too late), refused (Slack never took its content) and baseline (known, never to be said) are final.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  uuid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('digest', 'alert', 'ops', 'reply')),
  channel TEXT NOT NULL,
  parent_key TEXT REFERENCES outbox (key),
  body TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'parked', 'expired', 'refused', 'baseline')),
  lease INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  checks INTEGER NOT NULL DEFAULT 0,
  degraded INTEGER NOT NULL DEFAULT 0,
  possible_duplicates INTEGER NOT NULL DEFAULT 0,
  enqueued_at INTEGER NOT NULL,
  not_after_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  first_try_at INTEGER,
  settled_at INTEGER,
  last_error TEXT,
  ts TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (channel, id) WHERE state IN ('pending', 'sending', 'parked');
CREATE INDEX outbox_by_state ON outbox (state, settled_at);

-- Channels that refuse the bot. Their open messages wait as 'parked' and one of them is tried at next_probe_at.
CREATE TABLE parked_channels (
  channel TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  fix TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  next_probe_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Since when a schedule is known with this specification: nothing due before that is made up for.
CREATE TABLE schedules (
  id TEXT PRIMARY KEY,
  spec_hash TEXT NOT NULL,
  known_since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per schedule and period: whoever inserts it runs the period.
CREATE TABLE schedule_slots (
  schedule_id TEXT NOT NULL,
  period TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'missed')),
  recorded_at INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (schedule_id, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_slots_by_time ON schedule_slots (schedule_id, due_at);

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  developer_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  digest TEXT NOT NULL,
  app_key TEXT,
  cron TEXT NOT NULL,
  zone TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
  origin TEXT NOT NULL CHECK (origin IN ('environment', 'slack')),
  created_by TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_by_channel ON subscriptions (channel);

-- Who asked for what kind of thing. Never the words: at most a keyed hash of them.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('command', 'button')),
  topic TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('allowed', 'refused')),
  reason TEXT,
  subject_hmac TEXT
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_user ON audit (user_id, at);
