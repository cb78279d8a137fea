import type { Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { actions, context, header, message, section } from './kit/blocks.ts';
import { clean, customer, escape, join, mrk } from './kit/escape.ts';
import { dataAge } from './kit/freshness.ts';
import { count } from './kit/words.ts';

/** One of several answers to a lookup: what to show, and what to ask for to see it. */
export interface LookupChoice {
  readonly name: string;
  readonly detail: string;
  /** What would be typed after the slash command. */
  readonly asks: string;
}

/** How many choices are listed; the rest is a number. */
const SHOWN = 5;

/** How many choices are counted: who gets more should type more. A search need not bring back all of them. */
export const MOST_CHOICES = 50;

/** The answer to a lookup that fits several subscriptions or companies: pick one. */
export function lookupList(
  searched: string,
  choices: readonly LookupChoice[],
  age: { readonly asOf: Instant | undefined; readonly now: Instant },
): Message {
  const shown = choices.slice(0, SHOWN);
  const isMany = choices.length > MOST_CHOICES;
  const matches = isMany ? `More than ${MOST_CHOICES} matches` : count(choices.length, 'match', 'matches');
  const lines = shown.map(
    ({ name, detail }, index) => mrk`${index + 1}. *${customer(name)}*, ${escape(detail, 120)}`,
  );
  const rest = isMany ? 'many' : String(choices.length - shown.length);
  const more = rest === '0' ? mrk`` : mrk`\nand ${rest} more: type more of the name to narrow it down`;
  return message(mrk`${matches} for "${searched}". Pick one.`, [
    header(`${matches} for "${clean(searched, 60)}"`),
    section(mrk`${join(lines, '\n')}${more}`),
    actions(shown.map(({ asks }, index) => ({ label: `Show ${index + 1}`, asks }))),
    context(dataAge(age.asOf, age.now)),
  ]);
}

const PLACES =
  'entitlement numbers and ids, SENs, transaction ids, host entitlements, cloud ids, sites, mail domains and company names';

/** The answer to a lookup that fits nothing: what was searched, and what else to try. */
export function lookupNothing(
  searched: string,
  slash: string,
  age: { readonly asOf: Instant | undefined; readonly now: Instant },
  suggestion?: string,
): Message {
  const isBlank = clean(searched) === '';
  const meant =
    suggestion === undefined ? mrk`` : mrk` Did you mean \`${escape(`${slash} ${suggestion}`)}\`?`;
  const sentence = isBlank
    ? mrk`Look up what? Nothing was typed.`
    : mrk`Nothing found for "${searched}".${meant}`;
  const where = isBlank ? mrk`I look among ${PLACES}.` : mrk`I looked among ${PLACES}.`;
  return message(sentence, [
    section(
      mrk`${sentence} ${where}\nTry a part of the company's name, such as \`${escape(`${slash} acme`)}\`, or an identifier as it stands in a Marketplace report. \`${escape(`${slash} help`)}\` lists what else you can ask.`,
    ),
    context(dataAge(age.asOf, age.now)),
  ]);
}
