import type { ConversionGroup, ConversionWindow } from '../analytics/conversion-groups.ts';
import { type Day, daysBetween } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import {
  appCell,
  bigSites,
  customerCell,
  type EvaluatingCustomer,
  isBigSite,
  siteSize,
  sizeBucketName,
  sizeCell,
} from './evaluating-customer.ts';
import { clean, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, exactDollars, percent, rate, shortDate, weekName } from './kit/words.ts';

/** An evaluation that was bought. */
export interface BoughtEvaluation extends EvaluatingCustomer {
  /** Users of the tier it pays for; Infinity for unlimited, undefined if not known. */
  readonly paidUsers: number | undefined;
  /** First-year value, cents of partner share; undefined while no paid line is known. */
  readonly value: Cents | undefined;
  /** Days from the start of the evaluation to the sale. */
  readonly days: number;
}

/** A running evaluation. */
export interface RunningEvaluation extends EvaluatingCustomer {
  readonly endsOn: Day;
  /** Days by which it was extended; 0 if not. */
  readonly extendedDays: number;
}

/** First-year values together; those without a paid line yet count nothing. */
export function firstYearTotal(bought: readonly BoughtEvaluation[]): Cents {
  return sumCents(bought.flatMap(({ value }) => value ?? []));
}

/** The app, and the tier where it is known: `App 1, 50 users`. */
export function paidFor({ appName, paidUsers }: BoughtEvaluation): string {
  const tier = paidUsers === undefined ? '' : `, ${siteSize(paidUsers)}`;
  return `${appCell({ appName })}${tier}`;
}

/** Everybody who bought in the week, most valuable first. */
export function boughtList(week: Day, bought: readonly BoughtEvaluation[]): Message[] {
  return tableReplies({
    caption: `Who bought ${weekName(week)}, most valuable first`,
    sentence: mrk`${count(bought.length, 'evaluation')} bought, ${exactDollars(firstYearTotal(bought))} in the first year.`,
    columns: [
      { title: 'Customer', cell: customerCell },
      { title: 'App and tier', cell: paidFor },
      {
        title: 'First year $, our share',
        cell: ({ value }) =>
          value === undefined ? 'no paid line yet' : { value: value / 100, text: exactDollars(value) },
      },
      { title: 'Days to buy', cell: ({ days }) => ({ value: days, text: String(days) }) },
      { title: 'Entitlement', cell: ({ entitlement }) => entitlement },
    ],
    rows: bought,
    amountOf: ({ value }) => value ?? 0,
  });
}

/** The evaluations that run out soon, soonest first; biggest site first within a day. */
export function expiringList(until: Day, expiring: readonly RunningEvaluation[]): Message[] {
  // Two unlimited sites differ by NaN, which counts as equal.
  const bySize = (a: RunningEvaluation, b: RunningEvaluation) => (b.users ?? -1) - (a.users ?? -1) || 0;
  const big = expiring.filter(isBigSite).length;
  return tableReplies({
    caption: `Evaluations running out by ${shortDate(until)}, soonest first`,
    sentence: mrk`${count(expiring.length, 'evaluation')} running out by ${shortDate(until)}, ${bigSites(big)}.`,
    columns: [
      { title: 'Customer', cell: customerCell },
      { title: 'App', cell: appCell },
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
    rows: expiring.toSorted((a, b) => daysBetween(b.endsOn, a.endsOn) || bySize(a, b)),
  });
}

/** What a table of conversions splits them by. */
interface GroupTable<Key> {
  readonly title: string;
  readonly words: string;
  /** A sentence about how to read it; empty when there is none. */
  readonly caveat: string;
  readonly nameOf: (key: Key) => string;
}

function groupList<Key>(
  { caveat, title, words, nameOf }: GroupTable<Key>,
  groups: readonly ConversionGroup<Key>[],
  { days, from, to }: ConversionWindow,
): Message[] {
  const started = groups.reduce((sum, group) => sum + group.started, 0);
  const bought = groups.reduce((sum, group) => sum + group.bought, 0);
  const span = `${shortDate(from)} to ${shortDate(to)}`;
  return tableReplies({
    caption: `Conversion by ${words}, ${span}`,
    sentence: mrk`Conversion by ${words}: of the evaluations started ${span}, ${rate(bought, started)} bought within ${days} days.${caveat}`,
    columns: [
      { title, cell: ({ key }) => nameOf(key) },
      {
        title: 'Started',
        cell: (group) => ({ value: group.started, text: group.started.toLocaleString('en-US') }),
      },
      {
        title: 'Bought',
        cell: (group) => ({ value: group.bought, text: group.bought.toLocaleString('en-US') }),
      },
      {
        title: '%',
        cell: (group) =>
          group.started < 10
            ? 'too few'
            : { value: (group.bought / group.started) * 100, text: percent(group.bought, group.started) },
      },
      {
        title: 'Median first year $',
        cell: ({ firstYear }) =>
          firstYear === undefined ? '-' : { value: firstYear / 100, text: exactDollars(firstYear) },
      },
    ],
    rows: groups,
  });
}

/** Conversion by the size of the site, smallest first; nothing without evaluations. */
export function conversionBySize(
  groups: readonly ConversionGroup<number | undefined>[],
  window: ConversionWindow,
): Message[] {
  // Unlimited is the largest size, and sites of unknown size come last.
  const rank = ({ key }: ConversionGroup<number | undefined>) =>
    key === undefined ? 2e12 : Math.min(key, 1e12);
  const caveat = groups.some(({ key }) => key === undefined)
    ? ' Those who bought have the size they pay for; unsold ones of unknown size stand apart, so the known sizes read a little high.'
    : '';
  const bySize = groups.toSorted((a, b) => rank(a) - rank(b));
  return groupList(
    { title: 'Size of the site', words: 'site size', caveat, nameOf: sizeBucketName },
    bySize,
    window,
  );
}

/** Conversion by app, most evaluations first; nothing for a single app. */
export function conversionByApp(
  groups: readonly ConversionGroup<string>[],
  window: ConversionWindow,
): Message[] {
  if (groups.length < 2) return [];
  return groupList(
    { title: 'App', words: 'app', caveat: '', nameOf: (name) => clean(name, 60) },
    groups,
    window,
  );
}
