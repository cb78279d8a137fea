import { limitContact, mailDomainOf } from '../domain/contact.ts';
import { fold, withoutLegalForm } from '../domain/fold.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { Database } from './database.ts';
import { LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { createRowReader } from './rows.ts';
import { createSimilarNames } from './similar-names.ts';

/** A company whose name contains the searched text. */
export interface CompanyMatch {
  /** What `findCompany` takes; another one in another store. */
  readonly id: number;
  readonly developerId: string;
  readonly company: string;
  readonly licenses: number;
}

/** A company whose name looks like the searched text. */
export interface SimilarCompany extends CompanyMatch {
  /** 0.6 to 1; 1: the same letters in the same order. */
  readonly likeness: number;
}

/** Finds rows by what people paste: an identifier of any age, a transaction, a site, a mail domain, part of a name. */
export interface Search {
  /** Licences of the entitlement that any identifier (entitlement number or id, SEN, add-on licence) names. */
  readonly findByIdentifier: (text: string) => Promise<RecordedLicense[]>;
  /** Lines of the entitlement that an identifier names: there can be money before there is a licence row. */
  readonly findLinesByIdentifier: (text: string) => Promise<RecordedLine[]>;
  /** Lines of a transaction (`IN-003-095-784`, `AT-123`), any case. */
  readonly findTransaction: (text: string) => Promise<RecordedLine[]>;
  /**
   * Licences by host entitlement number, cloudId, site hostname or mail domain, compared whole: at most `limit` (50), the
   * active ones and those that run longest first. Of more than 5,000 it is the first 5,000 that are put in order.
   */
  readonly findBySite: (text: string, limit?: number) => Promise<RecordedLicense[]>;
  /**
   * Licences whose technical or billing contact has this address, as it is stored: masked addresses match all that mask
   * alike. Searched for within the address's mail domain; at most `limit`, in the order of `findBySite`.
   */
  readonly findByAddress: (address: string, limit: number) => Promise<RecordedLicense[]>;
  /** Companies whose name contains the text, accents and case aside; most licences first, at most `limit`. */
  readonly findCompanies: (text: string, limit: number) => Promise<CompanyMatch[]>;
  /** Companies whose name looks like the text, one or two typing errors aside; the most alike first, at most `limit`. */
  readonly findSimilarCompanies: (text: string, limit: number) => Promise<SimilarCompany[]>;
  /** The company that a match named. */
  readonly findCompany: (id: number) => Promise<CompanyMatch | undefined>;
  /**
   * The entitlements of exactly this company name, by licences and by lines (there can be money before there is a licence
   * row): at most `limit`, the active ones and those that run longest first, of the first 5,000 of each.
   */
  readonly findEntitlementsOf: (developerId: string, company: string, limit: number) => Promise<string[]>;
  /** Lines of this company that name no subscription, as manual invoices may not; at most `limit`, the newest first. */
  readonly findNamelessLines: (
    developerId: string,
    company: string,
    limit: number,
  ) => Promise<RecordedLine[]>;
}

/** FTS5's trigram tokenizer finds nothing for fewer than three characters: those are scanned for instead. */
const TRIGRAM = 3;

const TIES = 40;

/** Rows put in order to choose the first of them: 5 ms. Nobody has so many but providers of mail and resellers. */
const MOST_ORDERED = 5000;
const USUAL_LIMIT = 50;

/** The first `?` licences that a condition over `u` selects, the active ones and those that run longest first. */
function firstOf(where: string): string {
  return `t.id IN (SELECT id FROM (
    SELECT u.id, u.status, u.maintenance_end FROM licenses u WHERE u.vanished_at IS NULL AND (${where}) LIMIT ${MOST_ORDERED}
  ) ORDER BY status = 'active' DESC, maintenance_end DESC LIMIT ?)`;
}

const ON_SITE = firstOf(
  'u.cloud_id = ? OR u.site_hostname = ? OR u.mail_domain = ? OR u.host_entitlement_number = ?',
);
const WITH_ADDRESS = firstOf(
  'u.mail_domain = ? AND (lower(u.technical_email) IN (?, ?) OR lower(u.billing_email) IN (?, ?))',
);

type Sized = Pick<CompanyMatch, 'company' | 'licenses'>;

/** Most licences first; of equally large companies the shortest name is the likeliest. */
function largestFirst(a: Sized, b: Sized): number {
  return b.licenses - a.licenses || a.company.length - b.company.length || (a.company < b.company ? -1 : 1);
}

/** The search side of the store. */
export function createSearch(db: Database): Search {
  const licenses = createRowReader<RecordedLicense>(db, LICENSES);
  const lines = createRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const byId = db.prepare<[string], CompanyMatch>(
    `SELECT c.id, c.developer_id AS developerId, c.name AS company, (SELECT count(*) FROM licenses l
       WHERE l.company = c.name AND l.developer_id = c.developer_id AND l.vanished_at IS NULL) AS licenses
     FROM companies c WHERE c.id IN (SELECT value FROM json_each(?))`,
  );
  const byTrigram = db
    .prepare<[string, number], number>(
      `SELECT s.rowid FROM company_search s JOIN company_sizes z ON z.company_id = s.rowid
       WHERE s.folded MATCH ? ORDER BY z.licenses DESC LIMIT ?`,
    )
    .pluck();
  const byScan = db
    .prepare<[string, number], number>(
      `SELECT c.id FROM companies c JOIN company_sizes z ON z.company_id = c.id
       WHERE instr(c.folded, ?) > 0 ORDER BY z.licenses DESC LIMIT ?`,
    )
    .pluck();
  const sized = db.prepare<[string], { id: number; company: string; licenses: number }>(
    `SELECT c.id, c.name AS company, z.licenses FROM companies c JOIN company_sizes z ON z.company_id = c.id
     WHERE c.id IN (SELECT value FROM json_each(?))`,
  );
  const findSimilar = createSimilarNames(db);
  const ofCompany = db
    .prepare<[string, string, string, string, number], string>(
      `SELECT entitlement FROM (
         SELECT * FROM (SELECT entitlement, status = 'active' AS active, maintenance_end AS ends FROM licenses
           WHERE company = ? AND developer_id = ? AND vanished_at IS NULL LIMIT ${MOST_ORDERED})
         UNION ALL
         SELECT * FROM (SELECT entitlement, 0 AS active, maintenance_end AS ends FROM transaction_lines
           WHERE company = ? AND developer_id = ? AND vanished_at IS NULL LIMIT ${MOST_ORDERED})
       ) WHERE entitlement <> '' GROUP BY entitlement ORDER BY max(active) DESC, max(ends) DESC, entitlement LIMIT ?`,
    )
    .pluck();
  // By developer space as well: two partners' stores may name different subscriptions alike.
  const ofAlias = `(t.entitlement IN (?, ?) OR (t.entitlement, t.developer_id) IN (
    SELECT entitlement, developer_id FROM entitlement_aliases WHERE value = ?))`;

  return {
    findByIdentifier: async (text) => licenses(ofAlias, text, text.toUpperCase(), text),
    findLinesByIdentifier: async (text) => lines(ofAlias, text, text.toUpperCase(), text),
    findTransaction: async (text) => lines('t.transaction_id = ? COLLATE NOCASE', text),
    async findBySite(text, limit = USUAL_LIMIT) {
      const value = text.toLowerCase();
      return licenses(ON_SITE, value, value, value, text.toUpperCase(), limit);
    },
    async findByAddress(address, limit) {
      const domain = mailDomainOf(address);
      if (domain === undefined) return [];
      const asked = address.toLowerCase();
      const masked = limitContact({ email: asked }, 'masked')?.email ?? asked;
      return licenses(WITH_ADDRESS, domain, asked, masked, asked, masked, limit);
    },
    async findCompanies(text, limit) {
      const folded = fold(text);
      if (folded === '') return [];
      // A few more than asked for, because many are equally large.
      const most = limit + TIES;
      const ids = folded.length < TRIGRAM ? byScan.all(folded, most) : byTrigram.all(`"${folded}"`, most);
      const largest = sized.all(JSON.stringify(ids)).sort(largestFirst).slice(0, limit);
      // Counting the licences of a large company takes a millisecond: it is done for those that are asked for.
      return byId.all(JSON.stringify(largest.map(({ id }) => id))).sort(largestFirst);
    },
    async findSimilarCompanies(text, limit) {
      const found = findSimilar(withoutLegalForm(fold(text)), limit);
      const matches = new Map(
        byId.all(JSON.stringify(found.map(({ id }) => id))).map((one) => [one.id, one]),
      );
      return found.flatMap(({ id, likeness }) => {
        const match = matches.get(id);
        return match ? [{ ...match, likeness }] : [];
      });
    },
    async findCompany(id) {
      return byId.get(JSON.stringify([id]));
    },
    async findEntitlementsOf(developerId, company, limit) {
      return ofCompany.all(company, developerId, company, developerId, limit);
    },
    async findNamelessLines(developerId, company, limit) {
      const where = `t.id IN (SELECT id FROM transaction_lines WHERE company = ? AND developer_id = ? AND entitlement = ''
        AND vanished_at IS NULL ORDER BY sale_date DESC LIMIT ?)`;
      return lines(where, company, developerId, limit);
    },
  };
}
