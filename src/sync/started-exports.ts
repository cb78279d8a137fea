import type { Meta } from '../store/meta.ts';
import type { SyncMode } from '../store/sync-runs.ts';
import type { ExportedDataSet, PullPlan } from './data-set.ts';

/** One export to be read. */
export interface PlannedExport {
  readonly parameters: Readonly<Record<string, string>>;
  /** Known when it was started already. */
  readonly exportId?: string;
}

/** What is remembered of the exports of a data set until they are recorded. */
interface Started {
  readonly mode: SyncMode;
  readonly since: string | undefined;
  readonly at: number;
  readonly exports: readonly PlannedExport[];
}

/** Atlassian keeps the result of an export; older rows than of the last hour are better asked for anew. */
const RESUMED_FOR_MS = 3_600_000;

/** Errors after which the same export is worth another look. */
const PASSING = new Set(['API_UNAVAILABLE', 'API_LIMITED', 'EXPORT_TIMED_OUT', 'STOPPED', 'THREAD_ENDED']);

/**
 * Exports that were started and not recorded yet, kept in the store: a sync whose process died while Atlassian prepared an
 * export goes on waiting for that one instead of asking for another.
 */
export function createStartedExports(meta: Meta, developerId: string) {
  const nameOf = (dataset: string): string => `exports:${dataset}:${developerId}`;

  async function readStarted(dataset: string, plan: PullPlan): Promise<Started | undefined> {
    const text = await meta.read(nameOf(dataset));
    if (!text) return undefined;
    const started = JSON.parse(text) as Started;
    const age = plan.at - started.at;
    const isSame = started.mode === plan.mode && started.since === plan.since;
    return isSame && age >= 0 && age < RESUMED_FOR_MS ? started : undefined;
  }

  async function forget(dataset: string): Promise<void> {
    if (await meta.read(nameOf(dataset))) await meta.record(nameOf(dataset), '');
  }

  return {
    /** The exports a plan needs, those of an interrupted sync among them, and what notes the start of one. */
    async plan(dataSet: ExportedDataSet, plan: PullPlan) {
      const { mode, since } = plan;
      const known = await readStarted(dataSet.name, plan);
      const exports = [
        ...(known?.exports ?? dataSet.exports(plan).map((parameters): PlannedExport => ({ parameters }))),
      ];
      const at = known?.at ?? plan.at;
      return {
        exports: [...exports],
        async note(index: number, exportId: string): Promise<void> {
          const planned = exports[index];
          if (planned) exports[index] = { ...planned, exportId };
          await meta.record(
            nameOf(dataSet.name),
            JSON.stringify({ mode, since, at, exports } satisfies Started),
          );
        },
      };
    },

    /** The exports of a data set are recorded, or of no use. */
    forget,

    /** The exports of a data set could not be read; `code`: why. */
    async noteFailure(dataset: string, code: string): Promise<void> {
      if (!PASSING.has(code)) await forget(dataset);
    },
  };
}

/** Exports that were started and not recorded yet. */
export type StartedExports = ReturnType<typeof createStartedExports>;
