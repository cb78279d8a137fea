-- People who asked to be forgotten, as keyed hashes: what a sync brings of them is left out. Never an address.
CREATE TABLE forgotten (
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (key, hash)
) STRICT, WITHOUT ROWID;
