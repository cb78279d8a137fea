import { DIGESTS } from '../digests/index.ts';
import type { Block, Form, Message } from '../domain/message.ts';
import type { SubscriptionPlan } from '../domain/subscription-plan.ts';
import type { SubscriptionWish, Subscribable } from '../domain/subscription-request.ts';
import { placeProblemWords, subscribed, wishProblemWords } from '../messages/subscription-answers.ts';
import {
  type FormFacts,
  previewProblem,
  schedulePreview,
  subscriptionForm,
} from '../messages/subscription-form.ts';
import type { CommandContext } from './command.ts';
import { findPlace } from './find-place.ts';
import { choicesOf, completeWish, scheduleOf, type WishBase } from './read-wish.ts';

/** The form of a subscription, with what is chosen so far. */
export function openForm(
  chosen: FormFacts['chosen'],
  { apps, spaces }: Subscribable,
  { subscriptions }: CommandContext,
  editing?: string,
): Form {
  return subscriptionForm({
    command: editing === undefined ? 'subscribe' : `subscriptions edit ${editing}`,
    isNew: editing === undefined,
    digests: DIGESTS,
    apps,
    spaces,
    chosen,
    next: subscriptions.nextRuns(chosen.cron, chosen.zone),
  });
}

/** The next runs of what is filled in, or what is wrong with it. */
export function preview(
  { errors, wish }: { readonly wish: SubscriptionWish; readonly errors: Readonly<Record<string, string>> },
  base: WishBase,
  { subscriptions }: CommandContext,
): Block {
  const [problem] = Object.values(errors);
  if (problem !== undefined) return previewProblem(problem);
  const schedule = { cron: scheduleOf(wish, base.cron), zone: wish.zone ?? base.zone };
  return schedulePreview(schedule, subscriptions.nextRuns(schedule.cron, schedule.zone));
}

const HERE = { kind: 'here' } as const;

/**
 * Subscribes as wished, or changes the subscription that is edited; or says what is wrong, and with which field. A channel
 * that stays is not looked at again: its time can be changed while Slack refuses it.
 */
export async function putSubscription(
  wish: SubscriptionWish,
  base: WishBase,
  known: Subscribable,
  context: CommandContext,
  edited?: SubscriptionPlan,
): Promise<
  { readonly message: Message } | { readonly at: 'channel' | 'app' | 'digest'; readonly words: string }
> {
  const { asker, now, slash, subscriptions } = context;
  const complete = completeWish(wish, base, known);
  if ('problem' in complete) {
    const { problem } = complete;
    const at = problem.what === 'no digest' ? 'digest' : 'app';
    return { at, words: wishProblemWords(problem, choicesOf(known)) };
  }
  const place =
    edited && wish.channel === undefined
      ? { channel: edited.channel, isUnseen: false }
      : await findPlace(wish.channel ?? HERE, context);
  if ('problem' in place) return { at: 'channel', words: placeProblemWords(place.problem) };
  const { channel, isUnseen } = place;
  const wanted = { ...complete.wanted, channel };
  const { outcome, plan } = await subscriptions.put(wanted, asker.userId, edited?.ref);
  return { message: subscribed(outcome, plan, { here: asker.channelId, slash, now }, isUnseen) };
}
