import type { AppKeyword } from '../analytics/app-keywords.ts';
import type { MarketKeyword, ProductIdea } from '../analytics/market-keywords.ts';
import type { Day } from '../domain/day.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, monthLabel } from './kit/words.ts';

/** A keyword that shows one of the apps, and its place among everybody's searches; undefined: not listed. */
export interface OwnKeyword extends AppKeyword {
  /** The app's name. */
  readonly app: string;
  readonly marketplaceRank: number | undefined;
  readonly embeddedRank: number | undefined;
}

/** What everybody searched for in a month. */
export interface KeywordMarket {
  readonly month: Day;
  /** Whether the month before is known: only then is a keyword called new. */
  readonly knowsBefore: boolean;
  /** What nobody found anything for, most searches first; empty for a digest about one app. */
  readonly ideas: readonly ProductIdea[];
  /** Most searched first. */
  readonly marketplace: readonly MarketKeyword[];
  readonly embedded: readonly MarketKeyword[];
}

/** Ideas of the parent; the rest is in the thread. */
const SHOWN = 5;

/** "30 the month before", "new": beside the month before where that is known. */
export function beforeWords({ before }: ProductIdea, knowsBefore: boolean): string {
  if (before !== undefined) return `${before.toLocaleString('en-US')} the month before`;
  return knowsBefore ? 'not listed the month before' : '';
}

function ideaLine(idea: ProductIdea, knowsBefore: boolean): Mrkdwn {
  const filters =
    idea.filters.length === 0 ? mrk`` : mrk` (${escape(idea.filters.slice(0, 2).join('; '), 80)})`;
  const before = beforeWords(idea, knowsBefore);
  const parts = [
    mrk`${count(idea.count, 'search', 'searches')}`,
    ...(before === '' ? [] : [mrk`${before}`]),
    ...(idea.near === undefined ? [] : [mrk`may mean your keyword ${escape(idea.near, 40)}`]),
  ];
  return mrk`• *${escape(idea.keyword, 60)}*${filters}: ${join(parts, ', ')}`;
}

/** What people searched for and did not find, the most frequent first; nothing without any. */
export function ideaLines({ ideas, knowsBefore, month }: KeywordMarket): Mrkdwn | undefined {
  if (ideas.length === 0) return undefined;
  const rest = ideas.length > SHOWN ? mrk`\nand ${ideas.length - SHOWN} more in the thread` : mrk``;
  const lines = ideas.slice(0, SHOWN).map((idea) => ideaLine(idea, knowsBefore));
  return mrk`*Product ideas, ${monthLabel(month)}*: searched on the Marketplace, nothing found\n${join(lines, '\n')}${rest}`;
}
