-- When a row that is there again was not: from when it was taken for vanished until a pull brought it back. A past state
-- of the store in between does not have it.
CREATE TABLE absences (
  dataset TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  vanished_at INTEGER NOT NULL,
  returned_at INTEGER NOT NULL,
  PRIMARY KEY (dataset, row_id, vanished_at)
) STRICT, WITHOUT ROWID;
