import { fold } from '../domain/fold.ts';
import type { Database } from './database.ts';

/** The companies that rows name, kept searchable. */
export function createCompanies(db: Database) {
  db.function('fold', { deterministic: true }, (text) => fold(String(text)));
  // Counted in the index alone, vanished licences and those of other developer spaces included: it is only an order.
  const resize = db.prepare(
    `INSERT INTO company_sizes SELECT c.id, coalesce(l.found, 0) FROM companies c LEFT JOIN (
       SELECT company, count(*) AS found FROM licenses GROUP BY company
     ) l ON l.company = c.name WHERE c.developer_id = ?
     ON CONFLICT DO UPDATE SET licenses = excluded.licenses WHERE licenses <> excluded.licenses`,
  );
  return {
    /** Adds the companies of a table's rows, all of one developer space. */
    addFrom(table: string, developerId: string): void {
      db.prepare(
        `INSERT OR IGNORE INTO companies (developer_id, name, folded)
         SELECT ?, company, fold(company) FROM ${table} WHERE company IS NOT NULL GROUP BY company`,
      ).run(developerId);
    },
    /** Puts the companies of a developer space in order of their licences. */
    rank(developerId: string): void {
      resize.run(developerId);
    },
  };
}

/** The companies that rows name. */
export type Companies = ReturnType<typeof createCompanies>;
