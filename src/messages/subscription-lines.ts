import type { Instant } from '../domain/day.ts';
import type { NewSubscription, SubscriptionPlan } from '../domain/subscription-plan.ts';
import { clean, escape, type Mrkdwn, mrk } from './kit/escape.ts';
import { localInstant } from './kit/words.ts';
import { scheduleWords } from './schedule-words.ts';

const LONGEST_NAME = 50;

/** A channel as Slack shows it by name. Ids are Slack's own; anything else is shown as text. */
export function channelName(id: string): Mrkdwn {
  return /^[A-Z0-9]+$/.test(id) ? { mrkdwn: `<#${id}>` } : escape(id);
}

/** The scope of a subscription: an app or all, and the developer space where there are several. */
export function scopeWords({ app, developerId, hasOtherSpaces }: SubscriptionPlan): string {
  const apps = app === null ? 'all apps' : clean(app.name, LONGEST_NAME);
  return hasOtherSpaces ? `${apps} of developer space ${developerId}` : apps;
}

/** `Tuesdays at 09:00, Europe/Berlin`. */
export function whenWords({ cron, zone }: Pick<NewSubscription, 'cron' | 'zone'>): string {
  return `${scheduleWords(cron)}, ${zone}`;
}

/** `Tue 24 Nov 09:00, Tue 1 Dec 09:00, Tue 8 Dec 09:00 (Europe/Berlin)`. */
export function runWords(runs: readonly Instant[], zone: string): string {
  if (runs.length === 0) return 'never';
  return `${runs.map((at) => localInstant(at, zone)).join(', ')} (${zone})`;
}

function originWords({ createdBy, isDefault }: SubscriptionPlan): Mrkdwn {
  if (isDefault) return mrk`A default of this installation (PULSE_DIGEST_SCHEDULE)`;
  if (createdBy === undefined || !/^[A-Z0-9]+$/.test(createdBy)) return mrk`Subscribed in Slack`;
  return mrk`Subscribed by ${{ mrkdwn: `<@${createdBy}>` }}`;
}

/** One subscription in a few lines. `here`: the channel in which it is told, which then needs no name. */
export function subscriptionLines(plan: SubscriptionPlan, here: string | undefined): Mrkdwn {
  const { channel, digest, next, state, trouble, zone } = plan;
  const where = channel === here ? mrk`` : mrk` in ${channelName(channel)}`;
  const what = mrk`*${digest}*, ${scopeWords(plan)}${where}: ${whenWords(plan)}`;
  const runs =
    state === 'paused'
      ? mrk`*Paused*: nothing comes until it is resumed, and nothing is made up for then`
      : mrk`Next: ${runWords(next, zone)}`;
  const stuck = trouble
    ? mrk`\n*It cannot be posted*: ${trouble.reason} ${trouble.fix} What is due waits until then.`
    : mrk``;
  return mrk`${what}\n${runs}\n${originWords(plan)}${stuck}`;
}
