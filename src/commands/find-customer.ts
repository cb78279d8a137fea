import { mailDomainOf } from '../domain/contact.ts';
import { fold, withoutLegalForm } from '../domain/fold.ts';
import { type Identifier, identifierReadings, identifiersIn } from '../domain/identifier.ts';
import { bare, pasted } from '../domain/pasted.ts';
import type { RecordedLicense, RecordedLine } from '../domain/recorded.ts';
import { MOST_COMPANIES } from '../messages/lookup-list.ts';
import type { LookupNote } from '../messages/lookup-note.ts';
import type { CompanyMatch, Search } from '../store/search.ts';
import type { CommandContext } from './command.ts';

/** Entitlements of one developer space. */
export interface Found {
  readonly developerId: string;
  readonly entitlements: readonly string[];
}

/** What a search came to. */
export type Finding =
  /** Subscriptions; `isCut`: there are more than were asked for. */
  | {
      readonly kind: 'subscriptions';
      readonly found: readonly Found[];
      readonly isCut: boolean;
      readonly note?: LookupNote;
    }
  /** Lines that name no subscription, as manual invoices may not. */
  | { readonly kind: 'lines'; readonly lines: readonly RecordedLine[] }
  /** Several companies whose name contains the text or, `isLikeness`, looks like it. */
  | { readonly kind: 'companies'; readonly matches: readonly CompanyMatch[]; readonly isLikeness: boolean }
  /** Several identifiers in one text: one of them is to be chosen. */
  | { readonly kind: 'identifiers'; readonly identifiers: readonly Identifier[] }
  /** A person's address, asked for by somebody who may not see people. Nothing was searched. */
  | { readonly kind: 'refused'; readonly domain: string }
  | {
      readonly kind: 'nothing';
      readonly readings: readonly Identifier[];
      readonly near: readonly CompanyMatch[];
    }
  | { readonly kind: 'blank' };

type Row = RecordedLicense | RecordedLine;

/** From here on a name is what was meant with one or two letters wrong; below it is only near. */
const MEANT = 0.8;

/** Kinds of identifiers that no company is called like. */
const NO_NAMES = new Set<Identifier['kind']>(['entitlement', 'sen', 'transaction', 'uuid', 'address']);

/** `company:123`: what a choice among companies asks for, because names can be longer than a choice may be. */
const COMPANY = /^company:(\d{1,15})$/;

/** The entitlements of rows by developer space, in the order of the rows. */
function entitlementsOf(rows: readonly Row[]): Found[] {
  const spaces = new Map<string, Set<string>>();
  for (const { developerId, entitlement } of rows) {
    if (entitlement === '') continue;
    const names = spaces.get(developerId) ?? new Set<string>();
    spaces.set(developerId, names.add(entitlement));
  }
  return [...spaces].map(([developerId, names]) => ({ developerId, entitlements: [...names] }));
}

/** The searches that can find an identifier of a kind, the likeliest first. */
function searchesOf(kind: Identifier['kind'], search: Search, limit: number) {
  const { findByIdentifier, findLinesByIdentifier, findTransaction } = search;
  const findBySite = (text: string) => search.findBySite(text, limit);
  switch (kind) {
    case 'entitlement':
      return [findByIdentifier, findLinesByIdentifier, findBySite];
    case 'sen':
    case 'number':
      return [findByIdentifier, findLinesByIdentifier];
    case 'transaction':
      return [findTransaction];
    case 'uuid':
      return [findByIdentifier, findBySite, findLinesByIdentifier];
    case 'host':
      return [findBySite];
    case 'code':
      return [findByIdentifier, findLinesByIdentifier, findTransaction, findBySite];
    case 'address':
      return [];
  }
}

function findingOf(rows: readonly Row[], limit: number, note?: LookupNote): Finding | undefined {
  if (rows.length === 0) return undefined;
  const found = entitlementsOf(rows);
  if (found.length > 0)
    return { kind: 'subscriptions', found, isCut: rows.length >= limit, ...(note && { note }) };
  return { kind: 'lines', lines: rows.filter((row) => 'transactionId' in row) };
}

async function findAddress(address: string, { search }: CommandContext, limit: number) {
  const domain = mailDomainOf(address) ?? '';
  const own = await search.findByAddress(address, limit);
  const note = { kind: 'address', domain, isDomainOnly: own.length === 0 } as const;
  return findingOf(own.length > 0 ? own : await search.findBySite(domain, limit), limit, note);
}

async function findIdentifier(
  { kind, value }: Identifier,
  context: CommandContext,
  limit: number,
): Promise<Finding | undefined> {
  if (kind === 'address') return findAddress(value, context, limit);
  for (const find of searchesOf(kind, context.search, limit)) {
    const finding = findingOf(await find(value), limit);
    if (finding) return finding;
  }
  return undefined;
}

/** Everything of companies that a reader takes for one. */
async function findOfCompanies(
  matches: readonly CompanyMatch[],
  { search }: CommandContext,
  limit: number,
  note?: LookupNote,
): Promise<Finding | undefined> {
  const found = await Promise.all(
    matches.map(async ({ company, developerId }) => ({
      developerId,
      entitlements: await search.findEntitlementsOf(developerId, company, limit),
    })),
  );
  const known = found.filter(({ entitlements }) => entitlements.length > 0);
  if (known.length > 0) {
    const isCut = known.some(({ entitlements }) => entitlements.length >= limit);
    return { kind: 'subscriptions', found: known, isCut, ...(note && { note }) };
  }
  const [first] = matches;
  if (!first) return undefined;
  const lines = await search.findNamelessLines(first.developerId, first.company, limit);
  return lines.length > 0 ? { kind: 'lines', lines } : undefined;
}

/** Companies called exactly so, accents, case and punctuation aside; otherwise the only one there is. */
function chosenAmong(matches: readonly CompanyMatch[], isSame: (company: string) => boolean) {
  const same = matches.filter(({ company }) => isSame(fold(company)));
  return same.length === 0 && matches.length === 1 ? matches : same;
}

/** Whole names before parts of longer ones, then by licences: the order of the search stays otherwise. */
function wholeFirst(matches: readonly CompanyMatch[], name: string): CompanyMatch[] {
  const isWhole = ({ company }: CompanyMatch) => withoutLegalForm(fold(company)) === name;
  return [...matches.filter(isWhole), ...matches.filter((match) => !isWhole(match))];
}

async function findByPart(
  text: string,
  context: CommandContext,
  limit: number,
): Promise<Finding | undefined> {
  const folded = fold(text);
  const name = withoutLegalForm(folded);
  // With another legal form than typed it is the same customer: people leave them out or mix them up.
  for (const wanted of name === folded ? [folded] : [folded, name]) {
    const matches = await context.search.findCompanies(wanted, MOST_COMPANIES + 1);
    const isSame = (company: string) =>
      wanted === folded ? company === folded : withoutLegalForm(company) === name;
    const chosen = chosenAmong(matches, isSame);
    const one = chosen.length > 0 ? await findOfCompanies(chosen, context, limit) : undefined;
    if (one) return one;
    if (matches.length > 0)
      return { kind: 'companies', matches: wholeFirst(matches, name), isLikeness: false };
  }
  return undefined;
}

/** Names with one or two letters wrong. What is less alike comes back as `near`. */
async function findSimilar(text: string, context: CommandContext, limit: number) {
  const similar = await context.search.findSimilarCompanies(text, MOST_COMPANIES);
  const meant = similar.filter(({ likeness }) => likeness >= MEANT);
  const [only, ...others] = meant;
  if (!only) return { finding: undefined, near: similar };
  const note: LookupNote = { kind: 'similar', company: only.company };
  const one = others.length === 0 ? await findOfCompanies([only], context, limit, note) : undefined;
  return { finding: one ?? { kind: 'companies' as const, matches: meant, isLikeness: true }, near: similar };
}

/** Without the people whom the asker may not see; what is left of an address is its domain. */
function withoutPeople(identifiers: readonly Identifier[], showContacts: boolean): readonly Identifier[] {
  return showContacts ? identifiers : identifiers.filter(({ kind }) => kind !== 'address');
}

/** Identifiers among other words: the only one, or the choice. */
async function findAmongWords(
  all: readonly Identifier[],
  context: CommandContext,
  limit: number,
): Promise<Finding | undefined> {
  const identifiers = withoutPeople(all, context.showContacts);
  const [first, second] = identifiers;
  if (second) return { kind: 'identifiers', identifiers };
  if (first) return findIdentifier(first, context, limit);
  const address = all.find(({ kind }) => kind === 'address');
  return address && { kind: 'refused', domain: mailDomainOf(address.value) ?? '' };
}

async function findChosen(id: number, context: CommandContext, limit: number): Promise<Finding> {
  const match = await context.search.findCompany(id);
  const finding = match && (await findOfCompanies([match], context, limit));
  return finding ?? { kind: 'nothing', readings: [], near: [] };
}

/**
 * The customer that a text means: an identifier as people paste it, else identifiers among other words, else a company
 * by its name, a part of it, or a name with letters wrong. At most `limit` subscriptions. `isStrict`: a name that is
 * only similar is near, not found; for texts that may be a mistyped command.
 */
export async function findCustomer(
  text: string,
  context: CommandContext,
  { limit, isStrict = false }: { readonly limit: number; readonly isStrict?: boolean },
): Promise<Finding> {
  const wanted = bare(pasted(text));
  if (wanted === '') return { kind: 'blank' };
  const id = COMPANY.exec(wanted)?.[1];
  if (id !== undefined) return findChosen(Number(id), context, limit);

  const readings = identifierReadings(text);
  const [first] = readings;
  if (first?.kind === 'address' && !context.showContacts)
    return { kind: 'refused', domain: mailDomainOf(first.value) ?? '' };
  for (const reading of readings) {
    const finding = await findIdentifier(reading, context, limit);
    if (finding) return finding;
  }
  // What is certainly no name is not searched for among names.
  if (first && NO_NAMES.has(first.kind)) return { kind: 'nothing', readings, near: [] };
  const among = readings.length > 0 ? [] : identifiersIn(text);
  const isCertain = among.some(({ kind }) => kind !== 'host');
  const embedded = isCertain ? await findAmongWords(among, context, limit) : undefined;
  if (embedded) return embedded;

  const byName = await findByPart(wanted, context, limit);
  if (byName) return byName;
  // A domain may be a part of a name, "Booking.com": it is searched for when no name has it.
  const byDomain = isCertain ? undefined : await findAmongWords(among, context, limit);
  if (byDomain) return byDomain;
  const { finding, near } = await findSimilar(wanted, context, limit);
  return isStrict || !finding
    ? { kind: 'nothing', readings: readings.length > 0 ? readings : among, near }
    : finding;
}
