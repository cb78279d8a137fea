import { parentPort } from 'node:worker_threads';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { FromThread, ToThread } from './messages.ts';

/** What answering a question may use. */
export interface Work<Note> {
  readonly signal: AbortSignal;
  /** Says something on the way. */
  readonly note: (note: Note) => void;
}

/** Makes this thread answer the questions of `createThread`, one after the other. */
export function serveThread<Question, Answer, Note = never>(
  answer: (question: Question, work: Work<Note>) => Promise<Answer>,
): void {
  const port = parentPort;
  let aborting = new AbortController();

  function post(message: FromThread<Answer, Note>): void {
    port?.postMessage(message);
  }

  async function work(id: number, question: Question): Promise<void> {
    aborting = new AbortController();
    const { signal } = aborting;
    const note = (said: Note): void => post({ id, type: 'note', note: said });
    try {
      post({ id, type: 'answer', answer: await answer(question, { signal, note }) });
    } catch (error) {
      const code = error instanceof PulseError ? error.code : 'UNEXPECTED';
      post({ id, type: 'failed', code, message: reasonOf(error) });
    }
  }

  port?.on('message', (message: ToThread<Question>) => {
    if (message.type === 'ask') void work(message.id, message.question);
    else aborting.abort(new Error('aborted'));
  });
}
