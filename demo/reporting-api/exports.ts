import { createHash } from 'node:crypto';
import type { Day } from '../../src/domain/day.ts';

/** A started export. Its rows are those of the day on which it was started. */
interface Export {
  readonly id: string;
  readonly resource: string;
  readonly rows: () => readonly unknown[];
  polls: number;
}

/** Asynchronous exports: started, polled, downloaded. */
export interface Exports {
  /** Starts one; equal parameters on an equal day give the id that exists already. */
  start(resource: string, day: Day, query: URLSearchParams, rows: () => readonly unknown[]): string;
  /** Counts as a poll. Undefined for an id nobody started. */
  poll(resource: string, id: string): 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | undefined;
  /** The rows, "not yet" while they are being processed, or undefined for an id nobody started. */
  download(resource: string, id: string): readonly unknown[] | 'not yet' | undefined;
}

function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Exports that answer QUEUED to the first poll, then IN_PROGRESS, and COMPLETED to every poll after `polls`. */
export function createExports(polls: number): Exports {
  const started = new Map<string, Export>();

  function find(resource: string, id: string): Export | undefined {
    const found = started.get(id);
    return found?.resource === resource ? found : undefined;
  }

  return {
    start(resource, day, query, rows) {
      const sorted = new URLSearchParams(query);
      sorted.sort();
      const id = idFrom(`${resource}/${day}?${sorted.toString()}`);
      if (!started.has(id)) started.set(id, { id, resource, rows, polls: 0 });
      return id;
    },
    poll(resource, id) {
      const found = find(resource, id);
      if (!found) return undefined;
      found.polls += 1;
      if (found.polls > polls) return 'COMPLETED';
      return found.polls === 1 ? 'QUEUED' : 'IN_PROGRESS';
    },
    download(resource, id) {
      const found = find(resource, id);
      if (!found) return undefined;
      return found.polls <= polls && polls > 0 ? 'not yet' : found.rows();
    },
  };
}
