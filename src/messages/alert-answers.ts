import type { AlertProblem } from '../domain/alert-request.ts';
import { ALERT_IDS } from '../domain/alert-rules.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Answer, Form, Message } from '../domain/message.ts';
import { message, section } from './kit/blocks.ts';
import { clean, escape, type Mrkdwn, mrk } from './kit/escape.ts';
import { instant } from './kit/words.ts';

const says = (sentence: Mrkdwn): Message => message(sentence, [section(sentence)]);

/** What to type instead, for each thing that could not be understood. */
const EXAMPLES: Readonly<Record<AlertProblem, string>> = {
  rule: 'refund off',
  amount: 'refund 500',
  time: 'mute refund 1w',
  hours: 'quiet 20-8',
  days: 'days mon-fri',
  person: 'owner me app "App 1"',
  owner: 'owner me region EMEA',
  alert: 'handled 12',
};

const TAKEN_FOR: Readonly<Record<AlertProblem, string>> = {
  rule: 'a rule',
  amount: 'what to do with the rule',
  time: 'a time',
  hours: 'quiet hours',
  days: 'weekdays',
  person: 'a person',
  owner: 'an app or a region',
  alert: 'the number of an alert',
};

/** One sentence about what was not understood, plain text. */
export function problemWords(what: AlertProblem, text: string): string {
  const words = clean(text, 80);
  const rules = what === 'rule' ? ` The rules are ${ALERT_IDS.join(', ')}.` : '';
  return words === ''
    ? `I need ${TAKEN_FOR[what]} here.${rules}`
    : `I took "${words}" for ${TAKEN_FOR[what]}, but cannot read it.${rules}`;
}

/** The answer to words that could not be understood: what was understood, and what to type. */
export function alertProblem(slash: string, what: AlertProblem, text: string): Message {
  return says(mrk`${problemWords(what, text)} Example: \`${escape(`${slash} alerts ${EXAMPLES[what]}`)}\`.`);
}

/** The answer where no alerts can be: in a direct message. */
export function askInChannel(slash: string): Message {
  return says(mrk`Alerts belong to channels. Type \`${escape(`${slash} alerts`)}\` in the channel you mean.`);
}

/** One sentence about an app that is none. */
export function unknownAppWords(text: string, apps: readonly string[]): string {
  const known = apps.length === 0 ? 'No app is known yet.' : `The apps are ${apps.slice(0, 12).join(', ')}.`;
  return `I took "${clean(text, 80)}" for an app, but none of yours is called so. ${known}`;
}

/** The answer to an app that is none. */
export function unknownApp(text: string, apps: readonly string[]): Message {
  return says(mrk`${unknownAppWords(text, apps)}`);
}

/** The answer to a form that was sent as it was opened. */
export function nothingChanged(): Message {
  return says(mrk`Nothing was changed.`);
}

/** The answer to what somebody did with an alert. */
export function alertActed(
  act: { readonly kind: 'handled' | 'reopen' } | { readonly kind: 'snooze'; readonly until: Instant },
  outcome: 'done' | 'same' | 'old' | 'unknown',
  zone: string,
): Message {
  if (outcome === 'unknown') return says(mrk`I know no alert of that number in this channel.`);
  if (outcome === 'old') return says(mrk`That alert is too old: its message cannot be changed any more.`);
  switch (act.kind) {
    case 'handled':
      return says(
        outcome === 'same'
          ? mrk`Somebody marked it handled already.`
          : mrk`Marked as handled; the message says so in a moment.`,
      );
    case 'reopen':
      return says(outcome === 'same' ? mrk`It is open already.` : mrk`It is open again.`);
    case 'snooze':
      return says(
        mrk`Snoozed until ${instant(act.until, zone)}. Then it comes back here, unless somebody marked it handled.`,
      );
  }
}

/** The form that asks until when to snooze an alert. `first`: the first day that can be chosen. */
export function snoozeForm(id: number, first: Day, slash: string): Answer {
  const form: Form = {
    title: 'Snooze until',
    submit: 'Snooze',
    blocks: [
      {
        type: 'input',
        block_id: `alerts snooze ${id}`,
        label: { type: 'plain_text', text: 'Bring it back on', emoji: false },
        element: { type: 'datepicker', action_id: `alerts snooze ${id}`, initial_date: first },
        hint: {
          type: 'plain_text',
          text: 'At nine in the morning. It stays handled if somebody handles it before.',
          emoji: false,
        },
      },
    ],
  };
  return { ...says(mrk`Type \`${escape(`${slash} alerts snooze ${id} ${first}`)}\`, or 1d, or 1w.`), form };
}
