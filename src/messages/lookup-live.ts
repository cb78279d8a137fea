import type { License } from '../domain/license.ts';
import type { Message } from '../domain/message.ts';
import type { TransactionLine } from '../domain/transaction-line.ts';
import { actions, context, header, message, section } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataTable } from './kit/table.ts';
import { count, exactDollars } from './kit/words.ts';
import { customerName, identifierOf } from './subscription-words.ts';

/** What Atlassian answered at once. */
export interface LiveRows {
  readonly searched: string;
  readonly licenses: readonly License[];
  readonly lines: readonly TransactionLine[];
  /** There are more rows than were read. */
  readonly isCut: boolean;
  /** The half that could not be asked, and why, as a code. */
  readonly failed?: { readonly what: 'licenses' | 'transactions'; readonly code: string };
}

/** Characters of JSON that each of the two tables may take. */
const TABLE_BUDGET = 4000;

/** Why the API gave no answer, and what to do about it. */
function reasonFor(code: string): Mrkdwn {
  switch (code) {
    case 'API_UNAUTHORIZED':
      return mrk`Atlassian refused the API token. The person who runs this app can renew it; \`npm run pulse -- doctor\` says how.`;
    case 'API_FORBIDDEN':
      return mrk`the account that asks may not read this report. Its role in the developer space needs "View sales reports".`;
    case 'API_UNAVAILABLE':
      return mrk`Atlassian's API is not available at the moment. Try again in a few minutes.`;
    case 'API_LIMITED':
      return mrk`Atlassian's API asks for fewer questions at the moment. Try again in a few minutes.`;
    case 'TIMED_OUT':
      return mrk`Atlassian did not answer within ten seconds. Try again, or ask for something more exact.`;
    case 'NOT_CONNECTED':
      return mrk`this process is not connected to the Marketplace.`;
    default:
      return mrk`the API's answer could not be used (${code}). The person who runs this app finds the code in its documents.`;
  }
}

/** Repeating these changes nothing. */
const LASTING = new Set(['API_UNAUTHORIZED', 'API_FORBIDDEN', 'NOT_CONNECTED']);

/** The answer when nothing could be asked. */
export function liveFailed(searched: string, code: string): Message {
  const sentence = mrk`I asked Atlassian for "${escape(searched, 60)}" and got no answer: ${reasonFor(code)}`;
  return message(sentence, [
    section(sentence),
    LASTING.has(code) ? undefined : actions([{ label: 'Try Again', asks: `live ${clean(searched, 150)}` }]),
    context(
      mrk`What the store has is not affected; this says nothing about whether Atlassian knows the customer`,
    ),
  ]);
}

/** The answer to "live" with nothing behind it. */
export function liveBlank(slash: string): Message {
  const sentence = mrk`Ask Atlassian for what? Nothing was typed. Example: \`${escape(`${slash} live acme`)}\`.`;
  return message(sentence, [section(sentence)]);
}

function licenseTable(licenses: readonly License[]) {
  return dataTable(
    'Licenses, as Atlassian answers now',
    [
      { title: 'Company', cell: (one: License) => customerName(one) },
      { title: 'App', cell: ({ name }) => name },
      { title: 'Status', cell: ({ licenseType, status }) => `${status}, ${licenseType.toLowerCase()}` },
      { title: 'Ends', cell: ({ maintenanceEnd }) => maintenanceEnd ?? '-' },
      { title: 'Tier', cell: ({ tier }) => tier },
      { title: 'Entitlement', cell: identifierOf },
    ],
    licenses,
    TABLE_BUDGET,
  );
}

function lineTable(lines: readonly TransactionLine[]) {
  return dataTable(
    'Transaction lines, as Atlassian answers now; our share in US dollars',
    [
      { title: 'Sale date', cell: ({ saleDate }: TransactionLine) => saleDate },
      { title: 'Company', cell: (one) => customerName(one) },
      { title: 'App', cell: ({ name }) => name },
      {
        title: 'What',
        cell: ({ isManualInvoice, saleType }) => (isManualInvoice ? 'Manual invoice' : (saleType ?? '-')),
      },
      {
        title: 'Our share $',
        cell: ({ vendorAmount }) => ({ value: vendorAmount / 100, text: exactDollars(vendorAmount) }),
      },
      { title: 'Transaction', cell: ({ transactionId }) => transactionId },
    ],
    lines,
    TABLE_BUDGET,
  );
}

/** The rows of the API's own search, which are shown and not stored. Without contacts, whoever asks. */
export function lookupLive({ failed, isCut, licenses, lines, searched }: LiveRows): Message {
  const asked = escape(searched, 60);
  const known = [
    ...(failed?.what === 'licenses' ? [] : [mrk`${count(licenses.length, 'license')}`]),
    ...(failed?.what === 'transactions' ? [] : [mrk`${count(lines.length, 'transaction line')}`]),
  ];
  const isNothing = licenses.length + lines.length === 0;
  const gap = failed ? mrk` The ${failed.what} could not be asked: ${reasonFor(failed.code)}` : mrk``;
  const sentence = isNothing
    ? mrk`Atlassian has ${join(failed ? known : [mrk`no license and no transaction`], ' and ')} for "${asked}".${gap}`
    : mrk`Atlassian has ${isCut ? 'at least ' : ''}${join(known, ' and ')} for "${asked}".${gap}`;
  const tables = [licenseTable(licenses), lineTable(lines)];
  const hidden = licenses.length + lines.length - tables.reduce((sum, { shown }) => sum + shown, 0);
  const left = [
    ...(hidden > 0 ? [mrk`${count(hidden, 'row')} more do not fit; the CSV has them`] : []),
    ...(isCut ? [mrk`there are more than were read: ask for something more exact`] : []),
  ];
  return message(sentence, [
    header(`Asked Atlassian: "${clean(searched, 60)}"`),
    section(sentence),
    ...tables.map(({ block }) => block),
    context(
      join([...left, mrk`Asked just now and not stored; rows that are news come with the next sync`], ' · '),
    ),
    actions([
      ...(isNothing ? [] : [{ label: 'Send Me the CSV', asks: `export live ${clean(searched, 150)}` }]),
      { label: failed ? 'Try Again' : 'Sync Now', asks: failed ? `live ${clean(searched, 150)}` : 'sync' },
    ]),
  ]);
}
