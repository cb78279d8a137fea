import { count } from '../messages/kit/words.ts';

/** What has come so far. */
export interface PulledSoFar {
  readonly rows: number;
  readonly requests: number;
}

/** Tells people on stderr that a long pull goes on. */
export interface ReportProgress {
  /** From now on this is told. */
  readonly follow: (soFar: () => PulledSoFar) => void;
  /** Writes a line of its own. */
  readonly note: (line: string) => void;
  /** Wipes what stands there and tells nothing more until `follow`. */
  readonly pause: () => void;
}

/** Where it is told: a terminal's line is rewritten; elsewhere a line is added now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const REDRAWN_MS = 200;
/** Shorter pulls say nothing in a log. */
const QUIET_MS = 2_000;
const REPEATED_MS = 10_000;

/** Creates a progress line. `now`: milliseconds of any clock. */
export function createReportProgress(stream: ProgressStream, now: () => number): ReportProgress {
  let timer: NodeJS.Timeout | undefined;
  let isDrawn = false;

  function wipe(): void {
    if (isDrawn) stream.write('\r\u001b[K');
    isDrawn = false;
  }

  function pause(): void {
    clearInterval(timer);
    timer = undefined;
    wipe();
  }

  function follow(soFar: () => PulledSoFar): void {
    pause();
    const startedAt = now();
    let nextAt = startedAt + QUIET_MS;
    timer = setInterval(() => {
      const { requests, rows } = soFar();
      const seconds = Math.max(0.001, (now() - startedAt) / 1_000);
      const rate = rows === 0 ? 'waiting' : `${Math.round(rows / seconds).toLocaleString('en-US')} rows/s`;
      const line = `${count(rows, 'row')}, ${rate}, ${count(requests, 'request')}, ${Math.round(seconds)} s`;
      if (stream.isTTY) {
        stream.write(`\r${line}\u001b[K`);
        isDrawn = true;
      } else if (now() >= nextAt) {
        nextAt = now() + REPEATED_MS;
        stream.write(`${line}\n`);
      }
    }, REDRAWN_MS);
    timer.unref();
  }

  return {
    follow,
    pause,
    note(line) {
      wipe();
      stream.write(`${line}\n`);
    },
  };
}
