import { mailDomainOf } from '../domain/contact.ts';
import { identifierReadings, identifiersIn } from '../domain/identifier.ts';
import type { Message } from '../domain/message.ts';
import { bare, pasted } from '../domain/pasted.ts';
import { lookupRefused } from '../messages/lookup-list.ts';
import { liveBlank, liveFailed, lookupLive } from '../messages/lookup-live.ts';
import type { Command, CommandContext, LiveAnswer } from './command.ts';
import { licenseTable, lineTable } from './customer-tables.ts';

/** What the API's own search is asked for: an identifier in its spelling, otherwise the text without marks around it. */
function toSearch(text: string): string {
  return identifierReadings(text)[0]?.value ?? bare(pasted(text)).slice(0, 200);
}

/** Asks, or says why not. */
async function ask(
  words: readonly string[],
  context: CommandContext,
): Promise<
  { readonly searched: string; readonly live: Extract<LiveAnswer, { kind: 'answered' }> } | Message
> {
  const text = words.join(' ');
  const searched = toSearch(text);
  if (searched === '') return liveBlank(context.slash);
  const person = [...identifierReadings(text), ...identifiersIn(text)].find(({ kind }) => kind === 'address');
  if (person && !context.showContacts) return lookupRefused(mailDomainOf(person.value) ?? '');
  const live = await context.askLive(searched);
  return live.kind === 'failed' ? liveFailed(searched, live.code) : { searched, live };
}

/** `/pulse live <text>`: the API's own search, for customers the store does not have yet. */
export const live: Command = {
  words: ['live'],
  usage: '<what lookup takes>',
  summary: "ask Atlassian's API at once, for what the last sync did not bring yet",
  reads: [],
  definition:
    "Sends the text to the search of Atlassian's own reports of licenses and transactions, waits ten seconds at most, and shows the first 50 rows of each. Nothing of it is stored and no alert comes of it: the next sync brings what is news. Contacts are not shown.",
  examples: ['live E-123-456-789-ABC', 'live acme'],
  async answer(words, context) {
    const answered = await ask(words, context);
    return 'blocks' in answered ? answered : lookupLive({ searched: answered.searched, ...answered.live });
  },
  async tables(words, context) {
    const answered = await ask(words, context);
    if ('blocks' in answered) return answered;
    const { isCut, licenses, lines } = answered.live;
    const left = isCut ? 'some' : 0;
    return [licenseTable(licenses, false, left), lineTable(lines, false, left)];
  },
};
