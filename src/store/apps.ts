import type { App } from '../domain/app.ts';
import type { Database } from './database.ts';
import type { SeenApp } from './load-writer.ts';

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
    /** Adds apps to those of a developer space; one that is known gets this name and this product id. */
    record(developerId: string, apps: readonly SeenApp[]): void {
      for (const { appKey, name, productId } of apps) put.run(developerId, appKey, name, productId);
    },
  };
}

/** The apps that licences and lines name. */
export type Apps = ReturnType<typeof createApps>;
