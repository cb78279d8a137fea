import { ALERT_UNITS } from '../domain/alert-rules.ts';
import type { Answer, Block } from '../domain/message.ts';
import {
  type AlertsHere,
  alertSettings,
  amountWords,
  clockWords,
  dayWords,
  perSpace,
  type RuleHere,
} from './alert-settings.ts';
import { label } from './kit/escape.ts';
import { count } from './kit/words.ts';

const plain = (text: string, limit = 150) => ({
  type: 'plain_text',
  text: label(text, limit) || '-',
  emoji: false,
});

function input(command: string, title: string, element: Block, hint: string): Block {
  return {
    type: 'input',
    block_id: command,
    optional: true,
    label: plain(title),
    hint: plain(hint),
    element: { action_id: command, ...element },
  };
}

function text(initial: string, placeholder: string): Block {
  return {
    type: 'plain_text_input',
    placeholder: plain(placeholder),
    ...(initial !== '' && { initial_value: initial }),
  };
}

/** What stands in the field of a rule: as somebody would type it. */
function ruleValue({ isOn, rule, thresholds }: RuleHere): string {
  if (!isOn) return 'off';
  // What is set in a channel is set for every developer space.
  const threshold = thresholds.find(({ source }) => source === 'here');
  if (!threshold) return 'on';
  return ALERT_UNITS[rule] === 'users'
    ? count(threshold.amount, 'user')
    : `$${(threshold.amount / 100).toLocaleString('en-US')}`;
}

function ruleHint(here: RuleHere): string {
  const { rule } = here;
  if (ALERT_UNITS[rule] === undefined) return 'on or off';
  const example = ALERT_UNITS[rule] === 'users' ? '1000' : '$500';
  const now = perSpace(here, ({ amount }) => (amount === 0 ? 'every one' : amountWords(rule, amount)), ', ');
  return `on, off, an amount such as ${example}, or automatic; now: ${now}`;
}

/** The form that changes what a channel hears; without one, what it hears and how to change it by typing. */
export function alertForm(here: AlertsHere, slash: string): Answer {
  const { days, hours, owners, rules, zone } = here;
  const all = owners.find(({ of }) => of === 'all')?.userId;
  return {
    ...alertSettings(here, slash),
    form: {
      title: 'Alerts here',
      submit: 'Set',
      blocks: [
        ...rules.map((one) =>
          input(`alerts ${one.rule}`, one.rule, text(ruleValue(one), 'on'), ruleHint(one)),
        ),
        input(
          'alerts quiet',
          'Quiet hours',
          text(hours ? `${clockWords(hours.from)}-${clockWords(hours.to)}` : '', '20:00-8:00'),
          `By the clocks of ${zone}. What comes meanwhile comes as one message afterwards.`,
        ),
        input('alerts days', 'Days', text(days ? dayWords(days) : '', 'mon-fri'), 'Empty: every day'),
        input(
          'alerts owner',
          'Mention in every alert here',
          {
            type: 'users_select',
            placeholder: plain('Nobody'),
            ...(all !== undefined && { initial_user: all }),
          },
          'By app or region: type owner, the person and the app',
        ),
      ],
    },
  };
}
