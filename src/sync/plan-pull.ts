import type { ContactLevel } from '../domain/contact.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import { endpoints } from '../reporting/endpoints/index.ts';
import type { Meta } from '../store/meta.ts';
import { LOADED } from '../store/record-sync.ts';
import type { Freshness } from '../store/sync-runs.ts';
import type { DataSet, ExportedDataSet, PullPlan, Rhythm } from './data-set.ts';

const HOUR_MS = 3_600_000;
/** A sync begins a little earlier or later than the one before. */
const EARLY_MS = 5 * 60_000;

/** When a data set is due again; undefined: with the next sync. */
export function nextPullAt({ fullHours, recentHours }: Rhythm, { goodAt }: Freshness): Instant | undefined {
  const hours = recentHours ?? fullHours;
  return goodAt === undefined || hours === 0 ? undefined : goodAt + hours * HOUR_MS;
}

/** What is known of the pulls of a data set, and what is asked of it now. */
export interface PullSituation {
  /** When it was last recorded, in full or in part; undefined before the first time. */
  readonly goodAt: Instant | undefined;
  /** When the last full pull that was recorded began. */
  readonly fullAt: Instant | undefined;
  readonly startedAt: Instant;
  /** Everything, whether due or not. */
  readonly full: boolean;
}

/** What to ask for now; undefined when the data set is not due. */
export function planPull(
  { rhythm }: DataSet,
  { full, fullAt, goodAt: since, startedAt }: PullSituation,
): PullPlan | undefined {
  // A pull in the future was noted by a clock that was fast: nobody knows how long ago it really was.
  const isDue = (last: Instant | undefined, hours: number): boolean =>
    last === undefined || last > startedAt || startedAt - last >= hours * HOUR_MS - EARLY_MS;
  const plan = {
    since: since === undefined ? undefined : dayOf(Math.min(since, startedAt)),
    today: dayOf(startedAt),
    at: startedAt,
  };
  if (full || isDue(fullAt, rhythm.fullHours)) return { ...plan, mode: 'full' };
  return rhythm.recentHours !== undefined && isDue(since, rhythm.recentHours)
    ? { ...plan, mode: 'incremental' }
    : undefined;
}

/** The flags an export is always asked with: `includeAtlassianLicenses` and the like. */
function flagsOf({ endpoints: ids }: ExportedDataSet): string {
  const flags = ids.map((id) => endpoints[id as keyof typeof endpoints].defaults);
  return JSON.stringify(flags);
}

const flagsName = ({ name }: DataSet, developerId: string): string => `flags:${name}:${developerId}`;

/**
 * Whether an export is asked with other flags than last time. A new flag adds rows whose `lastUpdated` does not move, so
 * one full pull is due, and nothing in it is news.
 */
export async function readFlags(
  meta: Pick<Meta, 'read'>,
  dataSet: DataSet,
  developerId: string,
): Promise<'same' | 'changed'> {
  if ('pull' in dataSet) return 'same';
  const known = await meta.read(flagsName(dataSet, developerId));
  return known === undefined || known === flagsOf(dataSet) ? 'same' : 'changed';
}

/** Remembers the flags of a pull that was recorded. */
export async function recordFlags(
  meta: Pick<Meta, 'record'>,
  dataSet: ExportedDataSet,
  developerId: string,
): Promise<void> {
  await meta.record(flagsName(dataSet, developerId), flagsOf(dataSet));
}

/** How rows of an export are read: while it changes, rows are read although their bytes are known. */
export function readingOf({ loads }: ExportedDataSet, contacts: ContactLevel): string {
  return `${LOADED[loads].reading}/${contacts}`;
}
