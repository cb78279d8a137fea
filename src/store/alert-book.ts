import type { AlertId, AlertSetting } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import type { Database } from './database.ts';
import type { OutboxEntry } from './outbox.ts';

/** A named value of a fact, such as `['Tier', '500 Users']`: what a reader is told when it changes. */
export type AlertDetail = readonly [name: string, value: string];

/**
 * `waiting` for what may make another fact of it, `held` until the channel's quiet hours end, `told`, or `dropped`:
 * it never became worth telling.
 */
export type FactState = 'waiting' | 'held' | 'told' | 'dropped';

/** One fact in one channel: what was said of it last. */
export interface AlertFactRow {
  /** `alert/1/<channel>/<rule>/<developer space>/<fact>`: no amount and no clock in it. */
  readonly key: string;
  readonly developerId: string;
  readonly channel: string;
  readonly rule: AlertId;
  /** What it is about, within the rule. */
  readonly fact: string;
  readonly entitlement: string;
  readonly appKey: string;
  readonly state: FactState;
  /** Names of the rows it is made of: by them it is recognised when its own name changes. */
  readonly marks: readonly string[];
  readonly title: string;
  readonly amount: number;
  /** The amount when readers were last alerted. */
  readonly toldAmount?: number;
  readonly details: readonly AlertDetail[];
  /** User ids to mention. */
  readonly mention: readonly string[];
  /** Its message, as long as it has none of its own in the channel. */
  readonly body?: Message;
  /** The note about a change that waits for the end of quiet hours. */
  readonly again?: Message;
  readonly messageId?: number;
  readonly firstAt: Instant;
  readonly changedAt: Instant;
}

/** One message that alerts made, and what people did with it. */
export interface AlertMessageRow {
  /** Names it in buttons and commands. */
  readonly id: number;
  /** Its key in the outbox. */
  readonly key: string;
  /** The key of the message in whose thread its notes go: its own, or that of the summary it stands below. */
  readonly threadKey: string;
  readonly channel: string;
  /** Empty: a summary of several rules. */
  readonly rule: AlertId | '';
  readonly title: string;
  /** Without what people did with it; absent once it is too old to be changed. */
  readonly body?: Message;
  /** User ids mentioned in it. */
  readonly mention: readonly string[];
  /** How often it was edited. */
  readonly revision: number;
  readonly handled?: { readonly by: string; readonly at: Instant };
  readonly snoozed?: { readonly by: string; readonly until: Instant };
  readonly saidAt: Instant;
}

/** What announcing and clicking read, at once and inside the transaction that writes what follows from it. */
export interface AlertBook {
  settings(): readonly AlertSetting[];
  nextMessageId(): number;
  /** All facts about these entitlements, in every channel and state. */
  factsAbout(developerId: string, entitlements: readonly string[]): readonly AlertFactRow[];
  /** Facts that wait for something, of one developer space or of all. */
  openFacts(developerId?: string): readonly AlertFactRow[];
  factsOfMessage(messageId: number): readonly AlertFactRow[];
  message(id: number): AlertMessageRow | undefined;
  /** Messages whose snooze is over. */
  snoozesOver(now: Instant): readonly AlertMessageRow[];
}

/** What is to be written together. Rows replace those of the same key or id. */
export interface AlertWrites {
  readonly entries: readonly OutboxEntry[];
  readonly facts: readonly AlertFactRow[];
  readonly messages: readonly AlertMessageRow[];
}

/** Nothing is to be said. */
export const NOTHING_TO_SAY: AlertWrites = { entries: [], facts: [], messages: [] };

interface FactCells {
  readonly key: string;
  readonly developer_id: string;
  readonly channel: string;
  readonly rule: AlertId;
  readonly fact: string;
  readonly entitlement: string;
  readonly app_key: string;
  readonly state: FactState;
  readonly marks: string;
  readonly title: string;
  readonly amount: number;
  readonly told_amount: number | null;
  readonly details: string;
  readonly mention: string | null;
  readonly body: string | null;
  readonly again: string | null;
  readonly message_id: number | null;
  readonly first_at: Instant;
  readonly changed_at: Instant;
}

interface MessageCells {
  readonly id: number;
  readonly key: string;
  readonly thread_key: string;
  readonly channel: string;
  readonly rule: AlertId | '';
  readonly title: string;
  readonly body: string | null;
  readonly mention: string | null;
  readonly revision: number;
  readonly handled_by: string | null;
  readonly handled_at: Instant | null;
  readonly snoozed_by: string | null;
  readonly snoozed_until: Instant | null;
  readonly said_at: Instant;
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
const list = (value: string | null): string[] => (value === null ? [] : (JSON.parse(value) as string[]));
const listCell = (value: readonly string[]): string | null =>
  value.length > 0 ? JSON.stringify(value) : null;

function toFact(cells: FactCells): AlertFactRow {
  const { again, body, channel, fact, key, message_id: messageId, rule, state, told_amount: told } = cells;
  return {
    key,
    developerId: cells.developer_id,
    channel,
    rule,
    fact,
    entitlement: cells.entitlement,
    appKey: cells.app_key,
    state,
    marks: JSON.parse(cells.marks) as string[],
    title: cells.title,
    amount: cells.amount,
    ...(told !== null && { toldAmount: told }),
    details: JSON.parse(cells.details) as AlertDetail[],
    mention: list(cells.mention),
    ...(body !== null && { body: JSON.parse(body) as Message }),
    ...(again !== null && { again: JSON.parse(again) as Message }),
    ...(messageId !== null && { messageId }),
    firstAt: cells.first_at,
    changedAt: cells.changed_at,
  };
}

function toMessage(cells: MessageCells): AlertMessageRow {
  const { body, channel, id, key, mention, revision, rule, title } = cells;
  const { handled_at: handledAt, handled_by: handledBy, snoozed_by: snoozedBy } = cells;
  return {
    id,
    key,
    threadKey: cells.thread_key,
    channel,
    rule,
    title,
    ...(body !== null && { body: JSON.parse(body) as Message }),
    mention: list(mention),
    revision,
    ...(handledBy !== null && { handled: { by: handledBy, at: handledAt ?? 0 } }),
    ...(snoozedBy !== null && { snoozed: { by: snoozedBy, until: cells.snoozed_until ?? 0 } }),
    saidAt: cells.said_at,
  };
}

/** Reads and writes alerts inside a transaction of the caller. `settings` come from the store's other half. */
export function createAlertBook(db: Database, settings: () => readonly AlertSetting[]) {
  const about = db.prepare<[string, string], FactCells>(
    'SELECT * FROM alert_facts WHERE developer_id = ? AND entitlement IN (SELECT value FROM json_each(?))',
  );
  const open = db.prepare<(string | null)[], FactCells>(
    `SELECT * FROM alert_facts WHERE (state IN ('waiting', 'held') OR again IS NOT NULL)
     AND (? IS NULL OR developer_id = ?) ORDER BY first_at, key`,
  );
  const ofMessage = db.prepare<[number], FactCells>(
    'SELECT * FROM alert_facts WHERE message_id = ? ORDER BY abs(amount) DESC, key',
  );
  const one = db.prepare<[number], MessageCells>('SELECT * FROM alert_messages WHERE id = ?');
  const snoozed = db.prepare<[Instant], MessageCells>(
    'SELECT * FROM alert_messages WHERE snoozed_until IS NOT NULL AND snoozed_until <= ? ORDER BY snoozed_until, id',
  );
  const lastId = db.prepare<[], number | null>('SELECT max(id) FROM alert_messages').pluck();
  const putFact = db.prepare(
    `INSERT OR REPLACE INTO alert_facts (key, developer_id, channel, rule, fact, entitlement, app_key, state, marks, title,
       amount, told_amount, details, mention, body, again, message_id, first_at, changed_at)
     VALUES (@key, @developerId, @channel, @rule, @fact, @entitlement, @appKey, @state, @marks, @title,
       @amount, @toldAmount, @details, @mention, @body, @again, @messageId, @firstAt, @changedAt)`,
  );
  const putMessage = db.prepare(
    `INSERT INTO alert_messages (id, key, thread_key, channel, rule, title, body, mention, revision, handled_by, handled_at,
       snoozed_by, snoozed_until, said_at)
     VALUES (@id, @key, @threadKey, @channel, @rule, @title, @body, @mention, @revision, @handledBy, @handledAt,
       @snoozedBy, @snoozedUntil, @saidAt)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, revision = excluded.revision,
       handled_by = excluded.handled_by, handled_at = excluded.handled_at, snoozed_by = excluded.snoozed_by,
       snoozed_until = excluded.snoozed_until`,
  );

  const book: AlertBook = {
    settings,
    nextMessageId: () => (lastId.get() ?? 0) + 1,
    factsAbout: (developerId, entitlements) =>
      about.all(developerId, JSON.stringify(entitlements)).map(toFact),
    openFacts: (developerId) => open.all(developerId ?? null, developerId ?? null).map(toFact),
    factsOfMessage: (messageId) => ofMessage.all(messageId).map(toFact),
    message(id) {
      const cells = one.get(id);
      return cells && toMessage(cells);
    },
    snoozesOver: (now) => snoozed.all(now).map(toMessage),
  };

  return {
    book,

    /** Writes messages, then the facts that name them. */
    write({ facts, messages }: Pick<AlertWrites, 'facts' | 'messages'>): void {
      for (const { handled, mention, snoozed: snooze, ...row } of messages) {
        putMessage.run({
          ...row,
          body: json(row.body),
          mention: listCell(mention),
          handledBy: handled?.by ?? null,
          handledAt: handled?.at ?? null,
          snoozedBy: snooze?.by ?? null,
          snoozedUntil: snooze?.until ?? null,
        });
      }
      for (const { again, body, mention, messageId, toldAmount, ...row } of facts) {
        putFact.run({
          ...row,
          marks: JSON.stringify(row.marks),
          details: JSON.stringify(row.details),
          mention: listCell(mention),
          body: json(body),
          again: json(again),
          messageId: messageId ?? null,
          toldAmount: toldAmount ?? null,
        });
      }
    },
  };
}
