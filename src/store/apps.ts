import type { App } from '../domain/app.ts';
import type { Cell } from './columns.ts';
import type { Database } from './database.ts';
import type { ExportedDataset } from './datasets.ts';

/** The apps that the rows of one load name. */
export interface NamedApps {
  see(cells: readonly Cell[]): void;
  /** Adds them to those of a developer space; one that is known gets the name and the product id of these rows. */
  record(developerId: string): void;
}

/** The apps that licences and lines name. */
export function createApps(db: Database) {
  const readAll = db.prepare<[string], { appKey: string; name: string; productId: string | null }>(
    'SELECT app_key AS appKey, name, product_id AS productId FROM apps WHERE developer_id = ? ORDER BY name',
  );
  const put = db.prepare(
    `INSERT INTO apps (developer_id, app_key, name, product_id) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, product_id = coalesce(excluded.product_id, product_id)
     WHERE name <> excluded.name OR product_id IS NOT coalesce(excluded.product_id, product_id)`,
  );

  return {
    /** By name. */
    list(developerId: string): App[] {
      return readAll
        .all(developerId)
        .map(({ productId, ...app }) => ({ ...app, ...(productId !== null && { productId }) }));
    },
    /** Begins to collect the apps of a load. */
    collect({ columns }: ExportedDataset): NamedApps {
      const place = (name: string): number => columns.findIndex((column) => column.name === name);
      const [key, name, product] = [place('app_key'), place('app_name'), place('product_id')] as const;
      const seen = new Map<Cell, readonly Cell[]>();
      return {
        see(cells) {
          const appKey = cells[key] ?? null;
          if (!seen.has(appKey)) seen.set(appKey, [cells[name] ?? null, cells[product] ?? null]);
        },
        record(developerId) {
          for (const [appKey, row] of seen) put.run(developerId, appKey, ...row);
        },
      };
    },
  };
}

/** The apps that licences and lines name. */
export type Apps = ReturnType<typeof createApps>;
