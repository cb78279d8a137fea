import { fold, withoutLegalForm } from '../domain/fold.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import type { Database } from './database.ts';
import { LICENSES, TRANSACTION_LINES } from './datasets.ts';
import { createRowReader } from './rows.ts';
import { createSimilarNames } from './similar-names.ts';

/** A company whose name contains the searched text. */
export interface CompanyMatch {
  readonly developerId: string;
  readonly company: string;
  readonly licenses: number;
}

/** Finds rows by what people paste: an identifier of any age, a transaction, a site, a mail domain, part of a name. */
export interface Search {
  /** Licences of the entitlement that any identifier (entitlement number or id, SEN, add-on licence) names. */
  readonly findByIdentifier: (text: string) => Promise<RecordedLicense[]>;
  /** Lines of the entitlement that an identifier names: there can be money before there is a licence row. */
  readonly findLinesByIdentifier: (text: string) => Promise<RecordedLine[]>;
  /** Lines of a transaction (`IN-003-095-784`, `AT-123`), any case. */
  readonly findTransaction: (text: string) => Promise<RecordedLine[]>;
  /** Licences by host entitlement number, cloudId, site hostname or mail domain, compared whole. */
  readonly findBySite: (text: string) => Promise<RecordedLicense[]>;
  /** Companies whose name contains the text, accents and case aside; most licences first, at most `limit`. */
  readonly findCompanies: (text: string, limit: number) => Promise<CompanyMatch[]>;
  /** Companies whose name looks like the text, one or two typing errors aside; the most alike first, at most `limit`. */
  readonly findSimilarCompanies: (text: string, limit: number) => Promise<CompanyMatch[]>;
  /** Licences and lines of exactly this company name: there can be money before there is a licence row. */
  readonly findByCompany: (
    developerId: string,
    company: string,
  ) => Promise<(RecordedLicense | RecordedLine)[]>;
}

/** FTS5's trigram tokenizer finds nothing for fewer than three characters: those are scanned for instead. */
const TRIGRAM = 3;

const TIES = 40;

function toMatch({ company, developerId, licenses }: CompanyMatch): CompanyMatch {
  return { developerId, company, licenses };
}

/** The search side of the store. */
export function createSearch(db: Database): Search {
  const licenses = createRowReader<RecordedLicense>(db, LICENSES);
  const lines = createRowReader<RecordedLine>(db, TRANSACTION_LINES);
  const byId = db.prepare<[string], CompanyMatch & { id: number }>(
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
  const findSimilar = createSimilarNames(db);
  // By developer space as well: two partners' stores may name different subscriptions alike.
  const ofAlias = `(t.entitlement IN (?, ?) OR (t.entitlement, t.developer_id) IN (
    SELECT entitlement, developer_id FROM entitlement_aliases WHERE value = ?))`;

  return {
    findByIdentifier: async (text) => licenses(ofAlias, text, text.toUpperCase(), text),
    findLinesByIdentifier: async (text) => lines(ofAlias, text, text.toUpperCase(), text),
    findTransaction: async (text) => lines('t.transaction_id = ? COLLATE NOCASE', text),
    async findBySite(text) {
      const value = text.toLowerCase();
      const where =
        't.cloud_id = ? OR t.site_hostname = ? OR t.mail_domain = ? OR t.host_entitlement_number = ?';
      return licenses(where, value, value, value, text.toUpperCase());
    },
    async findCompanies(text, limit) {
      const folded = fold(text);
      if (folded === '') return [];
      // A few more than asked for: of equally large companies the shortest name is the likeliest.
      const most = limit + TIES;
      const ids = folded.length < TRIGRAM ? byScan.all(folded, most) : byTrigram.all(`"${folded}"`, most);
      return byId
        .all(JSON.stringify(ids))
        .map(toMatch)
        .sort(
          (a, b) =>
            b.licenses - a.licenses ||
            a.company.length - b.company.length ||
            (a.company < b.company ? -1 : 1),
        )
        .slice(0, limit);
    },
    async findSimilarCompanies(text, limit) {
      const found = findSimilar(withoutLegalForm(fold(text)), limit);
      const matches = new Map(
        byId.all(JSON.stringify(found.map(({ id }) => id))).map((one) => [one.id, one]),
      );
      return found.flatMap(({ id }) => {
        const match = matches.get(id);
        return match ? [toMatch(match)] : [];
      });
    },
    async findByCompany(developerId, company) {
      const where = 't.developer_id = ? AND t.company = ?';
      return [...licenses(where, developerId, company), ...lines(where, developerId, company)];
    },
  };
}
