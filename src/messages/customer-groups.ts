import {
  besideAverage,
  type NamedGroup,
  type Spread,
  type SpreadGroup,
} from '../analytics/customer-spread.ts';
import type { Day } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { count, monthLabel, percentage } from './kit/words.ts';

/** Names of the API that people write differently; every other one is shown as it is, with a capital. */
const NAMES: Readonly<Record<string, string>> = {
  apac: 'APAC',
  emea: 'EMEA',
  paid: 'Paying',
  'non-paid': 'Not paying',
  evaluation: 'Evaluating',
};

/** A group by itself: "EMEA", "Premium", "11-100"; of a size with its product: "Jira 11-100". */
export function groupName({ name, product = '' }: Pick<SpreadGroup, 'name'> & { product?: string }): string {
  const shown = NAMES[name.toLowerCase()] ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return product === '' ? shown : `${product} ${shown}`;
}

/** A group within a sentence: "Premium editions", "customers in EMEA", "Jira sites of 11-100 users". */
export function groupPhrase(group: NamedGroup): string {
  const name = groupName(group);
  switch (group.by) {
    case 'region':
      return `customers in ${name}`;
    case 'edition':
      return `${name} editions`;
    case 'activity':
      return `those who ${group.name.toLowerCase() === 'paid' ? 'pay' : 'do not pay'} for Jira or Confluence`;
    case 'tier':
      return group.name.toLowerCase() === 'evaluation'
        ? `those who evaluate ${group.product}`
        : `${group.product} sites of ${group.name} users`;
  }
}

const TITLES: Readonly<Record<Spread['by'], string>> = {
  region: 'Regions',
  edition: 'Editions of Jira or Confluence',
  activity: 'For Jira or Confluence itself',
  tier: 'Users of the site',
};

/** "Regions", "Users of the Jira site". */
export function spreadTitle({ by, product }: Spread): string {
  return product === '' ? TITLES[by] : `Users of the ${product} site`;
}

/** "1.4x the average", "as the average", "under 0.1x the average": a ratio, never a percentage. */
export function indexWords(index: number | undefined): string {
  if (index === undefined) return 'no comparison is published';
  if (besideAverage(index) === 'average') return 'as the average';
  return index < 0.05
    ? 'under 0.1x the average'
    : `${index.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}x the average`;
}

/** "EMEA 379 (41 %), 1.1x the average". */
export function spreadLine(group: SpreadGroup): Mrkdwn {
  const share = group.percent === undefined ? '' : ` (${percentage(group.percent)})`;
  const index = group.index === undefined ? mrk`` : mrk`${indexWords(group.index)}`;
  return join(
    [mrk`${escape(groupName(group), 40)} ${group.count.toLocaleString('en-US')}${share}`, index],
    ', ',
  );
}

function numberCell(value: number | undefined) {
  return value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
}

function decimalCell(value: number | undefined, digits: number) {
  return value === undefined ? '-' : { value, text: value.toFixed(digits) };
}

/** Every group with its change, spread by spread. */
export function spreadTables(spreads: readonly Spread[], month: Day): Message[] {
  return spreads.flatMap((spread) => {
    const title = `${spreadTitle(spread)}, ${monthLabel(month)}`;
    return tableReplies({
      caption: `${title}, most first`,
      sentence: mrk`${title}: ${count(spread.total, 'customer')} in these groups.`,
      columns: [
        {
          title: spread.by === 'tier' ? 'Users' : 'Group',
          cell: (group: SpreadGroup) => clean(groupName(group), 40),
        },
        { title: 'Customers', cell: ({ count: number }) => numberCell(number) },
        { title: '% of customers', cell: ({ percent }) => decimalCell(percent, 1) },
        { title: 'Times the average', cell: ({ index }) => decimalCell(index, 2) },
        { title: 'Month before', cell: ({ before }) => numberCell(before) },
        { title: 'Year before', cell: ({ yearBefore }) => numberCell(yearBefore) },
      ],
      rows: spread.groups,
    });
  });
}
