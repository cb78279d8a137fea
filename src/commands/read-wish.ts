import { DIGESTS } from '../digests/index.ts';
import { fromCron, toCron } from '../domain/spoken-schedule.ts';
import type { NewSubscription } from '../domain/subscription-plan.ts';
import {
  readSubscription,
  type Subscribable,
  type SubscriptionReading,
  type SubscriptionWish,
} from '../domain/subscription-request.ts';
import type { WishChoices, WishProblem } from '../messages/subscription-answers.ts';
import type { CommandContext } from './command.ts';
import { nearestWord } from './nearest-word.ts';
import { readSpaceApps } from './read-space-apps.ts';

/** What can be subscribed to here. */
export async function readSubscribable(context: CommandContext): Promise<Subscribable> {
  return {
    digests: DIGESTS.map(({ aliases, id }) => ({ id, words: [id, ...aliases] })),
    apps: await readSpaceApps(context),
    spaces: await context.read.readDeveloperIds(),
  };
}

/** The names among which to choose, for sentences about what was not understood. */
export function choicesOf({ apps, digests, spaces }: Subscribable): WishChoices {
  return { digests: digests.map(({ id }) => id), apps: apps.map(({ app }) => app.name), spaces };
}

/** Words that are nothing known are a mistyped digest, where one is near. */
export function withNearest(
  problem: Extract<SubscriptionReading, { kind: 'problem' }>,
  { digests }: Subscribable,
): WishProblem {
  if (problem.what !== 'words') return problem;
  const names = digests.flatMap(({ words }) => words);
  for (const text of problem.text.split(' ')) {
    const near = nearestWord(text.toLowerCase(), names);
    if (near !== undefined) return { what: 'unknown digest', text, near };
  }
  return problem;
}

/** Words after `subscribe`, read; or what is wrong with them. */
export function readWish(
  words: readonly string[],
  known: Subscribable,
): { readonly wish: SubscriptionWish } | { readonly problem: WishProblem } {
  const reading = readSubscription(words, known);
  return reading.kind === 'wish' ? { wish: reading.wish } : { problem: withNearest(reading, known) };
}

/** What a wish is completed from: the defaults, or the subscription that it changes. */
export type WishBase = Partial<NewSubscription> & Pick<NewSubscription, 'cron' | 'zone'>;

/** When it comes: what is left out of days and time is as before. */
export function scheduleOf({ days, minute }: SubscriptionWish, cron: string): string {
  if (days === undefined && minute === undefined) return cron;
  const spoken = fromCron(cron) ?? { days: [2], minute: 9 * 60 };
  return toCron({ days: days ?? spoken.days, minute: minute ?? spoken.minute });
}

function spaceOf(wish: SubscriptionWish, base: WishBase, spaces: readonly string[]): string | undefined {
  if (wish.app !== undefined && wish.app !== 'all') return wish.app.developerId;
  return wish.space ?? base.developerId ?? (spaces.length === 1 ? spaces[0] : undefined);
}

function appOf(wish: SubscriptionWish, base: WishBase): NewSubscription['app'] {
  if (wish.app !== undefined) return wish.app === 'all' ? null : wish.app.app;
  // All apps of a developer space that is named without one.
  return wish.space === undefined ? (base.app ?? null) : null;
}

/** What is subscribed to, the channel aside; or what is missing. */
export function completeWish(
  wish: SubscriptionWish,
  base: WishBase,
  { spaces }: Subscribable,
): { readonly wanted: Omit<NewSubscription, 'channel'> } | { readonly problem: WishProblem } {
  const digest = wish.digest ?? base.digest;
  if (digest === undefined) return { problem: { what: 'no digest', text: '' } };
  const developerId = spaceOf(wish, base, spaces);
  const app = appOf(wish, base);
  if (developerId === undefined) return { problem: { what: 'no space', text: '' } };
  if (wish.space !== undefined && wish.space !== developerId)
    return { problem: { what: 'other space', text: app?.name ?? '' } };
  const { cron, zone } = base;
  return { wanted: { digest, developerId, app, cron: scheduleOf(wish, cron), zone: wish.zone ?? zone } };
}
