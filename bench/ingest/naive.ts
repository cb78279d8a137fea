import SQLite from 'better-sqlite3';

/**
 * The way an import is usually written, in a process of its own: the whole body at once, parsed at once, and one upsert a
 * row into a table with its indexes. Prints seconds and peak memory.
 */
const [url = '', path = ''] = process.argv.slice(2);
const db = new SQLite(path);
db.pragma('journal_mode = WAL');
const COLUMNS = [
  'appEntitlementNumber',
  'appEntitlementId',
  'hostEntitlementNumber',
  'cloudId',
  'cloudSiteHostname',
  'addonKey',
  'addonName',
  'hosting',
  'appEdition',
  'lastUpdated',
  'licenseType',
  'maintenanceStartDate',
  'maintenanceEndDate',
  'status',
  'tier',
  'company',
  'country',
  'region',
  'technicalEmail',
  'billingEmail',
  'evaluationStartDate',
  'parentProductEdition',
  'installedOnSandbox',
  'licenseSourceType',
  'transactionAccountId',
];
db.exec(`CREATE TABLE licenses (${COLUMNS.join(', ')}, PRIMARY KEY (appEntitlementNumber));
  CREATE INDEX by_site ON licenses (cloudId); CREATE INDEX by_host ON licenses (cloudSiteHostname);
  CREATE INDEX by_host_number ON licenses (hostEntitlementNumber); CREATE INDEX by_company ON licenses (company);
  CREATE INDEX by_end ON licenses (status, maintenanceEndDate)`);
const upsert = db.prepare(
  `INSERT INTO licenses VALUES (${COLUMNS.map((name) => `:${name}`).join(', ')}) ON CONFLICT DO UPDATE SET
   ${COLUMNS.slice(1)
     .map((name) => `${name} = excluded.${name}`)
     .join(', ')}`,
);
const startedAt = performance.now();
const rows = (await (await fetch(url)).json()) as Record<string, unknown>[];
db.transaction(() => {
  for (const row of rows) {
    const contact = row['contactDetails'] as Record<string, Record<string, unknown>>;
    const values = Object.fromEntries(COLUMNS.map((name) => [name, row[name] ?? null]));
    upsert.run({
      ...values,
      company: contact['company'],
      country: contact['country'],
      region: contact['region'],
      technicalEmail: contact['technicalContact']?.['email'],
      billingEmail: contact['billingContact']?.['email'],
    });
  }
})();
const seconds = (performance.now() - startedAt) / 1000;
console.log(JSON.stringify({ rows: rows.length, seconds, rssMb: process.resourceUsage().maxRSS / 1024 }));
