import type { Instant } from '../domain/day.ts';
import type { AlertFactRow } from '../store/alert-book.ts';
import type { ChannelRules } from './channel-rules.ts';
import type { SeenFact, Subject } from './match-facts.ts';

/** What is to be done about one thing in one channel. */
export type Decision =
  /** Say it now. */
  | { readonly act: 'tell'; readonly seen: SeenFact; readonly row?: AlertFactRow }
  /** Its other half may still come. */
  | { readonly act: 'wait'; readonly seen: SeenFact; readonly row?: AlertFactRow }
  /** It waits for the end of quiet hours; it reads as follows now. */
  | { readonly act: 'hold'; readonly seen: SeenFact; readonly row: AlertFactRow }
  /** What waited is nothing worth telling. */
  | { readonly act: 'drop'; readonly row: AlertFactRow }
  /** It was said: say what changed, if anything did. */
  | { readonly act: 'change'; readonly seen: SeenFact; readonly row: AlertFactRow };

/** How long a refund waits for the bill that replaces it: a day, which transactions take to arrive, at daily syncs too. */
const HOLD_MS = 24 * 3_600_000 - 5 * 60_000;

/** The fact that speaks for a thing that was told: the rule that told it, as long as it holds, then any that does. */
function spokesman(seen: Subject['seen'], { rule }: AlertFactRow): SeenFact {
  const own = seen.find((one) => one.rule === rule);
  if (own?.fact.holds) return own;
  return seen.find(({ fact }) => fact.holds) ?? own ?? seen[0];
}

function decideOpen(row: AlertFactRow, first: SeenFact | undefined, now: Instant): Decision {
  if (!first) return { act: 'drop', row };
  if (row.state === 'held') return { act: 'hold', seen: first, row };
  const isStillHalf = first.fact.isHalf === true && now - row.firstAt < HOLD_MS;
  return { act: isStillHalf ? 'wait' : 'tell', seen: first, row };
}

/** Decides about one thing: whether to tell it, to wait, to correct what was said, or nothing. */
export function decide({ row, seen }: Subject, rules: ChannelRules, now: Instant): Decision | undefined {
  const heard = seen.filter(({ fact, rule }) => fact.holds && rules.hears(rule, fact.app, now));
  if (row?.state === 'told') return { act: 'change', seen: spokesman(seen, row), row };
  if (row?.state === 'held' || row?.state === 'waiting') return decideOpen(row, heard[0], now);
  const first = heard.find(({ fact }) => fact.isNews);
  if (!first) return undefined;
  return { act: first.fact.isHalf ? 'wait' : 'tell', seen: first, ...(row && { row }) };
}
