import type { Instant } from '../domain/day.ts';
import type { Block, Message } from '../domain/message.ts';
import type { SubscriptionPlan } from '../domain/subscription-plan.ts';
import { actions, context, header, message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count } from './kit/words.ts';
import { scopeWords, subscriptionLines } from './subscription-lines.ts';

/** What a list of subscriptions needs besides them. */
export interface ListPlace {
  /** The channel in which it is shown; undefined where those of all channels are. */
  readonly here: string | undefined;
  readonly slash: string;
  /** The list names the moment it was made in its buttons: a second click on the same one posts nothing. */
  readonly now: Instant;
}

/** The defaults have place with all their buttons. Where there are more, some go into a menu, which takes place too. */
const MOST_WITH_BUTTONS = 5;
const WITH_BUTTONS_AND_MENU = 3;
const MOST_CHOICES = 16;

/** What can be done about one subscription. */
export function subscriptionButtons({ digest, ref, state }: SubscriptionPlan, now: Instant): Block {
  const asks = (word: string) => `subscriptions ${word} ${ref}`;
  return actions([
    state === 'active' ? { label: 'Pause', asks: asks('pause') } : { label: 'Resume', asks: asks('resume') },
    { label: 'Run Now', asks: `${asks('run')} ${now.toString(36)}` },
    { label: 'Preview', asks: asks('preview') },
    { label: 'Edit', asks: asks('edit') },
    { label: 'Unsubscribe', asks: asks('remove'), confirm: `${digest} will not come any more.` },
  ]);
}

/** A subscription in a word or two, for a menu. */
function choiceWords(plan: SubscriptionPlan): string {
  const paused = plan.state === 'paused' ? ', paused' : '';
  return `${plan.digest}, ${scopeWords(plan)}${paused}`;
}

function verdictOf(plans: readonly SubscriptionPlan[], here: string | undefined): Mrkdwn {
  const where = here === undefined ? 'to all channels together' : 'to this channel';
  if (plans.length === 0) return mrk`No digest comes ${where}.`;
  const active = plans.filter(({ state }) => state === 'active').length;
  const paused = plans.length - active;
  const come = active === 1 ? '1 digest comes' : `${active === 0 ? 'No' : active} digests come`;
  return mrk`${come} ${where}${paused > 0 ? `; ${paused} ${paused === 1 ? 'is' : 'are'} paused` : ''}.`;
}

/**
 * The answer to `subscriptions`: what comes, when next, and what can be done about it. `elsewhere`: how many more the
 * asker may see in other channels.
 */
export function subscriptionList(
  plans: readonly SubscriptionPlan[],
  place: ListPlace,
  elsewhere = 0,
): Message {
  const { here, now, slash } = place;
  const verdict = verdictOf(plans, here);
  const withButtons = plans.length > MOST_WITH_BUTTONS ? WITH_BUTTONS_AND_MENU : MOST_WITH_BUTTONS;
  const shown = plans.slice(0, withButtons);
  const others = plans.slice(withButtons);
  const typed = (text: string) => mrk`\`${escape(`${slash} ${text}`)}\``;
  const menu =
    others.length > 0
      ? actions([
          {
            placeholder: `Show one of ${count(others.length, 'other')}`,
            choices: others
              .slice(0, MOST_CHOICES)
              .map((plan) => ({ label: choiceWords(plan), asks: `subscriptions show ${plan.ref}` })),
          },
        ])
      : undefined;
  const unnamed = others.length - MOST_CHOICES;
  return message(verdict, [
    header(here === undefined ? 'All subscriptions' : 'Subscriptions here'),
    section(verdict),
    ...shown.flatMap((plan) => [section(subscriptionLines(plan, here)), subscriptionButtons(plan, now)]),
    others.length > 0
      ? section(
          mrk`*${count(others.length, 'other')}*: choose one to see it.${unnamed > 0 ? mrk` ${unnamed} have no place in the menu: ${typed('subscriptions show churn "App 1"')} shows one by its name.` : mrk``}`,
        )
      : undefined,
    menu,
    actions([
      { label: 'Subscribe', asks: 'subscribe' },
      ...(elsewhere > 0 ? [{ label: `All Channels (${elsewhere} more)`, asks: 'subscriptions all' }] : []),
    ]),
    context(
      join([typed('subscribe churn tue 09:00 Europe/Berlin app:"App 1"'), typed('help subscribe')], ' · '),
    ),
  ]);
}

/** One subscription with its buttons, under a sentence that says everything about what was just done with it. */
export function subscriptionCard(sentence: Mrkdwn, plan: SubscriptionPlan, place: ListPlace): Message {
  return message(sentence, [
    section(sentence),
    section(subscriptionLines(plan, place.here)),
    subscriptionButtons(plan, place.now),
  ]);
}
