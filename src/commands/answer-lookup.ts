import type { Subscription } from '../analytics/subscription.ts';
import { toSubscription } from '../analytics/subscription.ts';
import { identifierReadings, identifiersIn } from '../domain/identifier.ts';
import type { Message } from '../domain/message.ts';
import type { RecordedLine } from '../domain/recorded.ts';
import { lookupCard } from '../messages/lookup-card.ts';
import { lookupCompany } from '../messages/lookup-company.ts';
import {
  type Age,
  lookupCompanies,
  lookupIdentifiers,
  lookupNothing,
  lookupRefused,
  noIdentifier,
} from '../messages/lookup-list.ts';
import type { LookupNote } from '../messages/lookup-note.ts';
import { withShareButton } from '../messages/shared.ts';
import type { CommandContext } from './command.ts';
import { type Finding, findCustomer, type Found } from './find-customer.ts';
import { readSiblings, readSubscriptions, readTimeline } from './read-subscriptions.ts';

/** How many subscriptions are read for an answer; who has more is told so, and gets them as CSV. */
export const MOST_READ = 50;

async function readAgeOf({ now, read }: CommandContext, developerId: string): Promise<Age> {
  return { asOf: await read.readAsOf(developerId, ['licenses', 'transactions']), now };
}

/** What was asked, and why the answer is not exactly that. */
interface Asked {
  readonly searched: string;
  readonly note?: LookupNote;
}

async function answerOne(
  context: CommandContext,
  developerId: string,
  subscription: Subscription,
  asked: Asked,
): Promise<Message> {
  const [{ isCut, siblings }, timeline, age] = await Promise.all([
    readSiblings(context, developerId, subscription),
    readTimeline(context, developerId, [subscription]),
    readAgeOf(context, developerId),
  ]);
  const { showContacts, today } = context;
  return lookupCard({
    subscription,
    timeline,
    siblings,
    areSiblingsCut: isCut,
    today,
    showContacts,
    ...age,
    ...asked,
  });
}

async function answerFound(
  context: CommandContext,
  found: readonly Found[],
  isCut: boolean,
  asked: Asked,
): Promise<Message> {
  const [first = { developerId: '', entitlements: [] }, ...others] = found;
  const read = await Promise.all(found.map((one) => readSubscriptions(context, one)));
  const subscriptions = read.flat();
  const [one] = subscriptions;
  if (one && subscriptions.length === 1) return answerOne(context, first.developerId, one, asked);
  // A story that two developer spaces tell together would be nobody's.
  const timeline = others.length > 0 ? [] : await readTimeline(context, first.developerId, subscriptions);
  const age = await readAgeOf(context, first.developerId);
  return lookupCompany({ subscriptions, isCut, timeline, today: context.today, ...age, ...asked });
}

/** Lines that name no subscription, as manual invoices may not: a card of these lines alone. */
async function answerLines(
  context: CommandContext,
  lines: readonly RecordedLine[],
  asked: Asked,
): Promise<Message> {
  const developerId = lines[0]?.developerId ?? '';
  const own = lines.filter((line) => line.developerId === developerId);
  return answerOne(context, developerId, toSubscription('', [], own, context.today), asked);
}

/** The message for what a search came to. `suggestion`: the command that the text may be a mistyped form of. */
async function toMessage(
  finding: Finding,
  searched: string,
  context: CommandContext,
  suggestion?: string,
): Promise<Message> {
  switch (finding.kind) {
    case 'subscriptions': {
      const { found, isCut, note } = finding;
      return answerFound(context, found, isCut, { searched, ...(note && { note }) });
    }
    case 'lines':
      return answerLines(context, finding.lines, { searched });
    case 'companies': {
      const age = await readAgeOf(context, finding.matches[0]?.developerId ?? '');
      return lookupCompanies(searched, finding.matches, age, finding.isLikeness);
    }
    case 'identifiers':
      return lookupIdentifiers(finding.identifiers);
    case 'refused':
      return lookupRefused(finding.domain);
    case 'nothing':
    case 'blank': {
      const { near, readings } = finding.kind === 'nothing' ? finding : { near: [], readings: [] };
      return lookupNothing({
        searched: finding.kind === 'blank' ? '' : searched,
        slash: context.slash,
        age: await context.readAge(),
        readings,
        near,
        ...(suggestion !== undefined && { suggestion }),
      });
    }
  }
}

/** Kinds of findings that show a customer. */
const SHOWN: readonly Finding['kind'][] = ['subscriptions', 'lines', 'companies'];

/** An answer that everybody in a channel may see: a customer, found without the address of a person. */
function isForAll({ kind }: Finding, searched: string): boolean {
  const readings = [...identifierReadings(searched), ...identifiersIn(searched)];
  return SHOWN.includes(kind) && !readings.some((reading) => reading.kind === 'address');
}

/** The message for what a search came to, with the button that shares it where that is allowed. */
export async function answerFinding(
  finding: Finding,
  searched: string,
  context: CommandContext,
  suggestion?: string,
): Promise<Message> {
  const answer = await toMessage(finding, searched, context, suggestion);
  return context.post && isForAll(finding, searched) ? withShareButton(answer, `lookup ${searched}`) : answer;
}

/** The answer to a text that somebody looks up. */
export async function answerLookup(searched: string, context: CommandContext): Promise<Message> {
  return answerFinding(await findCustomer(searched, context, { limit: MOST_READ }), searched, context);
}

/** The same for all in a channel to see; undefined when it shows no customer. */
export async function shareLookup(searched: string, context: CommandContext): Promise<Message | undefined> {
  const finding = await findCustomer(searched, context, { limit: MOST_READ });
  return isForAll(finding, searched) ? toMessage(finding, searched, context) : undefined;
}

/** The answer to a whole message in which something is to be looked up: the only identifier, or the choice. */
export async function answerMessage(text: string, context: CommandContext): Promise<Message> {
  const all = identifiersIn(text);
  if (all.length === 0) return noIdentifier(context.slash);
  const allowed = context.showContacts ? all : all.filter(({ kind }) => kind !== 'address');
  const [first, second] = allowed.length > 0 ? allowed : all;
  if (second && allowed.length > 0) return lookupIdentifiers(allowed);
  return answerLookup(first?.value ?? '', context);
}
