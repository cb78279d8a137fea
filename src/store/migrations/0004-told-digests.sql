-- What each digest told in which channel, and the newest sync it knew: what "since my last digest" counts from.
CREATE TABLE told_digests (
  message_key TEXT PRIMARY KEY REFERENCES outbox (key),
  subscription_id TEXT NOT NULL,
  week TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  told_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX told_digests_by_subscription ON told_digests (subscription_id, week, known_at);

-- Digests of before: the newest week complete when they were due, known as of the run.
INSERT INTO told_digests
  SELECT o.key, s.schedule_id, date(s.due_at / 1000, 'unixepoch', '-13 days', 'weekday 0'), s.recorded_at, s.recorded_at
  FROM schedule_slots s JOIN outbox o ON o.key = 'digest/1/' || o.channel || '/' || s.schedule_id || '/' || s.period
  WHERE s.state = 'done';
