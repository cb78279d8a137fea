import { type Standing, type Subscription, toSubscription } from '../analytics/subscription.ts';
import { mailDomainOf } from '../domain/contact.ts';
import { fold } from '../domain/fold.ts';
import type { Message } from '../domain/message.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { head } from '../messages/kit/escape.ts';
import { count, quoted } from '../messages/kit/words.ts';
import { lookupCard } from '../messages/lookup-card.ts';
import { type LookupChoice, lookupList, lookupNothing, MOST_CHOICES } from '../messages/lookup-list.ts';
import { customerName, identifierOf } from '../messages/subscription-words.ts';
import type { CompanyMatch } from '../store/search.ts';
import type { Command, CommandContext } from './command.ts';

/** A subscription that a lookup found, by developer space and entitlement. */
interface Found {
  readonly developerId: string;
  readonly entitlement: string;
}

/** A longer name is asked for by its beginning, which finds it as well. */
const LONGEST_ASKED = 300;

/** How many companies or subscriptions a search may bring back: one more than is counted, to know that there are more. */
const LIMIT = MOST_CHOICES + 1;

function foundIn(rows: readonly (RecordedLicense | RecordedLine)[]): Found[] {
  const found = new Map<string, Found>();
  for (const { developerId, entitlement } of rows) {
    if (entitlement !== '') found.set(`${developerId} ${entitlement}`, { developerId, entitlement });
  }
  return [...found.values()];
}

async function readSubscription({ read, today }: CommandContext, found: Found): Promise<Subscription> {
  const { developerId, entitlement } = found;
  const [licenses, lines] = await Promise.all([
    read.readLicensesOf(developerId, [entitlement]),
    read.readLinesOf(developerId, [entitlement]),
  ]);
  return toSubscription(entitlement, licenses, lines, today);
}

/** Our other subscriptions on the same site, or of the same company when there is no site. */
async function readSiblings(
  context: CommandContext,
  found: Found,
  subscription: Subscription,
): Promise<Subscription[]> {
  const owner = subscription.license ?? subscription.lines[0];
  const { cloudId } = owner?.host ?? {};
  const company = owner?.customer.company;
  const onSite = cloudId ? await context.read.readLicensesOnSites(found.developerId, [cloudId]) : [];
  const ofCompany = company ? await context.search.findByCompany(found.developerId, company) : [];
  const others = foundIn([...onSite, ...ofCompany]).filter(
    ({ entitlement }) => entitlement !== found.entitlement,
  );
  const siblings = await Promise.all(others.slice(0, LIMIT).map((other) => readSubscription(context, other)));
  return siblings.toSorted(byStanding);
}

async function answerOne(context: CommandContext, found: Found, known?: Subscription): Promise<Message> {
  const subscription = known ?? (await readSubscription(context, found));
  return lookupCard({
    subscription,
    siblings: await readSiblings(context, found, subscription),
    today: context.today,
    now: context.now,
    asOf: await context.read.readAsOf(found.developerId, ['licenses', 'transactions']),
    showContacts: context.showContacts,
  });
}

/** The order in which subscriptions are offered: those that somebody most likely asks about first. */
const STANDINGS: readonly Standing[] = ['paying', 'cancelled', 'evaluating', 'free', 'ended'];

function byStanding(a: Subscription, b: Subscription): number {
  const name = ({ license, lines }: Subscription) => (license ?? lines[0])?.name ?? '';
  return (
    STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
    b.lifetimeNet - a.lifetimeNet ||
    name(a).localeCompare(name(b)) ||
    a.entitlement.localeCompare(b.entitlement)
  );
}

function toChoice(subscription: Subscription): LookupChoice {
  const { entitlement, license, lines, standing } = subscription;
  const owner = license ?? lines[0];
  const id = owner ? identifierOf(owner) : entitlement;
  const detail = [owner?.name, license?.tier, standing, id].filter((part) => part !== undefined).join(', ');
  return { name: customerName(owner), detail, asks: `lookup ${head(id, LONGEST_ASKED)}` };
}

async function answerMany(context: CommandContext, text: string, found: readonly Found[]): Promise<Message> {
  const developerId = found[0]?.developerId ?? '';
  const subscriptions = await Promise.all(found.slice(0, LIMIT).map((one) => readSubscription(context, one)));
  return lookupList(text, subscriptions.toSorted(byStanding).map(toChoice), {
    asOf: await context.read.readAsOf(developerId, ['licenses', 'transactions']),
    now: context.now,
  });
}

/** Lines that name no subscription, as manual invoices may not: a card of the transaction alone. */
async function answerNameless(
  context: CommandContext,
  rows: readonly (RecordedLicense | RecordedLine)[],
): Promise<Message | undefined> {
  const lines = rows.filter((row) => 'transactionId' in row);
  const [line] = lines;
  if (!line) return undefined;
  const { developerId, entitlement } = line;
  const own = lines.filter((one) => one.developerId === developerId);
  return answerOne(context, { developerId, entitlement }, toSubscription('', [], own, context.today));
}

async function answerRows(
  context: CommandContext,
  text: string,
  rows: readonly (RecordedLicense | RecordedLine)[],
): Promise<Message | undefined> {
  const found = foundIn(rows);
  const [first] = found;
  if (!first) return answerNameless(context, rows);
  return found.length === 1 ? answerOne(context, first) : answerMany(context, text, found);
}

/** Companies called exactly so, accents, case and punctuation aside; otherwise the only one whose name contains it. */
function chosenAmong(matches: readonly CompanyMatch[], text: string): readonly CompanyMatch[] {
  const wanted = fold(text);
  const exact = matches.filter(({ company }) => fold(company) === wanted);
  return exact.length === 0 && matches.length === 1 ? matches : exact;
}

async function answerCompany(context: CommandContext, text: string): Promise<Message | undefined> {
  const matches = await context.search.findCompanies(text, LIMIT);
  const [first] = matches;
  if (!first) return undefined;
  const chosen = await Promise.all(
    chosenAmong(matches, text).map((match) => context.search.findByCompany(match.developerId, match.company)),
  );
  const answer = await answerRows(context, text, chosen.flat());
  if (answer) return answer;
  const choices = matches.map(({ company, licenses }) => ({
    name: company,
    detail: count(licenses, 'license'),
    asks: `lookup ${quoted(head(company, LONGEST_ASKED))}`,
  }));
  const asOf = await context.read.readAsOf(first.developerId, ['licenses', 'transactions']);
  return lookupList(text, choices, { asOf, now: context.now });
}

/** Text as people paste it: `<..|..>` wrapping, the scheme and the path of an address, quotes and a trailing slash removed. */
function unwrap(text: string): string {
  return text
    .replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
    .replace(/^https?:\/\/([^/\s?#]+).*$/i, '$1')
    .replace(/^["'“”‘’]+|["'“”‘’/]+$/g, '')
    .trim();
}

/** Rows that exactly this identifier, transaction, site or mail domain names, the most exact meaning first. */
async function findExact(
  text: string,
  { search }: CommandContext,
): Promise<readonly (RecordedLicense | RecordedLine)[]> {
  for (const find of [
    search.findByIdentifier,
    search.findLinesByIdentifier,
    search.findTransaction,
    search.findBySite,
  ]) {
    const rows = await find(text);
    if (rows.length > 0) return rows;
  }
  // A person's address leads to the company's mail domain: people themselves are not searched for.
  const domain = mailDomainOf(text);
  return domain === undefined ? [] : search.findBySite(domain);
}

/** What fits the text: a card, a list to pick from, or undefined when nothing does. */
export async function findSubscriptions(
  words: readonly string[],
  context: CommandContext,
): Promise<Message | undefined> {
  const text = unwrap(words.join(' '));
  if (text === '') return undefined;
  return (await answerRows(context, text, await findExact(text, context))) ?? answerCompany(context, text);
}

/** The subscriptions behind a lookup as records: what `pulse lookup --json` prints. */
export async function findRecords(
  words: readonly string[],
  context: CommandContext,
): Promise<Subscription[]> {
  const text = unwrap(words.join(' '));
  if (text === '') return [];
  const exact = await findExact(text, context);
  const companies = exact.length > 0 ? [] : await context.search.findCompanies(text, LIMIT);
  const ofCompanies = await Promise.all(
    companies.map(({ company, developerId }) => context.search.findByCompany(developerId, company)),
  );
  const found = foundIn([...exact, ...ofCompanies.flat()]).slice(0, LIMIT);
  return Promise.all(found.map((one) => readSubscription(context, one)));
}

/** `/pulse lookup <text>`: who is this customer? */
export const lookup: Command = {
  words: ['lookup', 'find', 'who'],
  usage: '<entitlement | SEN | transaction | host | domain | company>',
  summary: 'who is this customer: one card with status, money and history',
  reads: ['licenses', 'transactions'],
  answer: async (words, context) =>
    (await findSubscriptions(words, context)) ??
    lookupNothing(words.join(' '), context.slash, await context.readAge()),
};
