import type { AlertId } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { composeAlert } from '../messages/alert-state.ts';
import {
  alertSummary,
  alertSummaryTables,
  bySize,
  type SummaryReason,
  type SummedAlert,
} from '../messages/alert-summary.ts';
import type { AlertBook, AlertFactRow, AlertMessageRow, AlertWrites } from '../store/alert-book.ts';
import type { OutboxEntry } from '../store/outbox.ts';

/** A fact that is to be said, with its message. */
export interface Saying {
  readonly row: AlertFactRow;
  readonly body: Message;
}

/** Collects what is to be written, and reads the book as it will be then. */
export interface Draft extends AlertWrites {
  readonly entries: OutboxEntry[];
  readonly facts: AlertFactRow[];
  readonly messages: AlertMessageRow[];
  nextId(): number;
  message(id: number): AlertMessageRow | undefined;
  factsOfMessage(id: number): AlertFactRow[];
}

/** An empty draft; ids of new messages follow those of the book. */
export function createDraft(book: Pick<AlertBook, 'nextMessageId' | 'message' | 'factsOfMessage'>): Draft {
  let next = book.nextMessageId();
  const facts: AlertFactRow[] = [];
  const messages: AlertMessageRow[] = [];
  return {
    entries: [],
    facts,
    messages,
    nextId: () => next++,
    message: (id) => messages.findLast((message) => message.id === id) ?? book.message(id),
    factsOfMessage: (id) =>
      book.factsOfMessage(id).map((fact) => facts.findLast(({ key }) => key === fact.key) ?? fact),
  };
}

/** More alerts of one rule than this in one run become one message. */
const OF_ONE_RULE = 5;

/** More alerts than this in one run become one message, whatever their rules. */
const IN_ALL = 10;

/** Up to so many alerts of a summary are in its thread one by one; more are a table. */
const IN_THREAD = 10;

/** How a message of alerts is kept, before anybody did anything with it. */
function newMessage(draft: Draft, { body, row }: Saying, threadKey: string, now: Instant): AlertMessageRow {
  const { channel, key, mention, rule, title } = row;
  return {
    id: draft.nextId(),
    key,
    threadKey,
    channel,
    rule,
    title,
    body,
    mention,
    revision: 0,
    saidAt: now,
  };
}

function told({ row }: Saying, messageId: number): AlertFactRow {
  const { again: _, body: __, ...rest } = row;
  return { ...rest, state: 'told', toldAmount: row.amount, messageId };
}

function sayOne(draft: Draft, saying: Saying, zone: string, now: Instant, parentKey?: string): void {
  const message = newMessage(draft, saying, parentKey ?? saying.row.key, now);
  draft.messages.push(message);
  draft.facts.push(told(saying, message.id));
  draft.entries.push({
    key: message.key,
    kind: parentKey === undefined ? 'alert' : 'reply',
    channel: message.channel,
    message: composeAlert(saying.body, { ...message, zone }),
    ...(parentKey !== undefined && { parentKey }),
  });
}

const toSummed = ({ row: { amount, entitlement, rule, title } }: Saying): SummedAlert => ({
  rule,
  title,
  amount,
  entitlement,
});

/** One message for many alerts, with a thread: each of them where they are few, otherwise a table of all. */
function sayTogether(
  draft: Draft,
  sayings: readonly Saying[],
  reason: SummaryReason,
  zone: string,
  now: Instant,
): void {
  const largest = sayings.toSorted((a, b) => bySize(a.row, b.row));
  const [first] = largest;
  if (!first) return;
  const key = `${first.row.key}/summary`;
  const { channel } = first.row;
  const summed = sayings.map(toSummed);
  const body = alertSummary(summed, reason);
  if (sayings.length <= IN_THREAD) {
    draft.entries.push({ key, kind: 'alert', channel, message: body });
    for (const saying of largest) sayOne(draft, saying, zone, now, key);
    return;
  }
  const rules = new Set(sayings.map(({ row }) => row.rule));
  const [rule = ''] = rules.size === 1 ? rules : ([''] as const);
  const message: AlertMessageRow = {
    id: draft.nextId(),
    key,
    threadKey: key,
    channel,
    rule,
    title: body.text,
    body,
    mention: [...new Set(sayings.flatMap(({ row }) => row.mention))],
    revision: 0,
    saidAt: now,
  };
  draft.messages.push(message);
  draft.facts.push(...sayings.map((saying) => told(saying, message.id)));
  draft.entries.push(
    { key, kind: 'alert', channel, message: composeAlert(body, { ...message, zone }) },
    ...alertSummaryTables(summed).map(
      (reply, index): OutboxEntry => ({
        key: `${key}/thread/${index + 1}`,
        kind: 'reply',
        channel,
        message: reply,
        parentKey: key,
      }),
    ),
  );
}

/** How the alerts of a run are said. */
export interface SayOptions {
  readonly zone: string;
  readonly now: Instant;
  /** All of them as one message, and why; otherwise only where they are many. */
  readonly asOne?: SummaryReason;
}

/** Says what a run found for one channel: one message each, or together where they are many. */
export function say(draft: Draft, sayings: readonly Saying[], { asOne, now, zone }: SayOptions): void {
  const together: SummaryReason = { kind: 'together' };
  if (asOne && sayings.length > 0) sayTogether(draft, sayings, asOne, zone, now);
  else if (sayings.length > IN_ALL) sayTogether(draft, sayings, together, zone, now);
  else
    for (const [, group] of Map.groupBy(sayings, ({ row }): AlertId => row.rule)) {
      if (group.length > OF_ONE_RULE) sayTogether(draft, group, together, zone, now);
      else for (const saying of group) sayOne(draft, saying, zone, now);
    }
}
