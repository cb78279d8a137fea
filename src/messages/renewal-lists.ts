import type { Renewer } from '../analytics/renewers.ts';
import type { Message } from '../domain/message.ts';
import { type Cents, sumCents } from '../domain/money.ts';
import { type Mrkdwn, mrk } from './kit/escape.ts';
import { tableReplies } from './kit/table-replies.ts';
import { tierWords } from './kit/tier-words.ts';
import { count, exactDollars, signedDollars, weekName } from './kit/words.ts';
import type { RenewalDigest } from './renewal-digest.ts';

/** What a renewed term brings; 0 while its bill is not known. */
export function valueOf({ value }: Renewer): Cents {
  return value ?? 0;
}

/** Smaller differences between two terms are rounding: $12 a year or 0.5 %, as for the run-rate. */
function isChange(before: Cents, after: Cents): boolean {
  return Math.abs(after - before) >= Math.max(1200, 0.005 * before);
}

/**
 * The renewed terms beside those before them, both taken for a year: all customers of whom both are known, and those
 * that pay another amount.
 */
export function changesAtRenewal(renewers: readonly Renewer[]) {
  const pairs = renewers.flatMap((renewer) => {
    const { yearly: after, yearlyBefore: before } = renewer;
    return after === undefined || before === undefined ? [] : [{ renewer, before, after }];
  });
  return { pairs, changed: pairs.filter(({ after, before }) => isChange(before, after)) };
}

/**
 * "+$1,240 a year: 4 pay more, 1 pays less, of 61": the renewed terms beside those before them, both taken for a year.
 * Undefined where no customer has both.
 */
export function changeAtRenewal(renewers: readonly Renewer[]): Mrkdwn | undefined {
  const { changed, pairs } = changesAtRenewal(renewers);
  if (pairs.length === 0) return undefined;
  if (changed.length === 0) return mrk`unchanged for all ${pairs.length} whose bills are known`;
  const more = changed.filter(({ after, before }) => after > before).length;
  const less = changed.length - more;
  const sides = [
    more > 0 ? count(more, 'pays more', 'pay more') : '',
    less > 0 ? count(less, 'pays less', 'pay less') : '',
  ].filter(Boolean);
  const delta = sumCents(changed.map(({ after, before }) => after - before));
  return mrk`${signedDollars(delta)} a year: ${sides.join(', ')}, of ${pairs.length}`;
}

function amountCell(amount: Cents | undefined) {
  return amount === undefined ? 'not known' : { value: amount / 100, text: exactDollars(amount) };
}

/** The reply that lists everyone who renewed. */
export function renewerTable({ renewers, week }: RenewalDigest): Message[] {
  const unknown = renewers.filter(({ value }) => value === undefined).length;
  const total = exactDollars(sumCents(renewers.map(valueOf)));
  const gap = unknown > 0 ? `; ${count(unknown, 'bill')} not known yet` : '';
  return tableReplies({
    caption: `Who renewed, ${weekName(week)}, largest terms first`,
    sentence: mrk`${count(renewers.length, 'renewal')} in Atlassian's list, ${total} our share for the renewed terms${gap}.`,
    amountOf: valueOf,
    columns: [
      { title: 'Customer', cell: ({ who }) => who ?? 'Without a name' },
      {
        title: 'App, tier and plan',
        cell: ({ appName, newTier, plan, tier }) =>
          [appName, tierWords(newTier ?? tier), plan].filter(Boolean).join(', '),
      },
      { title: 'Renewed term, $', cell: ({ value }) => amountCell(value) },
      { title: '$ a year', cell: ({ yearly }) => amountCell(yearly) },
      { title: '$ a year before', cell: ({ yearlyBefore }) => amountCell(yearlyBefore) },
    ],
    rows: renewers,
  });
}

/** The reply with one row per app, for digests of several apps. */
export function appTable({ byApp, week }: RenewalDigest): Message[] {
  if (byApp.length < 2) return [];
  const number = (value: number | undefined) =>
    value === undefined ? '-' : { value, text: value.toLocaleString('en-US') };
  return tableReplies({
    caption: `Renewals by app, ${weekName(week)}`,
    sentence: mrk`Renewals by app: renewed, due, and what is usual.`,
    columns: [
      { title: 'App', cell: ({ app }) => app },
      { title: 'Renewed', cell: ({ rate }) => number(rate.value) },
      { title: 'Due', cell: ({ rate }) => number(rate.whole) },
      {
        title: 'Usual range',
        cell: ({ rate: { high, low } }) => (low === undefined ? '-' : `${low} to ${high ?? low}`),
      },
    ],
    rows: byApp,
  });
}
