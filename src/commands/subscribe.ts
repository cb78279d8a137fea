import type { Answer, FormOutcome } from '../domain/message.ts';
import type { SubscriptionWish } from '../domain/subscription-request.ts';
import { notReady, placeRefused, wishProblem } from '../messages/subscription-answers.ts';
import type { FormFacts } from '../messages/subscription-form.ts';
import type { Command, CommandContext, FormEntry } from './command.ts';
import { openForm, preview, putSubscription } from './put-subscription.ts';
import {
  choicesOf,
  completeWish,
  readSubscribable,
  readWish,
  scheduleOf,
  type WishBase,
} from './read-wish.ts';
import { readFields } from './subscription-fields.ts';

/** What a new subscription is completed from: by the clocks of whoever subscribes, where Slack tells them. */
async function readDefaults({ asker, places, subscriptions }: CommandContext): Promise<WishBase> {
  return {
    cron: subscriptions.cron,
    zone: (await places.readZone(asker.userId)) ?? subscriptions.zone,
  };
}

function chosenBy(wish: SubscriptionWish, base: WishBase, channel: string): FormFacts['chosen'] {
  const { digest, space: developerId } = wish;
  const app = wish.app === undefined || wish.app === 'all' ? null : wish.app.app;
  return {
    channel: wish.channel?.kind === 'id' ? wish.channel.id : channel,
    cron: scheduleOf(wish, base.cron),
    zone: wish.zone ?? base.zone,
    app,
    ...(digest !== undefined && { digest }),
    ...(developerId !== undefined && { developerId }),
  };
}

async function answer(words: readonly string[], context: CommandContext): Promise<Answer> {
  const { asker, slash } = context;
  const known = await readSubscribable(context);
  if (known.spaces.length === 0) return notReady();
  const reading = readWish(words, known);
  if ('problem' in reading) return wishProblem(slash, reading.problem, choicesOf(known));
  const { wish } = reading;
  const base = await readDefaults(context);
  const complete = completeWish(wish, base, known);
  if ('problem' in complete) {
    const said = wishProblem(slash, complete.problem, choicesOf(known));
    // What is only incomplete can be chosen in a form, with what was understood filled in.
    return complete.problem.what === 'other space'
      ? said
      : { ...said, form: openForm(chosenBy(wish, base, asker.channelId), known, context) };
  }
  const done = await putSubscription(wish, base, known, context);
  if ('message' in done) return done.message;
  return placeRefused(done.words);
}

/** `/pulse subscribe churn here tue 09:00 Europe/Berlin app:"App 1"`; without a digest, a form for the same. */
export const subscribe: Command = {
  words: ['subscribe', 'sub'],
  usage: '[digest] [here | #channel] [days] [time] [zone] [app]',
  summary: 'a digest that comes to a channel by itself, at the time you say',
  reads: [],
  definition:
    'Lets a digest come to a channel: for one app or all, on weekdays (tue, mon-fri, weekdays, daily) or a day of the month (monthly, 15th), at a time (9, 09:00, 9am) by the clocks of a zone (Europe/Berlin). What is left out is this channel, all apps, the time of the weekly digests and your own zone. Without a digest a form asks for all of it and shows the next runs. The same digest for the same apps and channel is one subscription: subscribing again changes its time. You may subscribe any channel in which you may ask and in which I am.',
  examples: [
    'subscribe',
    'subscribe churn here tue 09:00 Europe/Berlin app:"App 1"',
    'subscribe new-sales #sales weekdays 8am',
    'subscribe funnel monthly',
  ],
  async understands(words, context) {
    return 'wish' in readWish(words, await readSubscribable(context));
  },
  answer,

  async submit(_changed: readonly FormEntry[], context, all): Promise<FormOutcome> {
    const known = await readSubscribable(context);
    const { errors, wish } = readFields(all, known);
    if (Object.keys(errors).length > 0) return { errors };
    const done = await putSubscription(wish, await readDefaults(context), known, context);
    return 'message' in done ? done : { errors: { [`subscribe ${done.at}`]: done.words } };
  },

  async refresh(all, context) {
    return preview(readFields(all, await readSubscribable(context)), await readDefaults(context), context);
  },
};
