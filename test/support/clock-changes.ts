import { type Instant } from '../../src/domain/day.ts';
import { offsetAt } from '../../src/schedule/zone-time.ts';

const DAY = 86_400_000;
const YEAR_START = Date.parse('2026-01-01T00:00:00Z');

/** One time the clocks of a zone are set: local time minus UTC before and after, in ms. */
export interface ClockChange {
  readonly zone: string;
  readonly at: Instant;
  readonly before: number;
  readonly after: number;
}

/** Every offset change of a zone in 2026, found by halving days. */
function changesOf(zone: string): ClockChange[] {
  const changes: ClockChange[] = [];
  for (let day = 0; day < 365; day += 7) {
    let [low, high] = [YEAR_START + day * DAY, YEAR_START + Math.min(day + 7, 365) * DAY];
    const [before, after] = [offsetAt(zone, low), offsetAt(zone, high)];
    if (before === after) continue;
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ zone, at: high, before, after });
  }
  return changes;
}

/** One zone for every different clock change of 2026: what differs is the size of the change, and the local day and time of it. */
export function differentClockChanges(): ClockChange[] {
  const bySignature = new Map<string, ClockChange>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (const change of changesOf(zone)) {
      const local = new Date(change.at + change.before).toISOString().slice(5, 16);
      bySignature.set(`${change.after - change.before} at ${local}`, change);
    }
  }
  return [...bySignature.values()];
}
