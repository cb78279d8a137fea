import { Worker } from 'node:worker_threads';
import { PulseError } from '../domain/errors.ts';
import type { FromThread, ToThread } from './messages.ts';

/** Half of what a thread allocates is garbage a moment later: a small heap collects it instead of growing. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** Memory limits of a thread's heap, in megabytes. */
export interface ThreadMemory {
  readonly maxOldGenerationSizeMb: number;
  readonly maxYoungGenerationSizeMb: number;
}

/** A thread of this process that is asked one question at a time. */
export interface Thread<Question, Answer> {
  /**
   * Asks; throws the thread's error as a PulseError of the same code and message, THREAD_ENDED when it died, or the
   * signal's reason.
   */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** Ends the thread, whatever it does; the next question starts another. */
  stop(): Promise<void>;
}

/**
 * Creates a thread; it starts with the first question and lives until `stop`. `onNote` hears what it says while it
 * works; when it throws, the question fails with that and the thread is told to give up.
 */
export function createThread<Question, Answer, Note = never>(
  file: URL,
  options: {
    /** What is copied into the thread whenever one starts. */
    readonly data: () => unknown;
    readonly memory?: ThreadMemory;
    readonly onNote?: (note: Note) => void;
  },
): Thread<Question, Answer> {
  let worker: Worker | undefined;
  let asked = 0;
  let current:
    | { readonly id: number; resolve: (answer: Answer) => void; reject: (error: unknown) => void }
    | undefined;

  const post = (message: ToThread<Question>): void => worker?.postMessage(message);

  function onMessage(message: FromThread<Answer, Note>): void {
    if (message.id !== current?.id) return;
    if (message.type === 'answer') current.resolve(message.answer);
    else if (message.type === 'failed') current.reject(new PulseError(message.code, message.message));
    else {
      try {
        options.onNote?.(message.note);
      } catch (error) {
        post({ type: 'abort' });
        current.reject(error);
      }
    }
  }

  function start(): Worker {
    const started = new Worker(file, {
      workerData: options.data(),
      resourceLimits: options.memory ?? MEMORY,
    });
    started.on('message', onMessage);
    started.on('error', (error) => current?.reject(error));
    started.on('exit', () => {
      worker = undefined;
      current?.reject(
        new PulseError(
          'THREAD_ENDED',
          'A thread of this process ended early. The next time another is started.',
        ),
      );
    });
    return started;
  }

  return {
    async ask(question, signal) {
      signal?.throwIfAborted();
      worker ??= start();
      const id = (asked += 1);
      const abort = (): void => post({ type: 'abort' });
      signal?.addEventListener('abort', abort);
      try {
        return await new Promise<Answer>((resolve, reject) => {
          current = { id, resolve, reject };
          post({ type: 'ask', id, question });
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        current = undefined;
        signal?.removeEventListener('abort', abort);
      }
    },
    async stop() {
      await worker?.terminate();
      worker = undefined;
    },
  };
}
