import type { AlertId } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import { actions, type Button, context, type Menu } from './kit/blocks.ts';
import { join, type Mrkdwn, mrk } from './kit/escape.ts';
import { instant } from './kit/words.ts';

/** What people did with an alert, and what its buttons need. */
export interface AlertState {
  /** Names it in the commands of its buttons. */
  readonly id: number;
  /** Empty: several rules. */
  readonly rule: AlertId | '';
  readonly handled?: { readonly by: string; readonly at: Instant };
  readonly snoozed?: { readonly by: string; readonly until: Instant };
  /** User ids to mention. */
  readonly mention: readonly string[];
  /** Of the times it names. */
  readonly zone: string;
}

const USER = /^[UW][A-Z0-9]+$/;

/** A mention of somebody who asked for it: by clicking, or by being made the owner. Nothing else ever mentions. */
function person(userId: string): Mrkdwn {
  return USER.test(userId) ? { mrkdwn: `<@${userId}>` } : mrk`somebody`;
}

function stateWords({ handled, mention, snoozed, zone }: AlertState): Mrkdwn[] {
  const owners = join(mention.map(person), ', ');
  return [
    ...(mention.length > 0 && !handled ? [mrk`For ${owners}`] : []),
    ...(handled ? [mrk`*Handled* by ${person(handled.by)}, ${instant(handled.at, zone)}`] : []),
    ...(snoozed && !handled
      ? [mrk`*Snoozed* by ${person(snoozed.by)} until ${instant(snoozed.until, zone)}`]
      : []),
  ];
}

/** The words on the button that silences a rule in the channel. */
function muteButton({ rule }: AlertState): Button[] {
  if (rule === '') return [];
  return [
    {
      label: 'Mute This Rule Here',
      asks: `alerts mute ${rule}`,
      confirm: `No ${rule} alert comes to this channel any more, until somebody turns the rule on again.`,
    },
  ];
}

function controls(state: AlertState): (Button | Menu)[] {
  const { handled, id } = state;
  if (handled) return [{ label: 'Reopen', asks: `alerts reopen ${id}` }];
  return [
    { label: 'Mark Handled', asks: `alerts handled ${id}` },
    {
      placeholder: 'Snooze',
      choices: [
        { label: '1 day', asks: `alerts snooze ${id} 1d` },
        { label: '1 week', asks: `alerts snooze ${id} 1w` },
        { label: 'Until a date …', asks: `alerts snooze ${id}` },
      ],
    },
    ...muteButton(state),
  ];
}

/** The elements of the buttons an alert has of its own, as they were laid out. */
function ownButtons({ blocks }: Message): readonly unknown[] {
  const last = blocks.at(-1);
  return last?.type === 'actions' && Array.isArray(last['elements']) ? last['elements'] : [];
}

/** An alert with what people did with it, and the buttons that fit. */
export function composeAlert(body: Message, state: AlertState): Message {
  const own = ownButtons(body);
  const rest = own.length > 0 ? body.blocks.slice(0, -1) : body.blocks;
  const row = actions(controls(state));
  const elements = [...own, ...(row['elements'] as readonly { action_id: string }[])].map(
    (element, index) => ({ ...(element as object), action_id: `pulse:${index}` }),
  );
  const words = stateWords(state);
  const more: Block[] = words.length > 0 ? [context(join(words, ' · '))] : [];
  return { text: body.text, blocks: [...rest, ...more, { ...row, elements }] };
}

/** An alert with what has to be said beside it: that it no longer reaches the threshold, for example. */
export function withAsides(body: Message, asides: readonly Mrkdwn[]): Message {
  if (asides.length === 0) return body;
  const at = ownButtons(body).length > 0 ? body.blocks.length - 1 : body.blocks.length;
  return { text: body.text, blocks: body.blocks.toSpliced(at, 0, context(join(asides, ' · '))) };
}
