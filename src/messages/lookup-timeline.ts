import type { TimelineEntry } from '../analytics/timeline.ts';
import type { Block } from '../domain/message.ts';
import { section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk, quote } from './kit/escape.ts';
import { count, date, dollars } from './kit/words.ts';

/** The beginning says where a customer came from, the end what is going on; what lies between is counted. */
const FIRST = 3;
const LAST = 7;

function tierWords({ newBillingPeriod, newTier }: TimelineEntry): Mrkdwn {
  const parts = [newTier, newBillingPeriod?.toLowerCase()].map((part) => escape(part ?? '', 60));
  const words = join(parts, ', ');
  return words.mrkdwn === '' ? words : mrk` (${words})`;
}

function change(from: string | undefined, to: string | undefined): Mrkdwn {
  if (from === undefined || to === undefined) return to === undefined ? mrk`` : mrk` to ${escape(to, 60)}`;
  return mrk` from ${escape(from, 60)} to ${escape(to, 60)}`;
}

function amount({ isUncollectible, net = 0 }: TimelineEntry): string {
  return `, ${dollars(net)}${isUncollectible ? ', never paid' : ''}`;
}

function renewed(entry: TimelineEntry): Mrkdwn {
  const { net = 0, times = 1, until } = entry;
  if (times === 1 || until === undefined) return mrk`renewed${tierWords(entry)}${amount(entry)}`;
  return mrk`renewed ${times} times until ${date(until)}${tierWords(entry)}, ${dollars(net)} together`;
}

function happened(entry: TimelineEntry): Mrkdwn {
  switch (entry.kind) {
    case 'evaluation':
      return mrk`evaluation started`;
    case 'conversion':
      return mrk`bought, by Atlassian's list; the sale is not known`;
    case 'sale':
      return mrk`bought${tierWords(entry)}${amount(entry)}`;
    case 'renewal':
      return renewed(entry);
    case 'upgrade':
      return mrk`upgraded${change(entry.oldTier, entry.newTier)}${amount(entry)}`;
    case 'downgrade':
      return mrk`downgraded${change(entry.oldTier, entry.newTier)}${amount(entry)}`;
    case 'plan-switch':
      return mrk`switched${change(entry.oldBillingPeriod, entry.newBillingPeriod)}${amount(entry)}`;
    case 'refund':
      return mrk`refunded${amount(entry)}`;
    case 'adjustment':
      return mrk`billed again${amount(entry)}`;
    case 'feedback':
      return mrk`said: ${quote(entry.said ?? '')}`;
    case 'churn':
      return mrk`left, by Atlassian's count`;
    case 'ended':
      return mrk`ended`;
  }
}

function line(entry: TimelineEntry, isNamed: boolean): Mrkdwn {
  const app = isNamed ? mrk`${escape(entry.appName, 40)}: ` : mrk``;
  return mrk`${date(entry.day)}: ${app}${happened(entry)}`;
}

/** What happened, oldest first; of a long story the beginning and the end. Undefined when nothing did. */
export function timelineSection(entries: readonly TimelineEntry[]): Block | undefined {
  if (entries.length === 0) return undefined;
  const isNamed = new Set(entries.map(({ appName }) => appName)).size > 1;
  const left = entries.length - FIRST - LAST;
  const lines = entries.map((entry) => line(entry, isNamed));
  const shown =
    left > 1
      ? [...lines.slice(0, FIRST), mrk`… ${count(left, 'entry', 'entries')} between …`, ...lines.slice(-LAST)]
      : lines;
  return section(mrk`*Timeline*, amounts are our share, refund and re-bill together\n${join(shown, '\n')}`);
}
