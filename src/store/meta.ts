import type { Database } from './database.ts';

/** Small facts about the store itself, by name. */
export function createMeta(db: Database) {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE name = ?');
  const write = db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    async read(name: string): Promise<string | undefined> {
      return read.get(name)?.value;
    },
    async record(name: string, value: string): Promise<void> {
      write.run(name, value);
    },
  };
}

/** Small facts about the store itself. */
export type Meta = ReturnType<typeof createMeta>;
