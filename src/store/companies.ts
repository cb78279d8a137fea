import { fold } from '../domain/fold.ts';
import type { Database } from './database.ts';

/** Makes the companies that the rows of a table name searchable. All its rows must be of one developer space. */
export function createCompanies(db: Database) {
  db.function('fold', { deterministic: true }, (text) => fold(String(text)));
  return {
    addFrom(table: string, developerId: string): void {
      db.prepare(
        `INSERT OR IGNORE INTO companies (developer_id, name, folded)
         SELECT ?, company, fold(company) FROM ${table} WHERE company IS NOT NULL GROUP BY company`,
      ).run(developerId);
    },
  };
}

/** Makes companies searchable. */
export type Companies = ReturnType<typeof createCompanies>;
