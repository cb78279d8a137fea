-- A row names its entitlement itself, and the snapshots of large exports remember the bytes each row was read from.

-- Every identifier that is not the number its entitlement is named by.
CREATE TABLE known_aliases (
  value TEXT NOT NULL COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('appEntitlementId', 'appEntitlementNumber', 'licenseId', 'addonLicenseId')),
  developer_id TEXT NOT NULL,
  entitlement TEXT NOT NULL,
  PRIMARY KEY (value, kind, developer_id)
) STRICT, WITHOUT ROWID;
INSERT INTO known_aliases
  SELECT a.value, a.kind, a.developer_id, e.key FROM entitlement_aliases a JOIN entitlements e ON e.id = a.entitlement_id
  ORDER BY a.value, a.kind, a.developer_id;

-- Names that turned out to be those of another entitlement.
CREATE TABLE renamed_entitlements (
  developer_id TEXT NOT NULL,
  name TEXT NOT NULL,
  entitlement TEXT NOT NULL,
  PRIMARY KEY (developer_id, name)
) STRICT, WITHOUT ROWID;

-- What restores a table whose first load was interrupted: the statements that make its indexes.
CREATE TABLE first_loads (
  table_name TEXT NOT NULL,
  statement TEXT NOT NULL
) STRICT;

CREATE TABLE new_licenses (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement TEXT NOT NULL,
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
  fingerprint TEXT,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER
) STRICT;
INSERT INTO new_licenses (
    id, developer_id, entitlement, app_key, app_name, product_id, hosting, edition, app_entitlement_id,
    app_entitlement_number, license_id, addon_license_id, cloud_id, site_hostname, host_entitlement_id,
    host_entitlement_number, license_type, status, tier, maintenance_start, maintenance_end, company, country, region,
    mail_domain, technical_name, technical_email, billing_name, billing_email, partner_name, partner_type,
    is_atlassian, sandbox, evaluation_start, evaluation_end, evaluation_sale, evaluation_license, opportunity_users,
    parent_product, parent_edition, transaction_account_id, in_grace_period, last_updated, first_seen_at, changed_at,
    missed_runs, vanished_at
  ) SELECT
    t.id, t.developer_id, coalesce(e.key, ''), t.app_key, t.app_name, t.product_id, t.hosting, t.edition,
    t.app_entitlement_id, t.app_entitlement_number, t.license_id, t.addon_license_id, t.cloud_id, t.site_hostname,
    t.host_entitlement_id, t.host_entitlement_number, t.license_type, t.status, t.tier, t.maintenance_start,
    t.maintenance_end, t.company, t.country, t.region, t.mail_domain, t.technical_name, t.technical_email,
    t.billing_name, t.billing_email, t.partner_name, t.partner_type, t.is_atlassian, t.sandbox, t.evaluation_start,
    t.evaluation_end, t.evaluation_sale, t.evaluation_license, t.opportunity_users, t.parent_product,
    t.parent_edition, t.transaction_account_id, t.in_grace_period, t.last_updated, t.first_seen_at, t.changed_at,
    t.missed_runs, t.vanished_at
  FROM licenses t LEFT JOIN entitlements e ON e.id = t.entitlement_id;
DROP TABLE licenses;
ALTER TABLE new_licenses RENAME TO licenses;
CREATE INDEX licenses_by_entitlement ON licenses (entitlement);
CREATE INDEX licenses_by_site ON licenses (cloud_id);
CREATE INDEX licenses_by_hostname ON licenses (site_hostname);
CREATE INDEX licenses_by_host_entitlement ON licenses (host_entitlement_number);
CREATE INDEX licenses_by_company ON licenses (company);
CREATE INDEX licenses_by_mail_domain ON licenses (mail_domain);
CREATE INDEX licenses_by_evaluation ON licenses (evaluation_start);
CREATE INDEX licenses_by_end ON licenses (maintenance_end);
CREATE INDEX licenses_by_fingerprint ON licenses (fingerprint);
CREATE INDEX licenses_by_absence ON licenses (missed_runs) WHERE missed_runs > 0;

CREATE TABLE new_transaction_lines (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement TEXT NOT NULL,
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
  fingerprint TEXT,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER
) STRICT;
INSERT INTO new_transaction_lines (
    id, developer_id, entitlement, transaction_id, line_id, app_key, app_name, product_id, hosting, edition,
    app_entitlement_id, app_entitlement_number, license_id, addon_license_id, cloud_id, site_hostname,
    host_entitlement_id, host_entitlement_number, sale_date, sale_type, license_type, billing_period,
    old_billing_period, tier, old_tier, purchase_price, vendor_amount, discounts, maintenance_start, maintenance_end,
    payment_status, payment_terms, dunning_attempts, refund_reason, credit_note_reason, original_transaction_id,
    parent_product, parent_edition, is_manual_invoice, company, country, region, mail_domain, technical_name,
    technical_email, billing_name, billing_email, partner_name, partner_type, last_updated, booked_on, first_seen_at,
    changed_at, missed_runs, vanished_at
  ) SELECT
    t.id, t.developer_id, coalesce(e.key, ''), t.transaction_id, t.line_id, t.app_key, t.app_name, t.product_id,
    t.hosting, t.edition, t.app_entitlement_id, t.app_entitlement_number, t.license_id, t.addon_license_id,
    t.cloud_id, t.site_hostname, t.host_entitlement_id, t.host_entitlement_number, t.sale_date, t.sale_type,
    t.license_type, t.billing_period, t.old_billing_period, t.tier, t.old_tier, t.purchase_price, t.vendor_amount,
    t.discounts, t.maintenance_start, t.maintenance_end, t.payment_status, t.payment_terms, t.dunning_attempts,
    t.refund_reason, t.credit_note_reason, t.original_transaction_id, t.parent_product, t.parent_edition,
    t.is_manual_invoice, t.company, t.country, t.region, t.mail_domain, t.technical_name, t.technical_email,
    t.billing_name, t.billing_email, t.partner_name, t.partner_type, t.last_updated, t.booked_on, t.first_seen_at,
    t.changed_at, t.missed_runs, t.vanished_at
  FROM transaction_lines t LEFT JOIN entitlements e ON e.id = t.entitlement_id;
DROP TABLE transaction_lines;
ALTER TABLE new_transaction_lines RENAME TO transaction_lines;
CREATE INDEX transaction_lines_by_entitlement ON transaction_lines (entitlement);
CREATE INDEX transaction_lines_by_line ON transaction_lines (line_id);
CREATE INDEX transaction_lines_by_transaction ON transaction_lines (transaction_id COLLATE NOCASE);
CREATE INDEX transaction_lines_by_booking ON transaction_lines (booked_on);
CREATE INDEX transaction_lines_by_company ON transaction_lines (company);
CREATE INDEX transaction_lines_by_fingerprint ON transaction_lines (fingerprint);
CREATE INDEX transaction_lines_by_absence ON transaction_lines (missed_runs) WHERE missed_runs > 0;

CREATE TABLE new_license_events (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement TEXT NOT NULL,
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
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER,
  UNIQUE (developer_id, kind, row_key)
) STRICT;
INSERT INTO new_license_events (
    id, developer_id, entitlement, kind, row_key, app_key, app_name, product_id, hosting, edition, app_entitlement_id,
    app_entitlement_number, license_id, addon_license_id, cloud_id, site_hostname, host_entitlement_id,
    host_entitlement_number, event_date, transaction_id, maintenance_start, maintenance_end, months_valid,
    last_updated, first_seen_at, changed_at, missed_runs, vanished_at
  ) SELECT
    t.id, t.developer_id, coalesce(e.key, ''), t.kind, t.row_key, t.app_key, t.app_name, t.product_id, t.hosting,
    t.edition, t.app_entitlement_id, t.app_entitlement_number, t.license_id, t.addon_license_id, t.cloud_id,
    t.site_hostname, t.host_entitlement_id, t.host_entitlement_number, t.event_date, t.transaction_id,
    t.maintenance_start, t.maintenance_end, t.months_valid, t.last_updated, t.first_seen_at, t.changed_at,
    t.missed_runs, t.vanished_at
  FROM license_events t LEFT JOIN entitlements e ON e.id = t.entitlement_id;
DROP TABLE license_events;
ALTER TABLE new_license_events RENAME TO license_events;
CREATE INDEX license_events_by_date ON license_events (developer_id, kind, event_date);
CREATE INDEX license_events_by_entitlement ON license_events (entitlement);
CREATE INDEX license_events_by_absence ON license_events (missed_runs) WHERE missed_runs > 0;

CREATE TABLE new_feedback (
  id INTEGER PRIMARY KEY,
  developer_id TEXT NOT NULL,
  entitlement TEXT NOT NULL,
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
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  missed_runs INTEGER NOT NULL DEFAULT 0,
  vanished_at INTEGER,
  UNIQUE (developer_id, row_key)
) STRICT;
INSERT INTO new_feedback (
    id, developer_id, entitlement, row_key, app_key, app_name, product_id, hosting, edition, app_entitlement_id,
    app_entitlement_number, license_id, addon_license_id, cloud_id, site_hostname, host_entitlement_id,
    host_entitlement_number, date, feedback_type, reason_key, reason, message, app_version, first_seen_at, changed_at,
    missed_runs, vanished_at
  ) SELECT
    t.id, t.developer_id, coalesce(e.key, ''), t.row_key, t.app_key, t.app_name, t.product_id, t.hosting, t.edition,
    t.app_entitlement_id, t.app_entitlement_number, t.license_id, t.addon_license_id, t.cloud_id, t.site_hostname,
    t.host_entitlement_id, t.host_entitlement_number, t.date, t.feedback_type, t.reason_key, t.reason, t.message,
    t.app_version, t.first_seen_at, t.changed_at, t.missed_runs, t.vanished_at
  FROM feedback t LEFT JOIN entitlements e ON e.id = t.entitlement_id;
DROP TABLE feedback;
ALTER TABLE new_feedback RENAME TO feedback;
CREATE INDEX feedback_by_date ON feedback (developer_id, date);
CREATE INDEX feedback_by_entitlement ON feedback (entitlement);
CREATE INDEX feedback_by_absence ON feedback (missed_runs) WHERE missed_runs > 0;

DROP TABLE entitlement_aliases;
DROP TABLE entitlements;
ALTER TABLE known_aliases RENAME TO entitlement_aliases;

-- About how many licences name a company: the order of a search. A table of its own, small enough to stay in memory.
CREATE TABLE company_sizes (
  company_id INTEGER PRIMARY KEY,
  licenses INTEGER NOT NULL
) STRICT;
INSERT INTO company_sizes
  SELECT c.id, count(l.id) FROM companies c
  LEFT JOIN licenses l ON l.company = c.name GROUP BY c.id;

-- How many names a sequence of three letters is in: the rarest ones find a name that is typed wrongly.
CREATE VIRTUAL TABLE company_trigrams USING fts5vocab (company_search, row);
