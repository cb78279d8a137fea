import type { Instant } from '../domain/day.ts';
import type { Identifier, IdentifierKind } from '../domain/identifier.ts';
import type { Message } from '../domain/message.ts';
import { actions, type Button, context, header, type Menu, message, section } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { dataTable } from './kit/table.ts';
import { count } from './kit/words.ts';

/** A company among several that fit. */
export interface CompanyChoice {
  readonly id: number;
  readonly company: string;
  readonly licenses: number;
}

/** The age of what was searched. */
export interface Age {
  readonly asOf: Instant | undefined;
  readonly now: Instant;
}

/** How many companies are shown; the rest is a number. */
const SHOWN = 20;

/** How many companies are counted: who gets more should type more. */
export const MOST_COMPANIES = 50;

function companyMenu(choices: readonly CompanyChoice[], placeholder: string): Menu {
  return {
    placeholder,
    choices: choices.map(({ company, id, licenses }) => ({
      label: `${clean(company, 50)} (${count(licenses, 'license')})`,
      asks: `lookup company:${id}`,
    })),
  };
}

function liveButton(searched: string): Button {
  return { label: 'Ask Atlassian Live', asks: `live ${clean(searched, 150)}` };
}

/** The answer to a name that fits several companies: whole names first, then by licences. `isLikeness`: none fits exactly. */
export function lookupCompanies(
  searched: string,
  choices: readonly CompanyChoice[],
  age: Age,
  isLikeness = false,
): Message {
  const shown = choices.slice(0, SHOWN);
  const isMany = choices.length > MOST_COMPANIES;
  const rest = isMany ? 'many' : String(choices.length - shown.length);
  const number = isMany ? `More than ${MOST_COMPANIES}` : String(choices.length);
  const title = isLikeness
    ? `${number} names look like "${clean(searched, 60)}"`
    : `${number} matches for "${clean(searched, 60)}"`;
  const sentence = isLikeness
    ? mrk`No company has "${escape(searched, 60)}" in its name; ${number} look like it. Pick one.`
    : mrk`${number} companies match "${escape(searched, 60)}". Pick one.`;
  const more = rest === '0' ? undefined : mrk`And ${rest} more: type more of the name to narrow it down.`;
  const { block } = dataTable(
    'Companies, whole names first, then by licenses',
    [
      { title: 'Company', cell: ({ company }: CompanyChoice) => company },
      {
        title: 'Licenses',
        cell: ({ licenses }) => ({ value: licenses, text: licenses.toLocaleString('en-US') }),
      },
    ],
    shown,
  );
  return message(sentence, [
    header(title),
    isLikeness ? section(sentence) : undefined,
    block,
    more && section(more),
    actions([companyMenu(shown, 'Open a company'), ...(isLikeness ? [liveButton(searched)] : [])]),
    context(dataAge(age.asOf, age.now)),
  ]);
}

const KIND: Record<IdentifierKind, string> = {
  entitlement: 'an entitlement or host entitlement number',
  sen: 'an SEN',
  transaction: 'a transaction id',
  uuid: 'an entitlement id or a cloud id',
  number: 'an add-on license id',
  host: 'a site or a mail domain',
  address: "a contact's address",
  code: 'an identifier of any kind',
};

const SHORT_KIND: Record<IdentifierKind, string> = {
  entitlement: 'entitlement',
  sen: 'SEN',
  transaction: 'transaction',
  uuid: 'entitlement or cloud id',
  number: 'license id',
  host: 'site or domain',
  address: 'contact',
  code: 'identifier',
};

/** What fits into a menu and can be an identifier. */
const LONGEST_IDENTIFIER = 60;

/** More than anybody chooses from. */
const MOST_IDENTIFIERS = 40;

/** The answer to a text with several identifiers in it: pick one. */
export function lookupIdentifiers(identifiers: readonly Identifier[]): Message {
  const fitting = identifiers.filter(({ value }) => value.length <= LONGEST_IDENTIFIER);
  const shown = fitting.slice(0, MOST_IDENTIFIERS);
  const left = identifiers.length - shown.length;
  const more = left > 0 ? mrk` ${count(left, 'more', 'more')} cannot be shown here.` : mrk``;
  const sentence = mrk`${count(identifiers.length, 'identifier')} in this text. Which one?${more}`;
  return message(sentence, [
    section(sentence),
    actions([
      {
        placeholder: 'Look up',
        choices: shown.map(({ kind, value }) => ({
          label: `${value} (${SHORT_KIND[kind]})`,
          asks: `lookup ${value}`,
        })),
      },
    ]),
  ]);
}

/** The answer to a message in which nothing can be looked up. */
export function noIdentifier(slash: string): Message {
  const sentence = mrk`I see no identifier in this message.`;
  return message(sentence, [
    section(
      mrk`${sentence} I look for entitlement numbers, SENs, transaction and cloud ids, sites and mail domains. For a company, type \`${escape(`${slash} acme`)}\` with its name.`,
    ),
  ]);
}

/**
 * The answer to a person's address from somebody who may not look up people. Nothing was searched, so that it does not
 * tell whether the address is known.
 */
export function lookupRefused(domain: string): Message {
  const sentence = mrk`I look up people's addresses only for those whom the person who runs this app has named. I can look up the mail domain ${escape(domain, 100)} for you.`;
  const isFitting = domain.length <= LONGEST_IDENTIFIER;
  return message(sentence, [
    section(sentence),
    isFitting ? actions([{ label: `Look Up ${domain}`, asks: `lookup ${domain}` }]) : undefined,
  ]);
}

const PLACES =
  'entitlement numbers and ids, SENs, add-on license ids, transaction ids, host entitlements, cloud ids, sites, mail domains and company names';

/** What was looked for and not found, and what may have been meant. */
export interface LookupNothing {
  readonly searched: string;
  readonly slash: string;
  readonly age: Age;
  /** What the text was read as; a company's name when empty. */
  readonly readings: readonly Identifier[];
  /** Companies whose names are a little alike. */
  readonly near: readonly CompanyChoice[];
  /** The command that was probably meant, without the slash. */
  readonly suggestion?: string;
}

/** Companies that are near enough to be named. */
const MOST_NEAR = 5;

/** Kinds that are nothing but identifiers: they were not searched for among names. */
const NO_NAMES = new Set<IdentifierKind>(['entitlement', 'sen', 'transaction', 'uuid', 'address']);

function readAs(readings: readonly Identifier[]): Mrkdwn {
  const kinds = readings.map(({ kind, value }) => mrk`${KIND[kind]} (${escape(value, 60)})`);
  const isName = readings.every(({ kind }) => !NO_NAMES.has(kind));
  const all = isName ? [...kinds, mrk`a company's name or a part of it`] : kinds;
  return mrk`I took it for ${join(all, ', or ')}.`;
}

/** The answer to a lookup that fits nothing: what it was taken for, what is near, and what else to try. */
export function lookupNothing(found: LookupNothing): Message {
  const { age, readings, searched, slash, suggestion } = found;
  if (clean(searched) === '') {
    const sentence = mrk`Look up what? Nothing was typed.`;
    return message(sentence, [
      section(mrk`${sentence} I look among ${PLACES}. Example: \`${escape(`${slash} acme`)}\`.`),
    ]);
  }
  const near = found.near.slice(0, MOST_NEAR);
  const meant =
    suggestion === undefined ? mrk`` : mrk` Did you mean \`${escape(`${slash} ${suggestion}`)}\`?`;
  const sentence = mrk`Nothing found for "${searched}".${meant}`;
  const names = join(
    near.map(({ company }) => mrk`*${escape(company, 60)}*`),
    ', ',
  );
  const run =
    suggestion === undefined ? [] : [{ label: `Run ${suggestion}`, asks: suggestion, isPrimary: true }];
  return message(sentence, [
    section(mrk`${sentence} ${readAs(readings)}`),
    near.length > 0 ? section(mrk`Names that are a little alike: ${names}.`) : undefined,
    actions([
      ...run,
      ...(near.length > 0 ? [companyMenu(near, 'Open a company')] : []),
      liveButton(searched),
    ]),
    context(
      mrk`I look among ${PLACES}. \`${escape(`${slash} help`)}\` lists what else you can ask`,
      dataAge(age.asOf, age.now),
    ),
  ]);
}
