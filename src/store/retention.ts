import type { Day } from '../domain/day.ts';
import type { Database } from './database.ts';

const LAST_DAY = {
  licenses: 'coalesce(maintenance_end, maintenance_start)',
  transaction_lines: 'coalesce(maintenance_end, sale_date)',
} as const;

/** Deletes personal data that is too old to be of use. */
export function createRetention(db: Database) {
  const drops = Object.entries(LAST_DAY).map(([table, lastDay]) =>
    db.prepare(
      `UPDATE ${table} SET technical_name = NULL, technical_email = NULL, billing_name = NULL, billing_email = NULL
       WHERE coalesce(technical_email, billing_email, technical_name, billing_name) IS NOT NULL
       AND ${lastDay} < :before AND last_updated < :before`,
    ),
  );
  return {
    /** Drops the contacts of licences and purchases that ended, and were last updated, before a day. Returns how many rows. */
    async dropContacts(before: Day): Promise<number> {
      const run = db.transaction(() => drops.reduce((sum, drop) => sum + drop.run({ before }).changes, 0));
      return run.immediate();
    },
  };
}

/** Deletes personal data that is too old to be of use. */
export type Retention = ReturnType<typeof createRetention>;
