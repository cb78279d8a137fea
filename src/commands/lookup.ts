import type { Subscription } from '../analytics/subscription.ts';
import { answerLookup, MOST_READ } from './answer-lookup.ts';
import type { Command, CommandContext } from './command.ts';
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
): Promise<readonly Found[]> {
  if (finding.kind === 'subscriptions') return finding.found;
  if (finding.kind !== 'companies') return [];
  return Promise.all(
    finding.matches.map(async ({ company, developerId }) => ({
      developerId,
      entitlements: await search.findEntitlementsOf(developerId, company, MOST_READ),
    })),
  );
}

/** `/pulse lookup <text>`: who is this customer? */
export const lookup: Command = {
  words: ['lookup', 'find', 'who'],
  usage: '<entitlement | SEN | transaction | host | domain | company>',
  summary: 'who is this customer: one card with status, money and history',
  reads: ['licenses', 'transactions', 'churn-events', 'conversion-events', 'renewal-events', 'feedback'],
  answer: (words, context) => answerLookup(words.join(' '), context),
};
