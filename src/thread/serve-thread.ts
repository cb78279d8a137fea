import { parentPort } from 'node:worker_threads';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { FromThread, ToThread } from './messages.ts';

/** What answering a question may use. */
export interface Work<Note> {
  readonly signal: AbortSignal;
  /** Says something on the way. What is named in `transfer` is handed over and can no longer be used here. */
  readonly note: (note: Note, transfer?: readonly ArrayBuffer[]) => void;
}

/**
 * Makes this thread answer the questions of `createThread`, one after the other. `onReply` hears what it is told while it
 * works, and undefined when it is told to give up.
 */
export function serveThread<Question, Answer, Note = never, Reply = never>(
  answer: (question: Question, work: Work<Note>) => Promise<Answer>,
  onReply?: (reply: Reply | undefined) => void,
): void {
  const port = parentPort;
  let aborting = new AbortController();

  function post(message: FromThread<Answer, Note>, transfer: readonly ArrayBuffer[] = []): void {
    port?.postMessage(message, transfer);
  }

  async function work(id: number, question: Question): Promise<void> {
    aborting = new AbortController();
    const { signal } = aborting;
    const note = (said: Note, transfer?: readonly ArrayBuffer[]): void =>
      post({ id, type: 'note', note: said }, transfer);
    try {
      post({ id, type: 'answer', answer: await answer(question, { signal, note }) });
    } catch (error) {
      const code = error instanceof PulseError ? error.code : 'UNEXPECTED';
      post({ id, type: 'failed', code, message: reasonOf(error) });
    }
  }

  port?.on('message', (message: ToThread<Question, Reply>) => {
    if (message.type === 'ask') void work(message.id, message.question);
    else if (message.type === 'reply') onReply?.(message.reply);
    else {
      aborting.abort(new Error('aborted'));
      onReply?.(undefined);
    }
  });
}
