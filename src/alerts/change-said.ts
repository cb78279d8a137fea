import { ALERT_UNITS, type AlertId } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { type ChangedDetail, changeNote } from '../messages/alert-note.ts';
import { composeAlert, withAsides } from '../messages/alert-state.ts';
import { alertSummary } from '../messages/alert-summary.ts';
import type { ToldAlert } from '../messages/alert-words.ts';
import { type Mrkdwn, mrk } from '../messages/kit/escape.ts';
import type { AlertDetail, AlertFactRow, AlertMessageRow } from '../store/alert-book.ts';
import type { SeenFact } from './match-facts.ts';
import type { Draft } from './say.ts';

/** A change of less than both is noted, but alerts nobody again. */
const MATERIAL_SHARE = 0.1;
const MATERIAL_CENTS = 10_000;

/** True when an amount moved so much that readers are alerted again: by a tenth, and money by $100 at least. */
export function isMaterial(rule: AlertId, before: number, after: number): boolean {
  const unit = ALERT_UNITS[rule];
  if (unit === undefined) return false;
  const least = Math.max(MATERIAL_SHARE * Math.abs(before), unit === 'money' ? MATERIAL_CENTS : 1);
  return Math.abs(after - before) >= least;
}

/** The values that differ, by name, in the order of what is said now. */
export function changedDetails(
  before: readonly AlertDetail[],
  after: readonly AlertDetail[],
): ChangedDetail[] {
  const was = new Map(before);
  const is = new Map(after);
  const changed = after
    .filter(([name, value]) => was.get(name) !== value)
    .map(([name, value]): ChangedDetail => {
      const old = was.get(name);
      return { name, after: value, ...(old !== undefined && { before: old }) };
    });
  const gone = before
    .filter(([name]) => !is.has(name))
    .map(([name, value]): ChangedDetail => ({ name, before: value }));
  return [...changed, ...gone];
}

const ONCE: Partial<Record<AlertId, string>> = {
  refund: 'First told as a refund: the new bill came later',
};

/** What has to be said beside what the message says now. */
function asides(row: AlertFactRow, { fact, rule }: SeenFact): Mrkdwn[] {
  const once = rule === row.rule ? undefined : (ONCE[row.rule] ?? `First told by the rule ${row.rule}`);
  return [
    ...(once === undefined ? [] : [mrk`*${once}*`]),
    ...(!fact.holds && fact.aside ? [fact.aside] : []),
  ];
}

/** The body of the message that carries a fact: its own, or the summary it is a line of, written anew. */
function bodyOf(
  draft: Draft,
  message: AlertMessageRow,
  row: AlertFactRow,
  told: ToldAlert,
  beside: readonly Mrkdwn[],
): Message {
  if (message.key === row.key) return withAsides(told.message, beside);
  const others = draft.factsOfMessage(message.id).filter(({ key }) => key !== row.key);
  return alertSummary([...others, { ...row, title: told.title }]);
}

/** What is needed to change what was said. */
export interface ChangeOptions {
  readonly zone: string;
  readonly now: Instant;
  readonly isQuiet: boolean;
}

/**
 * Changes what was said of a fact, if anything about it changed: the message in its place, and a note in its thread. A
 * material change is shown in the channel as well, or waits for the end of quiet hours, and takes back "handled".
 */
export function changeSaid(
  draft: Draft,
  row: AlertFactRow,
  seen: SeenFact,
  { isQuiet, now, zone }: ChangeOptions,
): 'changed' | 'again' | undefined {
  const told = seen.fact.tell();
  const changes = changedDetails(row.details, told.details);
  if (changes.length === 0) return undefined;
  const { amount, marks } = seen.fact;
  const isAgain = isMaterial(row.rule, row.toldAmount ?? row.amount, amount);
  const kept = { ...row, title: told.title, details: told.details, amount, marks, changedAt: now };
  const message = row.messageId === undefined ? undefined : draft.message(row.messageId);
  // Too old to be changed, or said before messages were kept.
  if (!message?.body) {
    draft.facts.push(kept);
    return undefined;
  }
  const note = changeNote(told.title, changes, isAgain);
  const waits = isAgain && isQuiet;
  draft.facts.push({ ...kept, ...(isAgain && { toldAmount: amount }), ...(waits && { again: note }) });
  const { handled, ...open } = message;
  const changed: AlertMessageRow = {
    ...open,
    ...(handled && !isAgain && { handled }),
    title: message.key === row.key ? told.title : message.title,
    body: bodyOf(draft, message, { ...row, amount }, told, asides(row, seen)),
    revision: message.revision + 1,
  };
  draft.messages.push(changed);
  draft.entries.push({
    key: `${message.key}/edit/${changed.revision}`,
    kind: 'reply',
    channel: message.channel,
    message: composeAlert(changed.body ?? told.message, { ...changed, zone }),
    parentKey: message.key,
    act: 'edit',
  });
  if (!waits) {
    const isShown = isAgain && !message.snoozed;
    draft.entries.push({
      key: `${message.key}/note/${changed.revision}`,
      kind: 'reply',
      channel: message.channel,
      message: note,
      parentKey: message.threadKey,
      ...(isShown && { act: 'broadcast' }),
    });
  }
  return isAgain ? 'again' : 'changed';
}
