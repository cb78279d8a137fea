import type { SubscriptionWish, Subscribable } from '../domain/subscription-request.ts';
import { wishProblemWords } from '../messages/subscription-answers.ts';
import type { FormEntry } from './command.ts';
import { choicesOf, readWish } from './read-wish.ts';

/** What stands for a field in which nothing is, or nothing yet. */
const EMPTIED = 'default';

/** A field of the form in the words that somebody would type for it. */
function typed(field: string, value: string): string[] {
  if (value === EMPTIED) return [];
  switch (field) {
    case 'app':
      return [value.startsWith('space:') ? value : `app:${value}`];
    case 'channel':
      return [`<#${value}>`];
    case 'zone':
      return [`zone:${value}`];
    default:
      return [value];
  }
}

/** What a form wishes, field by field; what is wrong stands beside its field. The words begin with the field's name. */
export function readFields(
  entries: readonly FormEntry[],
  known: Subscribable,
): { readonly wish: SubscriptionWish; readonly errors: Readonly<Record<string, string>> } {
  let wish: SubscriptionWish = {};
  const errors: Record<string, string> = {};
  for (const { id, words } of entries) {
    const [field = '', ...value] = words;
    const reading = readWish(typed(field, value.join(' ')), known);
    if ('problem' in reading) errors[id] = wishProblemWords(reading.problem, choicesOf(known));
    else wish = { ...wish, ...reading.wish };
  }
  return { wish, errors };
}
