import { furthestGroups, type NamedGroup, type Spread, type SpreadBy } from '../analytics/customer-spread.ts';
import { addMonths, type Day, type Instant, middleOf } from '../domain/day.ts';
import type { Block, ThreadedMessage } from '../domain/message.ts';
import {
  groupName,
  groupPhrase,
  indexWords,
  spreadLine,
  spreadTables,
  spreadTitle,
} from './customer-groups.ts';
import { actions, context, fields, header, message, section, threaded } from './kit/blocks.ts';
import { chart } from './kit/chart.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { stillNewest } from './kit/still-newest.ts';
import { readAge, type Unread, unreadNote } from './kit/unread.ts';
import { changedBy, count, date, monthLabel, monthName } from './kit/words.ts';

/** A count of a month that reads differently from what was told. */
export interface RestatedCustomers {
  readonly month: Day;
  readonly before: number;
  /** Undefined: there is no number any more. */
  readonly after: number | undefined;
}

/** The newest month and what belongs to it. */
export interface CustomersCard {
  readonly spreads: readonly Spread[];
  /** Newest first. */
  readonly restated: readonly RestatedCustomers[];
}

/** What licences say of one app: Atlassian tells customers of all apps together alone. */
export interface OwnCount {
  readonly app: string;
  readonly today: Day;
  readonly spreads: readonly Spread[];
}

/** Everything the customers digest says. */
export interface CustomersDigest {
  readonly scope: string;
  readonly asks: string;
  /** The newest month; undefined without any. */
  readonly month: Day | undefined;
  /** Undefined while nothing is new and nobody asks. */
  readonly card: CustomersCard | undefined;
  /** Set for a digest about one app. */
  readonly ownCount: OwnCount | undefined;
  readonly unread: readonly Unread[];
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

const TITLE = 'Customers';

/** What is told in the parent; sizes have one spread per product and are in the thread. */
const IN_PARENT: readonly SpreadBy[] = ['region', 'edition', 'activity'];

function beside(now: number, before: number, when: string): string {
  const change = now - before;
  if (change === 0) return `as many as ${when}`;
  const more = `${Math.abs(change).toLocaleString('en-US')} ${change > 0 ? 'more' : 'fewer'} than ${when}`;
  return `${more}${changedBy(now, before)}`;
}

/** All customers: by region, which has a group for those of whom nothing is known, or else by what there is. */
function totalOf(spreads: readonly Spread[]): Spread | undefined {
  return spreads.find(({ by }) => by === 'region') ?? spreads.find(({ by }) => by !== 'tier');
}

function furthest(spreads: readonly Spread[]): Mrkdwn {
  const { above, below } = furthestGroups(spreads);
  const name = (group: NamedGroup) => mrk`*${escape(groupPhrase(group), 60)}*, ${indexWords(group.index)}`;
  const parts = [
    ...(above ? [mrk`most over-represented are ${name(above)}`] : []),
    ...(below ? [mrk`most under-represented ${above ? '' : 'are '}${name(below)}`] : []),
  ];
  return parts.length === 0 ? mrk`` : mrk` Beside the whole Marketplace ${join(parts, '; ')}.`;
}

function verdict({ spreads }: CustomersCard, month: Day): Mrkdwn {
  const total = totalOf(spreads);
  if (!total)
    return mrk`*Only the sizes of sites are known for ${monthLabel(month)}*: they are in the thread.`;
  const compared = [
    ...(total.before === undefined
      ? []
      : [beside(total.total, total.before, `in ${monthName(addMonths(month, -1))}`)]),
    ...(total.yearBefore === undefined ? [] : [beside(total.total, total.yearBefore, 'a year ago')]),
  ];
  const words = compared.length === 0 ? '' : `, ${compared.join(', ')}`;
  return mrk`*${count(total.total, 'customer')} in ${monthLabel(month)}*${words}.${furthest(spreads)}`;
}

function spreadFacts(spreads: readonly Spread[], shown: readonly SpreadBy[]): Mrkdwn[] {
  return spreads
    .filter(({ by }) => shown.includes(by))
    .map((spread) => mrk`*${spreadTitle(spread)}*\n${join(spread.groups.slice(0, 6).map(spreadLine), '\n')}`);
}

/** Where the partner's customers differ from everybody's: 1 is the average. */
function indexChart(spreads: readonly Spread[]): Block | undefined {
  const groups = spreads
    .filter(({ by }) => IN_PARENT.includes(by))
    .flatMap(({ by, groups, product }) => groups.map((group) => ({ ...group, by, product })))
    .filter(({ index, name }) => index !== undefined && name.toLowerCase() !== 'unknown');
  return chart({
    kind: 'bar',
    title: 'Share of customers, times the average',
    categories: groups.map((group) => groupName(group)),
    series: [{ name: 'Times the average', values: groups.map(({ index }) => index) }],
    xLabel: 'Group of customers',
    yLabel: '1 = Marketplace average',
  });
}

function restatedLine({ restated }: CustomersCard): Mrkdwn | undefined {
  if (restated.length === 0) return undefined;
  const months = restated.slice(0, 3).map(({ after, before, month }) => {
    const now = after === undefined ? 'not known any more' : after.toLocaleString('en-US');
    const moved = before === after ? 'other groups' : `from ${before.toLocaleString('en-US')} to ${now}`;
    return mrk`${monthLabel(month)}, ${moved}`;
  });
  const rest = restated.length > 3 ? mrk`; and ${count(restated.length - 3, 'more month')}` : mrk``;
  return mrk`*Restated since my last digest*: ${join(months, '; ')}${rest}`;
}

/** What licences say of the sites of one app, today. */
function ownDigest(
  { asOf, now, scope, unread }: CustomersDigest,
  { app, spreads, today }: OwnCount,
): ThreadedMessage {
  const total = spreads[0]?.total ?? 0;
  const sentence =
    total === 0
      ? mrk`*No cloud site has a license of ${app} in use.*`
      : mrk`*${count(total, 'cloud site')} ${total === 1 ? 'has' : 'have'} a license of ${app} in use.*`;
  const parent = message(mrk`${TITLE} ${date(today)}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${date(today)}, ${scope}`),
    section(sentence),
    total === 0 ? undefined : fields(spreadFacts(spreads, ['region', 'edition', 'tier'])),
    unreadNote(unread),
    context(
      join(
        [
          readAge(asOf, now),
          mrk`Counted from licenses as they are today, without sandboxes: Atlassian tells customers, and compares them, for all apps together alone`,
        ],
        ' · ',
      ),
    ),
    actions([
      { label: 'All Apps', asks: 'customers' },
      { label: 'Explain', asks: 'explain customers' },
    ]),
  ]);
  return threaded(parent, []);
}

/** Nothing to tell: never read, or nothing published. */
function withoutMonth({ asOf, now, scope, unread }: CustomersDigest): ThreadedMessage {
  const sentence =
    unread.length > 0
      ? mrk`*How customers spread has not been read yet.*`
      : mrk`*Atlassian has published no month of customers yet.*`;
  const parent = message(mrk`${TITLE}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${scope}`),
    section(sentence),
    unreadNote(unread),
    context(readAge(asOf, now)),
    actions([{ label: 'Explain', asks: 'explain customers' }]),
  ]);
  return threaded(parent, []);
}

/** The monthly digest of customers: in full when a month is new, restated or asked for, otherwise one line. */
export function customersDigest(digest: CustomersDigest): ThreadedMessage {
  const { asks, asOf, card, month, now, ownCount, scope, unread } = digest;
  if (ownCount) return ownDigest(digest, ownCount);
  if (month === undefined) return withoutMonth(digest);
  if (!card) return stillNewest({ digest: 'customers', title: TITLE, scope, month, asks, asOf, now });
  const sentence = verdict(card, month);
  const facts = spreadFacts(card.spreads, IN_PARENT);
  const restated = restatedLine(card);
  const parent = message(mrk`${TITLE} ${monthLabel(month)}, ${scope}: ${sentence}`, [
    header(`${TITLE}, ${monthLabel(month)}, ${scope}`),
    section(sentence),
    facts.length > 0 ? fields(facts) : undefined,
    indexChart(card.spreads),
    restated && section(restated),
    unreadNote(unread),
    context(
      join(
        [
          readAge(asOf, now),
          mrk`Calendar month; "1.3x the average" is a share 1.3 times as large as in the whole Marketplace`,
        ],
        ' · ',
      ),
    ),
    actions([
      { label: 'Sizes and Changes', asks: `${asks} ${middleOf(month)} details` },
      { label: 'Month Before', asks: `${asks} ${middleOf(addMonths(month, -1))}` },
      { label: 'Explain', asks: 'explain customers' },
    ]),
  ]);
  return threaded(parent, spreadTables(card.spreads, month));
}
