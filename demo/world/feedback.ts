import { delay } from './arrivals.ts';
import type { Offset } from './calendar.ts';
import type { FeedbackNote } from './history.ts';
import { HOSTILE_MESSAGES } from './hostile-names.ts';
import type { Random } from './random.ts';
import type { Subscription } from './subscription.ts';

/** The sentences the uninstall form offers, by `reasonKey`. */
export const REASONS: Readonly<Record<string, string>> = {
  cost: 'It is too expensive',
  alternative: 'I found an alternative app',
  appFunctionality: 'The app is missing functionality I need',
  expectations: 'The app did not meet my expectations',
  performance: 'The app is too slow or unreliable',
  notNeeded: 'I no longer need this app',
  support: 'The support did not help me',
  other: 'Other',
};

const PLAIN_MESSAGES = [
  'Budget cut, sorry. We liked it.',
  'The export to PDF never worked for our templates.',
  'We moved to the built-in timeline.',
  'Too many permissions for our security team.',
  'Pricing tiers jump from 100 to 200 users & we have 104.',
  'Support took nine days to answer.',
  'Test installation only, will come back in autumn.',
];

/** What someone says on the way out: half leave a message, one in eight of those is hostile, a fifth stay anonymous. */
export function drawFeedback(
  random: Random,
  subscription: Subscription,
  on: Offset,
  type: 'unsubscribe' | 'uninstall' | 'disable',
): FeedbackNote {
  const isLate = random.chance(0.1);
  const text = random.chance(0.13) ? random.pick(HOSTILE_MESSAGES) : random.pick(PLAIN_MESSAGES);
  return {
    app: subscription.app,
    subscription: random.chance(0.2) ? undefined : subscription,
    on,
    visible: on + (isLate ? random.int(2, 14) : delay(random, 0)),
    type,
    reasonKey: random.weighted([
      ['cost', 24],
      ['alternative', 17],
      ['appFunctionality', 16],
      ['notNeeded', 15],
      ['expectations', 12],
      ['performance', 7],
      ['other', 6],
      ['support', 3],
    ]),
    message: random.chance(0.5) ? text : '',
  };
}
