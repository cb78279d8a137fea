-- Forms and the Home tab are ways to ask as well. Which ways there are is the code's to say: no constraint names them.
CREATE TABLE audit_of_all_ways (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  team_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  source TEXT NOT NULL,
  topic TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('allowed', 'refused')),
  reason TEXT,
  subject_hmac TEXT
) STRICT;
INSERT INTO audit_of_all_ways SELECT id, at, team_id, user_id, channel_id, source, topic, verdict, reason, subject_hmac FROM audit;
DROP TABLE audit;
ALTER TABLE audit_of_all_ways RENAME TO audit;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_user ON audit (user_id, at);
