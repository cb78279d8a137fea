import type { Writable } from 'node:stream';

/** Where rows are printed. */
export interface ReportOutput {
  /** Prints text, now or with what follows. Throws a ReaderGoneError when nobody reads any more. */
  readonly write: (text: string) => Promise<void>;
  /** Prints what is left. Throws the same. */
  readonly flush: () => Promise<void>;
}

/** The reader of a pipe went away, as `head` does: no error of ours. */
export class ReaderGoneError extends Error {}

const CHUNK = 32_768;
const LONGEST_WAIT_MS = 100;

/** Creates an output that writes in larger pieces: a million rows would be as many system calls. */
export function createReportOutput(stream: Writable, now: () => number): ReportOutput {
  let waiting = '';
  let writtenAt = Number.NEGATIVE_INFINITY;
  // Each write is told of its own failure; without a listener it would end the process as well.
  stream.on('error', () => undefined);

  async function flush(): Promise<void> {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    writtenAt = now();
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => {
        if (!error) resolve();
        else if ('code' in error && error.code === 'EPIPE')
          reject(new ReaderGoneError('Nobody reads the rows.'));
        else reject(error);
      });
    });
  }

  return {
    flush,
    async write(text) {
      waiting += text;
      if (waiting.length >= CHUNK || now() - writtenAt >= LONGEST_WAIT_MS) await flush();
    },
  };
}
