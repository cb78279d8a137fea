import type { ConversionGroup, ConversionWindow } from '../analytics/conversion-groups.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import {
  customerCell,
  type EvaluatingCustomer,
  isBigSite,
  sizeBucketName,
  sizeCell,
} from './evaluating-customer.ts';
import { message, section } from './kit/blocks.ts';
import { mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { count, exactDollars, percent, rate, shortDate, weekName } from './kit/words.ts';

/** Rows of a table that fit into one message whatever the customers are called. */
const ROWS = 30;

/** An evaluation that was bought. */
export interface BoughtEvaluation extends EvaluatingCustomer {
  readonly tier: string | undefined;
  /** First-year value, cents of partner share; undefined while no paid line is known. */
  readonly value: Cents | undefined;
  /** Days from the start of the evaluation to the sale. */
  readonly days: number;
}

/** A running evaluation. */
export interface RunningEvaluation extends EvaluatingCustomer {
  readonly startedOn: Day;
  readonly endsOn: Day;
  /** Days by which it was extended; 0 if not. */
  readonly extendedDays: number;
}

/** First-year values together; those without a paid line yet count nothing. */
export function firstYearTotal(bought: readonly BoughtEvaluation[]): Cents {
  return sumCents(bought.flatMap(({ value }) => value ?? []));
}

/** Everybody who bought in the week, most valuable first. */
export function boughtList(week: Day, bought: readonly BoughtEvaluation[]): Message | undefined {
  if (bought.length === 0) return undefined;
  const { block, shown } = dataTable(
    `Who bought ${weekName(week)}, most valuable first`,
    [
      { title: 'Customer', cell: (one: BoughtEvaluation) => customerCell(one) },
      { title: 'App and tier', cell: ({ appName, tier }) => [appName, tier].filter(Boolean).join(', ') },
      {
        title: 'First year $, our share',
        cell: ({ value }) =>
          value === undefined ? 'no paid line yet' : { value: value / 100, text: exactDollars(value) },
      },
      { title: 'Days to buy', cell: ({ days }) => ({ value: days, text: String(days) }) },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    bought.slice(0, ROWS),
  );
  const rest = bought.slice(shown);
  const more =
    rest.length > 0
      ? ` (${count(rest.length, 'more', 'more')}, ${exactDollars(firstYearTotal(rest))}, do not fit here)`
      : '';
  const sentence = mrk`${count(bought.length, 'evaluation')} bought, ${exactDollars(firstYearTotal(bought))} in their first year${more}.`;
  return message(sentence, [section(sentence), block]);
}

/** The evaluations that run out soon, soonest first; biggest site first within a day. */
export function expiringList(until: Day, expiring: readonly RunningEvaluation[]): Message | undefined {
  if (expiring.length === 0) return undefined;
  const sorted = expiring.toSorted(
    (a, b) => daysBetween(b.endsOn, a.endsOn) || (b.users ?? -1) - (a.users ?? -1) || 0,
  );
  const { block, shown } = dataTable(
    `Evaluations running out by ${shortDate(until)}, soonest first`,
    [
      { title: 'Customer', cell: (one: RunningEvaluation) => customerCell(one) },
      { title: 'App', cell: ({ appName }) => appName },
      {
        title: 'Runs out',
        cell: ({ endsOn, extendedDays }) =>
          extendedDays > 0
            ? `${shortDate(endsOn)}, extended ${count(extendedDays, 'day')}`
            : shortDate(endsOn),
      },
      { title: 'Users of the site', cell: ({ users }) => sizeCell(users) },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    sorted.slice(0, ROWS),
  );
  const rest = expiring.length - shown;
  const big = expiring.filter(isBigSite).length;
  const sentence = mrk`${count(expiring.length, 'evaluation')} running out by ${shortDate(until)}, ${big} on sites with more than 500 users${rest > 0 ? ` (${rest} more do not fit here)` : ''}.`;
  return message(sentence, [section(sentence), block]);
}

/** What a table of conversions splits them by. */
interface GroupTable<Key> {
  readonly title: string;
  readonly words: string;
  readonly nameOf: (key: Key) => string;
}

function groupList<Key>(
  { title, words, nameOf }: GroupTable<Key>,
  groups: readonly ConversionGroup<Key>[],
  { days, from, to }: ConversionWindow,
): Message {
  const { block, shown } = dataTable(
    `Conversion by ${words}, ${shortDate(from)} to ${shortDate(to)}`,
    [
      { title, cell: ({ key }: ConversionGroup<Key>) => nameOf(key) },
      {
        title: 'Started',
        cell: ({ started }) => ({ value: started, text: started.toLocaleString('en-US') }),
      },
      { title: 'Bought', cell: ({ bought }) => ({ value: bought, text: bought.toLocaleString('en-US') }) },
      {
        title: '%',
        cell: ({ bought, started }) =>
          started < 10 ? 'too few' : { value: (bought / started) * 100, text: percent(bought, started) },
      },
      {
        title: 'Median first year $',
        cell: ({ firstYear }) =>
          firstYear === undefined ? '-' : { value: firstYear / 100, text: exactDollars(firstYear) },
      },
    ],
    groups.slice(0, ROWS),
  );
  const rest = groups.length - shown;
  const started = groups.reduce((sum, group) => sum + group.started, 0);
  const bought = groups.reduce((sum, group) => sum + group.bought, 0);
  const sentence = mrk`Conversion by ${words}: of the evaluations started ${shortDate(from)} to ${shortDate(to)}, ${rate(bought, started)} bought within ${days} days${rest > 0 ? ` (${rest} more with fewer evaluations do not fit here)` : ''}.`;
  return message(sentence, [section(sentence), block]);
}

/** Conversion by the size of the site; nothing without evaluations. */
export function conversionBySize(
  groups: readonly ConversionGroup<number | undefined>[],
  window: ConversionWindow,
): Message | undefined {
  if (groups.length === 0) return undefined;
  // Unlimited is the largest size, and sites of unknown size come last.
  const rank = ({ key }: ConversionGroup<number | undefined>) =>
    Math.min(key ?? 2e12, 1e12 + (key === undefined ? 1 : 0));
  const bySize = groups.toSorted((a, b) => rank(a) - rank(b));
  return groupList({ title: 'Size of the site', words: 'site size', nameOf: sizeBucketName }, bySize, window);
}

/** Conversion by app; nothing for a single app. */
export function conversionByApp(
  groups: readonly ConversionGroup<string>[],
  window: ConversionWindow,
): Message | undefined {
  if (groups.length < 2) return undefined;
  return groupList({ title: 'App', words: 'app', nameOf: (name) => name }, groups, window);
}
