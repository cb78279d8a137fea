-- What the Reporting API said, when we first saw it and what it said before.
-- Instants are milliseconds since 1970 (UTC), dates are 'YYYY-MM-DD', money is integer cents of US dollars.

CREATE TABLE entitlements (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  key TEXT NOT NULL,
  app_key TEXT NOT NULL,
  UNIQUE (developer_id, key)
) STRICT;

CREATE TABLE entitlement_aliases (
  developer_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('appEntitlementId', 'appEntitlementNumber', 'licenseId', 'addonLicenseId')),
  value TEXT NOT NULL COLLATE NOCASE,
  entitlement_id INTEGER NOT NULL REFERENCES entitlements (id),
  PRIMARY KEY (developer_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX entitlement_aliases_by_value ON entitlement_aliases (value);
CREATE INDEX entitlement_aliases_by_entitlement ON entitlement_aliases (entitlement_id);

CREATE TABLE sync_runs (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  dataset TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('full', 'incremental')),
  state TEXT NOT NULL CHECK (state IN ('running', 'ok', 'short', 'refused', 'failed')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  rows_seen INTEGER NOT NULL DEFAULT 0,
  rows_new INTEGER NOT NULL DEFAULT 0,
  rows_changed INTEGER NOT NULL DEFAULT 0,
  rows_vanished INTEGER NOT NULL DEFAULT 0,
  rows_quarantined INTEGER NOT NULL DEFAULT 0,
  error_code TEXT
) STRICT;
CREATE INDEX sync_runs_by_dataset ON sync_runs (developer_id, dataset, state, finished_at);

-- Rows the API sent that do not fit: counted by place and expectation, never their content.
CREATE TABLE quarantine (
  run_id INTEGER NOT NULL REFERENCES sync_runs (id),
  path TEXT NOT NULL,
  expected TEXT NOT NULL,
  rows INTEGER NOT NULL,
  PRIMARY KEY (run_id, path, expected)
) STRICT, WITHOUT ROWID;

-- Fields the API sent that nothing here reads yet.
CREATE TABLE unmapped_fields (
  run_id INTEGER NOT NULL REFERENCES sync_runs (id),
  field TEXT NOT NULL,
  rows INTEGER NOT NULL,
  PRIMARY KEY (run_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE licenses (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement_id INTEGER NOT NULL REFERENCES entitlements (id),
  app_key TEXT NOT NULL,
  app_name TEXT NOT NULL,
  product_id TEXT,
  hosting TEXT NOT NULL,
  edition TEXT,
  app_entitlement_id TEXT,
  app_entitlement_number TEXT,
  license_id TEXT,
  addon_license_id TEXT,
  cloud_id TEXT,
  site_hostname TEXT,
  host_entitlement_id TEXT,
  host_entitlement_number TEXT,
  license_type TEXT NOT NULL,
  status TEXT NOT NULL,
  tier TEXT NOT NULL,
  maintenance_start TEXT NOT NULL,
  maintenance_end TEXT,
  company TEXT,
  country TEXT,
  region TEXT,
  mail_domain TEXT,
  technical_name TEXT,
  technical_email TEXT,
  billing_name TEXT,
  billing_email TEXT,
  partner_name TEXT,
  partner_type TEXT,
  is_atlassian INTEGER NOT NULL,
  sandbox TEXT NOT NULL,
  evaluation_start TEXT,
  evaluation_end TEXT,
  evaluation_sale TEXT,
  evaluation_license TEXT,
  opportunity_users REAL,
  parent_product TEXT,
  parent_edition TEXT,
  transaction_account_id TEXT,
  in_grace_period INTEGER NOT NULL,
  last_updated TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER
) STRICT;
CREATE INDEX licenses_by_entitlement ON licenses (entitlement_id);
CREATE INDEX licenses_by_site ON licenses (cloud_id);
CREATE INDEX licenses_by_hostname ON licenses (site_hostname);
CREATE INDEX licenses_by_host_entitlement ON licenses (host_entitlement_number);
CREATE INDEX licenses_by_company ON licenses (company);
CREATE INDEX licenses_by_mail_domain ON licenses (mail_domain);
CREATE INDEX licenses_by_evaluation ON licenses (developer_id, evaluation_start);
CREATE INDEX licenses_by_end ON licenses (developer_id, status, maintenance_end);

CREATE TABLE transaction_lines (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement_id INTEGER REFERENCES entitlements (id),
  transaction_id TEXT NOT NULL,
  line_id TEXT NOT NULL,
  app_key TEXT NOT NULL,
  app_name TEXT NOT NULL,
  product_id TEXT,
  hosting TEXT NOT NULL,
  edition TEXT,
  app_entitlement_id TEXT,
  app_entitlement_number TEXT,
  license_id TEXT,
  addon_license_id TEXT,
  cloud_id TEXT,
  site_hostname TEXT,
  host_entitlement_id TEXT,
  host_entitlement_number TEXT,
  sale_date TEXT NOT NULL,
  sale_type TEXT,
  license_type TEXT,
  billing_period TEXT,
  old_billing_period TEXT,
  tier TEXT,
  old_tier TEXT,
  purchase_price INTEGER NOT NULL,
  vendor_amount INTEGER NOT NULL,
  discounts TEXT NOT NULL,
  maintenance_start TEXT,
  maintenance_end TEXT,
  payment_status TEXT,
  payment_terms TEXT,
  dunning_attempts INTEGER NOT NULL,
  refund_reason TEXT,
  credit_note_reason TEXT,
  original_transaction_id TEXT,
  parent_product TEXT,
  parent_edition TEXT,
  is_manual_invoice INTEGER NOT NULL,
  company TEXT,
  country TEXT,
  region TEXT,
  mail_domain TEXT,
  technical_name TEXT,
  technical_email TEXT,
  billing_name TEXT,
  billing_email TEXT,
  partner_name TEXT,
  partner_type TEXT,
  last_updated TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER,
  UNIQUE (developer_id, transaction_id, line_id)
) STRICT;
CREATE INDEX transaction_lines_by_entitlement ON transaction_lines (entitlement_id, sale_date);
CREATE INDEX transaction_lines_by_transaction ON transaction_lines (transaction_id COLLATE NOCASE);
CREATE INDEX transaction_lines_by_booking ON transaction_lines (developer_id, booked_on);
CREATE INDEX transaction_lines_by_company ON transaction_lines (company);

CREATE TABLE license_events (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement_id INTEGER REFERENCES entitlements (id),
  kind TEXT NOT NULL CHECK (kind IN ('churn', 'conversion', 'renewal')),
  row_key TEXT NOT NULL,
  app_key TEXT NOT NULL,
  app_name TEXT NOT NULL,
  product_id TEXT,
  hosting TEXT NOT NULL,
  edition TEXT,
  app_entitlement_id TEXT,
  app_entitlement_number TEXT,
  license_id TEXT,
  addon_license_id TEXT,
  cloud_id TEXT,
  site_hostname TEXT,
  host_entitlement_id TEXT,
  host_entitlement_number TEXT,
  event_date TEXT NOT NULL,
  transaction_id TEXT,
  maintenance_start TEXT,
  maintenance_end TEXT,
  months_valid INTEGER,
  last_updated TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER,
  UNIQUE (developer_id, kind, row_key)
) STRICT;
CREATE INDEX license_events_by_date ON license_events (developer_id, kind, event_date);
CREATE INDEX license_events_by_entitlement ON license_events (entitlement_id);

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement_id INTEGER REFERENCES entitlements (id),
  row_key TEXT NOT NULL,
  app_key TEXT NOT NULL,
  app_name TEXT NOT NULL,
  product_id TEXT,
  hosting TEXT NOT NULL,
  edition TEXT,
  app_entitlement_id TEXT,
  app_entitlement_number TEXT,
  license_id TEXT,
  addon_license_id TEXT,
  cloud_id TEXT,
  site_hostname TEXT,
  host_entitlement_id TEXT,
  host_entitlement_number TEXT,
  date TEXT NOT NULL,
  feedback_type TEXT NOT NULL,
  reason_key TEXT,
  reason TEXT,
  message TEXT,
  app_version TEXT,
  content_hash TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  seen_run INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER,
  UNIQUE (developer_id, row_key)
) STRICT;
CREATE INDEX feedback_by_date ON feedback (developer_id, date);
CREATE INDEX feedback_by_entitlement ON feedback (entitlement_id);

-- What a row said before it changed: only the columns that differ. Undoing them newest first gives any past state.
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  dataset TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  replaced_at INTEGER NOT NULL,
  before TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_row ON versions (dataset, row_id, replaced_at);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  metric TEXT NOT NULL,
  app_key TEXT,
  dataset TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX series_by_name ON series (developer_id, metric, coalesce(app_key, ''), dataset, name, type);

-- Appended only when a value changes: the newest row at or before an instant is what was known then.
CREATE TABLE series_values (
  series_id INTEGER NOT NULL REFERENCES series (id),
  period TEXT NOT NULL,
  observed_at INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (series_id, period, observed_at)
) STRICT, WITHOUT ROWID;

-- One row per company name that licences or transactions carry, for search by fragment.
CREATE TABLE companies (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (developer_id, name)
) STRICT;
CREATE VIRTUAL TABLE company_search USING fts5 (folded, content = 'companies', content_rowid = 'id', tokenize = 'trigram');
CREATE TRIGGER companies_added AFTER INSERT ON companies BEGIN
  INSERT INTO company_search (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER companies_removed AFTER DELETE ON companies BEGIN
  INSERT INTO company_search (company_search, rowid, folded) VALUES ('delete', old.id, old.folded);
END;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
