import type { Instant } from '../domain/day.ts';
import type { DigestTrace } from '../domain/traced-number.ts';
import type { Database } from './database.ts';

/** How long the rows behind a digest can be asked for. */
const KEPT_MS = 2 * 366 * 86_400_000;

/** The numbers of the digests that people saw, as they were then. */
export function createFrozenNumbers(db: Database) {
  const keep = db.prepare(
    'INSERT INTO frozen_numbers (ref, frozen_at, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const forgetOld = db.prepare('DELETE FROM frozen_numbers WHERE frozen_at < ?');
  const read = db.prepare<[string], string>('SELECT body FROM frozen_numbers WHERE ref = ?').pluck();

  return {
    /** Keeps the numbers of a digest that is about to be shown, for two years. The same ones are kept once. */
    async keep(trace: DigestTrace, now: Instant): Promise<void> {
      db.transaction(() => {
        forgetOld.run(now - KEPT_MS);
        keep.run(trace.ref, now, JSON.stringify(trace));
      }).immediate();
    },
    /** The numbers of a digest by what its button carries; undefined when there are none, or none any more. */
    async read(ref: string): Promise<DigestTrace | undefined> {
      const body = read.get(ref);
      return body === undefined ? undefined : (JSON.parse(body) as DigestTrace);
    },
  };
}

/** The numbers of the digests that people saw. */
export type FrozenNumbers = ReturnType<typeof createFrozenNumbers>;
