-- What the digests that people saw told, number by number, with the rows behind each: the list a click opens adds up to
-- the number that was shown, whatever was corrected since. Rows name subscriptions, never customers.
CREATE TABLE frozen_numbers (
  ref TEXT PRIMARY KEY,
  frozen_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX frozen_numbers_by_age ON frozen_numbers (frozen_at);

-- Digests built ahead carry their numbers with them.
DELETE FROM prepared_digests;
