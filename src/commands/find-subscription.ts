import { DIGESTS } from '../digests/index.ts';
import type { Message } from '../domain/message.ts';
import type { SubscriptionPlan } from '../domain/subscription-plan.ts';
import { unknownSubscription, whichSubscription } from '../messages/subscription-answers.ts';
import type { CommandContext } from './command.ts';
import { readSubscribable, readWish } from './read-wish.ts';

/** The subscriptions that somebody may see and change: of the channel they ask in, for named people of all. */
export async function readReachable({
  asker,
  isNamed,
  subscriptions,
}: CommandContext): Promise<SubscriptionPlan[]> {
  const plans = await subscriptions.list();
  const order = new Map(DIGESTS.map(({ id }, index) => [id, index]));
  return plans
    .filter(({ channel }) => isNamed || channel === asker.channelId)
    .toSorted(
      (a, b) =>
        a.channel.localeCompare(b.channel) ||
        (order.get(a.digest) ?? order.size) - (order.get(b.digest) ?? order.size) ||
        (a.app?.name ?? '').localeCompare(b.app?.name ?? ''),
    );
}

/** Whether a word is the ref of a subscription, as buttons carry it. */
const isRef = (word: string): boolean => /^[0-9a-f]{10}$/.test(word);

/** The one subscription that words name, by its ref or by digest and app; or what to say instead. */
export async function findSubscription(
  words: readonly string[],
  context: CommandContext,
): Promise<{ readonly plan: SubscriptionPlan } | { readonly message: Message }> {
  const { asker, slash } = context;
  const plans = await readReachable(context);
  const [first = ''] = words;
  if (isRef(first)) {
    const plan = plans.find(({ ref }) => ref === first);
    return plan ? { plan } : { message: unknownSubscription(slash) };
  }
  const text = words.join(' ');
  const reading = readWish(words, await readSubscribable(context));
  if ('problem' in reading) return { message: whichSubscription(text, true, slash) };
  const { app, channel, digest, space } = reading.wish;
  const where = channel?.kind === 'id' ? channel.id : asker.channelId;
  const found = plans.filter(
    (plan) =>
      plan.channel === where &&
      (digest === undefined || plan.digest === digest) &&
      (space === undefined || plan.developerId === space) &&
      (app === undefined || (app === 'all' ? plan.app === null : plan.app?.appKey === app.app.appKey)),
  );
  const whole = found.filter((plan) => plan.app === null);
  const [plan, ...others] = found.length > 1 && app === undefined && whole.length === 1 ? whole : found;
  if (!plan) return { message: whichSubscription(text, true, slash) };
  return others.length > 0 ? { message: whichSubscription(text, false, slash) } : { plan };
}
