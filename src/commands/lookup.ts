import type { Subscription } from '../analytics/subscription.ts';
import type { Message } from '../domain/message.ts';
import { answerFinding, answerLookup, MOST_READ, shareLookup } from './answer-lookup.ts';
import type { Command, CommandContext, ExportTable } from './command.ts';
import { licenseTable, lineTable } from './customer-tables.ts';
import { findCustomer, type Found } from './find-customer.ts';
import { readSubscriptions } from './read-subscriptions.ts';

/** The subscriptions behind a lookup as records, at most 50: what `pulse lookup --json` prints. */
export async function findRecords(
  words: readonly string[],
  context: CommandContext,
): Promise<Subscription[]> {
  const finding = await findCustomer(words.join(' '), context, { limit: MOST_READ });
  const found = await foundIn(finding, context);
  const read = await Promise.all(found.map((one) => readSubscriptions(context, one)));
  return read.flat().slice(0, MOST_READ);
}

/** The subscriptions of a finding; of several companies those of all. */
async function foundIn(
  finding: Awaited<ReturnType<typeof findCustomer>>,
  { search }: CommandContext,
  limit = MOST_READ,
): Promise<readonly Found[]> {
  if (finding.kind === 'subscriptions') return finding.found;
  if (finding.kind !== 'companies') return [];
  return Promise.all(
    finding.matches.map(async ({ company, developerId }) => ({
      developerId,
      entitlements: await search.findEntitlementsOf(developerId, company, limit),
    })),
  );
}

/** Rows in one file; a spreadsheet opens as many at once, and Slack takes the file. */
const MOST_EXPORTED = 2000;
const MOST_LINES = 20_000;

async function readRows(found: readonly Found[], { read }: CommandContext) {
  const rows = await Promise.all(
    found.map(async ({ developerId, entitlements }) => ({
      licenses: await read.readLicensesOf(developerId, entitlements),
      lines: await read.readLinesOf(developerId, entitlements),
    })),
  );
  return { licenses: rows.flatMap(({ licenses }) => licenses), lines: rows.flatMap(({ lines }) => lines) };
}

/** All licences and lines behind a lookup; a message where there are none to find. */
async function tables(
  words: readonly string[],
  context: CommandContext,
): Promise<readonly ExportTable[] | Message> {
  const searched = words.join(' ');
  const finding = await findCustomer(searched, context, { limit: MOST_EXPORTED });
  const found = await foundIn(finding, context, MOST_EXPORTED);
  if (finding.kind !== 'lines' && found.length === 0) return answerFinding(finding, searched, context);
  const { licenses, lines } =
    finding.kind === 'lines' ? { licenses: [], lines: finding.lines } : await readRows(found, context);
  const isCut = 'isCut' in finding && finding.isCut;
  const { showContacts } = context;
  return [
    licenseTable(licenses, showContacts, isCut ? 'some' : 0),
    lineTable(
      lines.slice(0, MOST_LINES),
      showContacts,
      isCut ? 'some' : Math.max(0, lines.length - MOST_LINES),
    ),
  ];
}

/** `/pulse lookup <text>`: who is this customer? */
export const lookup: Command = {
  words: ['lookup', 'find', 'who'],
  usage: '<entitlement | SEN | transaction | host | domain | company>',
  summary: 'who is this customer: one card with status, money and history',
  reads: ['licenses', 'transactions', 'churn-events', 'conversion-events', 'renewal-events', 'feedback'],
  definition:
    'Finds a customer by whatever you have: entitlement number or id, SEN, add-on license id, transaction id, host entitlement, cloud id, site, mail domain, or any part of the company name, with letters wrong or accents missing. One subscription is a card with its history; several are a table and a menu that opens each; nothing found offers to ask Atlassian. The word "lookup" can be left out, and a whole pasted message is searched for identifiers.',
  examples: ['E-123-456-789-ABC', 'acme', 'acme.atlassian.net', 'lookup IN-003-095-784'],
  answer: (words, context) => answerLookup(words.join(' '), context),
  share: (words, context) => shareLookup(words.join(' '), context),
  tables,
};
