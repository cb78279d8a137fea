import type { Instant } from '../domain/day.ts';
import type { Block, Form } from '../domain/message.ts';
import type { SpaceApp } from '../domain/named-app.ts';
import { fromCron } from '../domain/spoken-schedule.ts';
import type { NewSubscription } from '../domain/subscription-plan.ts';
import { WEEKDAYS } from '../domain/time-words.ts';
import { clockWords } from './alert-settings.ts';
import { section } from './kit/blocks.ts';
import { escape, label, mrk } from './kit/escape.ts';
import { runWords } from './subscription-lines.ts';
import { scheduleWords, typedDays } from './schedule-words.ts';

/** What the form shows: what is chosen so far, and what there is to choose from. */
export interface FormFacts {
  /** The command whose words a field begins with: `subscribe`, or `subscriptions edit` and a ref. */
  readonly command: string;
  readonly isNew: boolean;
  readonly digests: readonly { readonly id: string; readonly summary: string }[];
  readonly apps: readonly SpaceApp[];
  readonly spaces: readonly string[];
  readonly chosen: Partial<NewSubscription> & Pick<NewSubscription, 'channel' | 'cron' | 'zone'>;
  readonly next: readonly Instant[];
}

const plain = (text: string, limit = 150) => ({
  type: 'plain_text',
  text: label(text, limit) || '-',
  emoji: false,
});

interface Choice {
  readonly text: ReturnType<typeof plain>;
  readonly value: string;
}

const choice = (value: string, words: string): Choice => ({ text: plain(words, 75), value });

/** Slack's limits of a menu. */
const MOST_CHOICES = 100;
const LONGEST_VALUE = 150;

function input(
  id: string,
  title: string,
  element: Block,
  more: Readonly<Record<string, unknown>> = {},
): Block {
  return {
    type: 'input',
    block_id: id,
    label: plain(title),
    ...more,
    element: { action_id: id, ...element },
  };
}

function select(choices: readonly Choice[], initial: string | undefined, placeholder: string): Block {
  const options = choices.filter(({ value }) => value.length <= LONGEST_VALUE).slice(0, MOST_CHOICES);
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    placeholder: plain(placeholder),
    options,
    ...(chosen && { initial_option: chosen }),
  };
}

/** All apps, or those of one developer space, and every app. The value is what would be typed. */
function appChoices({ apps, spaces }: FormFacts): Choice[] {
  const isOne = spaces.length < 2;
  const all = isOne
    ? [choice('all', 'All apps')]
    : spaces.map((space) => choice(`space:${space}`, `All apps of developer space ${space}`));
  const each = apps.map(({ app, developerId }) =>
    choice(app.appKey, isOne ? app.name : `${app.name}, ${developerId}`),
  );
  return [...all, ...each];
}

function appValue({ chosen, spaces }: FormFacts): string | undefined {
  if (chosen.app) return chosen.app.appKey;
  if (spaces.length < 2) return 'all';
  return chosen.developerId === undefined ? undefined : `space:${chosen.developerId}`;
}

const EVERY = [0, 1, 2, 3, 4, 5, 6];

function dayChoices(chosen: string): Choice[] {
  const days = [1, 2, 3, 4, 5, 6, 0].map((day) => choice(typedDays([day]), `${WEEKDAYS[day] ?? ''}s`));
  const usual = [
    ...days,
    choice(typedDays([1, 2, 3, 4, 5]), 'Monday to Friday'),
    choice(typedDays(EVERY), 'Every day'),
    choice(typedDays({ monthDay: 1 }), 'The 1st of each month'),
  ];
  const isUsual = chosen === '' || usual.some(({ value }) => value === chosen);
  return isUsual ? usual : [choice(chosen, chosen), ...usual];
}

/** The block of the form that follows what is filled in: it is put in its place while somebody chooses. */
const PREVIEW = 'preview';

/** The schedule in words and its next runs. */
export function schedulePreview(
  { cron, zone }: Pick<NewSubscription, 'cron' | 'zone'>,
  next: readonly Instant[],
): Block {
  const words = mrk`*${scheduleWords(cron)}*, by the clocks of ${zone}\nNext: ${runWords(next, zone)}`;
  return { ...section(words), block_id: PREVIEW };
}

/** What is wrong with what is filled in, in the place of the next runs. */
export function previewProblem(sentence: string): Block {
  return { ...section(escape(sentence, 1200)), block_id: PREVIEW };
}

/**
 * The form of a subscription. Days, time and zone tell when they are changed, so that the next runs follow; the fields
 * keep their names, so that Slack keeps what is filled in.
 */
export function subscriptionForm(facts: FormFacts): Form {
  const { chosen, command, digests, isNew } = facts;
  const spoken = fromCron(chosen.cron);
  const days = spoken ? typedDays(spoken.days) : '';
  const told = { dispatch_action: true };
  return {
    title: isNew ? 'Subscribe' : 'Edit subscription',
    submit: isNew ? 'Subscribe' : 'Save',
    blocks: [
      input(
        `${command} digest`,
        'Digest',
        select(
          digests.map(({ id, summary }) => choice(id, `${id}: ${summary}`)),
          chosen.digest,
          'Choose a digest',
        ),
      ),
      input(`${command} app`, 'Apps', select(appChoices(facts), appValue(facts), 'Choose apps')),
      input(
        `${command} channel`,
        'Channel',
        {
          type: 'conversations_select',
          placeholder: plain('Choose a channel'),
          filter: {
            include: ['public', 'private'],
            exclude_external_shared_channels: true,
            exclude_bot_users: true,
          },
          ...(/^[CG]/.test(chosen.channel) && { initial_conversation: chosen.channel }),
        },
        { hint: plain('One that I am in') },
      ),
      input(`${command} days`, 'Days', select(dayChoices(days), days, 'Choose days'), told),
      input(
        `${command} time`,
        'Time',
        {
          type: 'timepicker',
          placeholder: plain('Choose a time'),
          ...(spoken && { initial_time: clockWords(spoken.minute) }),
        },
        told,
      ),
      input(
        `${command} zone`,
        'Time zone',
        {
          type: 'plain_text_input',
          initial_value: chosen.zone,
          max_length: 60,
          dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
        },
        { ...told, hint: plain('By its IANA name, such as Europe/Berlin') },
      ),
      schedulePreview(chosen, facts.next),
    ],
  };
}
