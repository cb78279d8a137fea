import type { Threshold } from '../analytics/thresholds.ts';
import type { Message } from '../domain/message.ts';
import { actions, type Button, context, fields, header, message, section, textOf } from './kit/blocks.ts';
import { clean, escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count } from './kit/words.ts';

/** One named value of an alert. A reader is told when it changes. */
export interface AlertField {
  readonly name: string;
  readonly value: string | undefined;
  /** What it is called on the message today, where that depends on the day. */
  readonly label?: string;
  /** Said in the headline already. */
  readonly isHidden?: boolean;
}

/** What an alert says, before it is laid out. */
export interface AlertWords {
  /** One line for a summary, plain text. */
  readonly title: string;
  readonly header: string;
  /** The net effect first. */
  readonly sentence: Mrkdwn;
  /** What somebody can do about it, where that does not go without saying. */
  readonly next?: Mrkdwn | undefined;
  readonly fields: readonly AlertField[];
  /** In the customer's own words. */
  readonly quote?: Mrkdwn | undefined;
  /** The rule and the threshold that fired. */
  readonly why: Mrkdwn;
  /** First seen, age of the data. */
  readonly notes: readonly Mrkdwn[];
  /** What the first button shows. */
  readonly shows?: Pick<Button, 'label' | 'asks'>;
}

/** An alert as it is kept: its message without what people did with it, and the values that are compared later. */
export interface ToldAlert {
  readonly title: string;
  readonly details: readonly (readonly [name: string, value: string])[];
  readonly why: string;
  readonly message: Message;
}

/** A fact is read at a glance. */
const LONGEST_FACT = 100;

/** What to call a customer in plain text. */
export function plainName(who: string | undefined): string {
  return clean(who ?? '', 60) || 'A customer without a name';
}

/** "a, b", of the parts that are known. */
export function listed(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}

/** "500 Users, now 1000 Users"; the only one known where there is no change. */
export function fromTo(from: string | undefined, to: string | undefined): string | undefined {
  return from === undefined || to === undefined || from === to ? (to ?? from) : `${from}, now ${to}`;
}

/** Where a threshold comes from: "98th percentile of 318 net sales in 365 days". */
export function thresholdSource({ movements, source }: Threshold, percentile: number, noun: string): string {
  switch (source) {
    case 'here':
      return 'set in this channel';
    case 'fixed':
      return 'configured';
    case 'floor':
      return 'the lowest threshold';
    case 'percentile':
      return `${percentile}th percentile of ${count(movements, noun)} in 365 days`;
    case 'default':
      return 'the default';
  }
}

/** An alert laid out. */
export function toldAlert(words: AlertWords): ToldAlert {
  const known = words.fields.filter(({ value }) => value !== undefined && value !== '');
  const shown = known.filter(({ isHidden }) => !isHidden);
  const { header: title, next, notes, quote, sentence, shows, why } = words;
  return {
    title: words.title,
    details: known.map(({ name, value = '' }) => [name, clean(value, LONGEST_FACT)] as const),
    why: textOf(why),
    message: message(sentence, [
      header(title),
      section(next ? mrk`${sentence}\n${next}` : sentence),
      quote && section(quote),
      shown.length === 0
        ? undefined
        : fields(
            shown.map(
              ({ label, name, value = '' }) => mrk`*${label ?? name}*\n${escape(value, LONGEST_FACT)}`,
            ),
          ),
      context(join([why, ...notes], ' · ')),
      shows && actions([{ ...shows, isPrimary: true }]),
    ]),
  };
}
