import type { OwnThresholds } from '../analytics/thresholds.ts';
import type { Instant } from '../domain/day.ts';
import { snoozeOverNote } from '../messages/alert-note.ts';
import { composeAlert } from '../messages/alert-state.ts';
import type { AlertBook, AlertFactRow, AlertMessageRow, AlertWrites } from '../store/alert-book.ts';
import { type AlertChannels, type ChannelRules, channelRules } from './channel-rules.ts';
import { createDraft, type Draft, say } from './say.ts';

/** What releasing works with. */
export interface ReleaseOptions {
  readonly channels: AlertChannels;
  readonly zone: string;
  readonly now: Instant;
}

/** Thresholds do not matter here: what is held was judged when it came. */
const NO_THRESHOLDS = {} as OwnThresholds;

function releaseHeld(
  draft: Draft,
  rules: ChannelRules,
  open: readonly AlertFactRow[],
  options: ReleaseOptions,
): void {
  const { now, zone } = options;
  const held = open.filter(({ channel, state }) => channel === rules.channel && state === 'held');
  const wanted = held.filter(({ appKey, rule }) => rules.hears(rule, { appKey, name: appKey }, now));
  for (const row of held)
    if (!wanted.includes(row)) draft.facts.push({ ...row, state: 'dropped', changedAt: now });
  const sayings = wanted.flatMap((row) => (row.body ? [{ row, body: row.body }] : []));
  say(draft, sayings, { now, zone, ...(sayings.length > 1 && { asOne: { kind: 'quiet' } }) });
}

/** Says the changes that waited for the end of quiet hours. */
function releaseChanges(draft: Draft, rules: ChannelRules, open: readonly AlertFactRow[]): void {
  for (const row of open) {
    const { again, messageId, ...rest } = row;
    if (row.channel !== rules.channel || !again || messageId === undefined) continue;
    draft.facts.push({ ...rest, messageId });
    const message = draft.message(messageId);
    if (!message) continue;
    draft.entries.push({
      key: `${message.key}/note/${message.revision}`,
      kind: 'reply',
      channel: rules.channel,
      message: again,
      parentKey: message.threadKey,
      act: 'broadcast',
    });
  }
}

function endSnooze(draft: Draft, message: AlertMessageRow, zone: string): void {
  const { snoozed: _, ...awake } = message;
  const changed = { ...awake, revision: message.revision + 1 };
  draft.messages.push(changed);
  if (!message.body) return;
  draft.entries.push(
    {
      key: `${message.key}/edit/${changed.revision}`,
      kind: 'reply',
      channel: message.channel,
      message: composeAlert(message.body, { ...changed, zone }),
      parentKey: message.key,
      act: 'edit',
    },
    {
      key: `${message.key}/note/${changed.revision}`,
      kind: 'reply',
      channel: message.channel,
      message: snoozeOverNote(message.title),
      parentKey: message.threadKey,
      act: 'broadcast',
    },
  );
}

/** What waited for a time: alerts of quiet hours that are over, as one message, and snoozes that are over. */
export function releaseAlerts(book: AlertBook, options: ReleaseOptions): AlertWrites {
  const { now, zone } = options;
  const draft = createDraft(book);
  const open = book.openFacts();
  const snoozes = book.snoozesOver(now);
  if (open.length + snoozes.length === 0) return draft;
  const settings = book.settings();
  const channels = channelRules(settings, { ...options, thresholds: NO_THRESHOLDS });
  const hearing = new Set(channels.map(({ channel }) => channel));
  for (const row of open)
    if (row.state === 'held' && !hearing.has(row.channel))
      draft.facts.push({ ...row, state: 'dropped', changedAt: now });
  const isQuiet = (id: string) => channels.find(({ channel }) => channel === id)?.isQuiet(now) ?? false;
  for (const rules of channels) {
    if (rules.isQuiet(now)) continue;
    releaseHeld(draft, rules, open, options);
    releaseChanges(draft, rules, open);
  }
  for (const message of snoozes) if (!isQuiet(message.channel)) endSnooze(draft, message, zone);
  return draft;
}
