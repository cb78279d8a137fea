/**
 * Loaded before the built bot (`node --import`), this ends it at one of six points of a delivery, as a power cut would. The product
 * itself knows nothing of it: the points are found in what it says to SQLite.
 */
import SQLite from 'better-sqlite3';

/** Where a process can die while it announces and posts one message. */
export const CRASH_POINTS = [
  'before-enqueue-commit',
  'after-enqueue-commit',
  'after-mark-sending',
  'request-written-no-answer',
  'answer-read-not-marked',
  'after-mark-sent',
] as const;

const point = process.env['CRASH_AT'] ?? '';
const MARKS: Readonly<Record<string, RegExp>> = {
  'after-mark-sending': /^UPDATE outbox SET state = 'sending'/,
  'answer-read-not-marked': /^\s*UPDATE outbox SET state = 'sent'/,
  'after-mark-sent': /^\s*UPDATE outbox SET state = 'sent'/,
  'before-enqueue-commit': /INSERT INTO outbox/,
  'after-enqueue-commit': /INSERT INTO outbox/,
};

interface Called {
  readonly source?: string;
  readonly database?: { readonly name: string };
}
type Method = (this: Called, ...parameters: { readonly kind?: string }[]) => unknown;

const crash = (): boolean => process.kill(process.pid, 'SIGKILL');
const db = new SQLite(':memory:');
const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<'run', Method>;
db.close();
const { run } = statement;
let isMarked = false;

statement.run = function guarded(...parameters) {
  const source = this.source ?? '';
  const isMark = MARKS[point]?.test(source) === true;
  const isAnnouncement =
    !/INSERT INTO outbox/.test(source) || parameters[0]?.kind === process.env['CRASH_KIND'];
  if (isMark && isAnnouncement && point === 'answer-read-not-marked') crash();
  const result = run.apply(this, parameters);
  if (isMark && isAnnouncement) {
    if (point === 'before-enqueue-commit') crash();
    isMarked = true;
  }
  if (source === 'COMMIT' && isMarked) crash();
  return result;
};

if (point === 'request-written-no-answer') {
  const original = globalThis.fetch;
  globalThis.fetch = async (...parameters: Parameters<typeof fetch>) => {
    const answer = await original(...parameters);
    const [target] = parameters;
    const address = typeof target === 'string' ? target : target instanceof URL ? target.href : target.url;
    // Slack has the message; not a byte of its answer was read.
    if (address.endsWith('chat.postMessage')) crash();
    return answer;
  };
}
