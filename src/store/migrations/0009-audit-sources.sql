-- People ask by a mention and by a shortcut on a message as well. A constraint of a table cannot be changed in place.
CREATE TABLE audit_with_sources (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('command', 'button', 'mention', 'shortcut')),
  topic TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('allowed', 'refused')),
  reason TEXT,
  subject_hmac TEXT
) STRICT;
INSERT INTO audit_with_sources SELECT id, at, team_id, user_id, channel_id, source, topic, verdict, reason, subject_hmac FROM audit;
DROP TABLE audit;
ALTER TABLE audit_with_sources RENAME TO audit;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_user ON audit (user_id, at);
