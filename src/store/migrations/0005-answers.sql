-- Digests built ahead, so that an answer need not wait until a large store is added up. The newest of each; a digest that
-- does not fit what is asked, or is older than the newest sync, counts for nothing.
CREATE TABLE prepared_digests (
  developer_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  app_key TEXT NOT NULL,
  -- What it was asked for besides: week, day, when it last spoke, weeks in the chart.
  asked TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (developer_id, digest, app_key)
) STRICT, WITHOUT ROWID;

-- The apps that licences and lines name: every answer asks for them, and reading all rows for it takes seconds.
CREATE TABLE apps (
  developer_id TEXT NOT NULL,
  app_key TEXT NOT NULL,
  name TEXT NOT NULL,
  product_id TEXT,
  PRIMARY KEY (developer_id, app_key)
) STRICT, WITHOUT ROWID;

INSERT INTO apps SELECT developer_id, app_key, max(app_name), max(product_id) FROM (
  SELECT developer_id, app_key, app_name, product_id FROM licenses
  UNION SELECT developer_id, app_key, app_name, product_id FROM transaction_lines
) GROUP BY developer_id, app_key;
