import type { Answer, FormOutcome, Message } from '../domain/message.ts';
import type { SubscriptionPlan } from '../domain/subscription-plan.ts';
import {
  notReady,
  placeProblemWords,
  placeRefused,
  postedNow,
  previewed,
  stateSet,
  unknownSubscription,
  unsubscribed,
  wishProblem,
} from '../messages/subscription-answers.ts';
import { scopeWords } from '../messages/subscription-lines.ts';
import { subscriptionCard, subscriptionList } from '../messages/subscription-list.ts';
import { mrk } from '../messages/kit/escape.ts';
import type { Command, CommandContext, FormEntry } from './command.ts';
import { findPlace } from './find-place.ts';
import { findSubscription, readReachable } from './find-subscription.ts';
import { openForm, preview, putSubscription } from './put-subscription.ts';
import { choicesOf, readSubscribable, readWish } from './read-wish.ts';
import { readFields } from './subscription-fields.ts';

/** What can be done about a subscription, by the words for it. */
const ACTS = {
  pause: /^(?:pause|stop|mute)$/i,
  resume: /^(?:resume|unpause|start|continue)$/i,
  run: /^(?:run|now|post)$/i,
  preview: /^preview$/i,
  edit: /^(?:edit|change)$/i,
  remove: /^(?:remove|delete|unsubscribe)$/i,
  show: /^show$/i,
} as const;
type Act = keyof typeof ACTS;

const FILLER = /^(?:list|all|here|of|this|channel|channels|me|my|our|please|the)$/i;

function actOf(word: string | undefined): Act | undefined {
  const entries = Object.entries(ACTS) as [Act, RegExp][];
  return entries.find(([, pattern]) => pattern.test(word ?? ''))?.[0];
}

const placeOf = ({ asker, now, slash }: CommandContext) => ({ here: asker.channelId, now, slash });

/** All that somebody may see in a direct message or where `all` is asked, otherwise those of the channel. */
async function list(words: readonly string[], context: CommandContext): Promise<Message> {
  const { asker, isNamed, now, slash } = context;
  const plans = await readReachable(context);
  const isAll = isNamed && (asker.channelId.startsWith('D') || words.some((word) => /^all$/i.test(word)));
  if (isAll) return subscriptionList(plans, { here: undefined, now, slash });
  const own = plans.filter(({ channel }) => channel === asker.channelId);
  return subscriptionList(own, { here: asker.channelId, now, slash }, plans.length - own.length);
}

/** Which click it was: the moment its list was made, or for who types it the minute. */
function runOf(word: string | undefined, { now }: CommandContext): string {
  return word !== undefined && /^[a-z0-9]{1,12}$/.test(word)
    ? word
    : `typed-${Math.floor(now / 60_000).toString(36)}`;
}

async function run(
  plan: SubscriptionPlan,
  word: string | undefined,
  context: CommandContext,
): Promise<Message> {
  const { slash, subscriptions } = context;
  const place = await findPlace({ kind: 'id', id: plan.channel }, context);
  if ('problem' in place) return placeRefused(placeProblemWords(place.problem));
  const outcome = await subscriptions.post(plan.ref, runOf(word, context));
  return outcome ? postedNow(plan, outcome, slash) : unknownSubscription(slash);
}

async function edit(
  plan: SubscriptionPlan,
  words: readonly string[],
  context: CommandContext,
): Promise<Answer> {
  const { slash } = context;
  const known = await readSubscribable(context);
  if (words.length === 0) {
    const card = subscriptionCard(
      mrk`${plan.digest}, ${scopeWords(plan)}, can be changed.`,
      plan,
      placeOf(context),
    );
    return { ...card, form: openForm(plan, known, context, plan.ref) };
  }
  const reading = readWish(words, known);
  if ('problem' in reading) return wishProblem(slash, reading.problem, choicesOf(known));
  const done = await putSubscription(reading.wish, plan, known, context, plan);
  return 'message' in done ? done.message : placeRefused(done.words);
}

/** What follows the words that name the subscription: those after a ref. */
const after = (words: readonly string[]): readonly string[] => words.slice(1);

async function act(kind: Act, words: readonly string[], context: CommandContext): Promise<Answer> {
  const { slash, subscriptions } = context;
  const found = await findSubscription(words, context);
  if ('message' in found) return found.message;
  const { plan } = found;
  const isByRef = words[0] === plan.ref;
  switch (kind) {
    case 'show':
      return subscriptionCard(
        mrk`${plan.digest}, ${scopeWords(plan)}, is ${plan.state}.`,
        plan,
        placeOf(context),
      );
    case 'pause':
    case 'resume': {
      const set = await subscriptions.setState(plan.ref, kind === 'pause' ? 'paused' : 'active');
      return set ? stateSet(set.plan, set, placeOf(context)) : unknownSubscription(slash);
    }
    case 'run':
      return run(plan, isByRef ? words[1] : undefined, context);
    case 'preview': {
      const built = await subscriptions.preview(plan.ref);
      if (built === undefined) return unknownSubscription(slash);
      return built === 'not-ready' ? notReady() : previewed(plan, built);
    }
    case 'edit':
      return edit(plan, isByRef ? after(words) : [], context);
    case 'remove': {
      const outcome = await subscriptions.remove(plan.ref);
      return outcome ? unsubscribed(plan, outcome, slash) : unknownSubscription(slash);
    }
  }
}

async function findEdited(all: readonly FormEntry[], context: CommandContext) {
  const ref = all[0]?.words[1] ?? '';
  return (await readReachable(context)).find((plan) => plan.ref === ref);
}

/** The fields without the words that name the subscription. */
const fieldsOf = (entries: readonly FormEntry[]): FormEntry[] =>
  entries.map((entry) => ({ ...entry, words: entry.words.slice(2) }));

/** `/pulse subscriptions`: what comes here and when next; its buttons pause, resume, run, preview, edit and end one. */
export const subscriptions: Command = {
  words: ['subscriptions', 'subs', 'schedules'],
  usage: '[all] · pause | resume | run | preview | edit | remove <digest> [app]',
  summary: 'which digests come to this channel and when next; pause, change, end or post one',
  reads: [],
  definition:
    'Lists the digests that come to this channel, with their next three runs by the clocks of their zone; people who are named among those who may ask can list those of all channels. Buttons pause and resume one (what was due meanwhile is not made up for), post it now, preview it for you alone, change it and end it. The defaults of the installation can be paused and changed too; ending one pauses it, because the next start would bring it back.',
  examples: [
    'subscriptions',
    'subscriptions pause churn',
    'subscriptions run churn "App 1"',
    'subscriptions all',
  ],
  async understands(words, context) {
    const [first, ...rest] = words;
    const kind = actOf(first);
    if (kind === undefined) return words.every((word) => FILLER.test(word));
    return rest.length > 0 && 'plan' in (await findSubscription(rest, context));
  },
  async answer(words, context) {
    const [first, ...rest] = words;
    const kind = actOf(first);
    return kind === undefined ? list(words, context) : act(kind, rest, context);
  },

  async submit(changed, context, all): Promise<FormOutcome> {
    const plan = await findEdited(all, context);
    if (!plan) return { message: unknownSubscription(context.slash) };
    const known = await readSubscribable(context);
    const { errors, wish } = readFields(fieldsOf(changed), known);
    if (Object.keys(errors).length > 0) return { errors };
    const done = await putSubscription(wish, plan, known, context, plan);
    if ('message' in done) return done;
    return { errors: { [`subscriptions edit ${plan.ref} ${done.at}`]: done.words } };
  },

  async refresh(all, context) {
    const plan = await findEdited(all, context);
    return plan && preview(readFields(fieldsOf(all), await readSubscribable(context)), plan, context);
  },
};
