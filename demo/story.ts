import type { Instant } from '../src/domain/day.ts';
import type { App } from '../src/app.ts';
import { DIGESTS } from '../src/digests/index.ts';
import { CHANNELS, CUSTOMER_CHANNEL, MARKETPLACE, PERSON, PRODUCT_CHANNEL, type Stage } from './stage.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * When the digests of the story are due: a few minutes ago, but today, and a week before that, so that the last digest
 * always tells the newest complete week, whatever day it is.
 */
function digestTimes(now: Instant): {
  readonly first: Instant;
  readonly second: Instant;
  readonly cron: string;
} {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const second = Math.max(midnight, Math.floor(now / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS);
  const due = new Date(second);
  return {
    first: second - 7 * DAY_MS,
    second,
    cron: `${due.getUTCMinutes()} ${due.getUTCHours()} * * ${due.getUTCDay()}`,
  };
}

/** The instants at which the story syncs, once a day: the first import, the two digests, and the days between them. */
function scenes(now: Instant): { readonly at: Instant; readonly title: string }[] {
  const { first, second } = digestTimes(now);
  const between = Array.from({ length: 6 }, (_, index) => ({
    at: first + (index + 1) * DAY_MS + MINUTE_MS,
    title: index === 5 ? 'yesterday, when most of what needs a person happened' : 'an ordinary sync',
  }));
  return [
    { at: first - DAY_MS, title: 'first import, nothing is announced' },
    { at: first + MINUTE_MS, title: 'the digests of the week before last' },
    ...between,
    {
      at: second + MINUTE_MS,
      title: "last week's digests, with what changed since, and a refund nothing replaced",
    },
  ];
}

/** What the people of the customer channel act on. */
const FOR_CUSTOMER_SUCCESS = ['big-evaluation', 'feedback', 'unusual-week'] as const;

/** Lets each channel hear the rules that its people act on. */
async function share(app: App, now: Instant): Promise<void> {
  const changesTo = (isOn: boolean) =>
    FOR_CUSTOMER_SUCCESS.map((rule) => ({ kind: 'rule' as const, rule, app: '', isOn }));
  await app.store.alerts.putSettings(CUSTOMER_CHANNEL, changesTo(true), PERSON, now);
  await app.store.alerts.putSettings(CHANNELS.alert, changesTo(false), PERSON, now);
}

/** Subscribes the second channel to every digest that the first does not get by itself, at the same times. */
async function subscribe(app: App, cron: string, now: Instant): Promise<void> {
  for (const { id: digest, isDefault } of DIGESTS) {
    if (isDefault) continue;
    const subscription = { developerId: MARKETPLACE.developerId, channel: PRODUCT_CHANNEL, digest };
    await app.store.subscriptions.put({ ...subscription, appKey: null, cron, zone: 'UTC' }, PERSON, now);
  }
}

/**
 * Plays the last eight days of a partner through the real bot: a silent first import, the digests of two weeks in two
 * channels, alerts between them. Returns the schedule the digests ran by, so that a bot that goes on from here does not run them again.
 */
export async function playStory(
  stage: Stage,
  now: Instant,
  tell: (line: string) => void,
): Promise<{ cron: string }> {
  const { cron } = digestTimes(now);
  const [first, ...others] = scenes(now);
  if (!first) return { cron };
  stage.setTime(first.at);
  const app = await stage.startApp(stage.configure({ digestSchedule: cron }));
  await subscribe(app, cron, first.at);
  await share(app, first.at);
  for (const { at, title } of [first, ...others]) {
    stage.setTime(at);
    await stage.syncAndPost(app);
    tell(`${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${title}`);
  }
  stage.setTime(now);
  await app.stop();
  return { cron };
}
