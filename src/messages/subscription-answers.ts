import type { Message } from '../domain/message.ts';
import type { SubscriptionPlan } from '../domain/subscription-plan.ts';
import type { SubscriptionProblem } from '../domain/subscription-request.ts';
import { context, message, section } from './kit/blocks.ts';
import { clean, escape, type Mrkdwn, mrk } from './kit/escape.ts';
import { count } from './kit/words.ts';
import { type ListPlace, subscriptionCard } from './subscription-list.ts';
import { channelName, runWords, scopeWords, whenWords } from './subscription-lines.ts';

const says = (sentence: Mrkdwn): Message => message(sentence, [section(sentence)]);

/** What is missing or cannot be understood. */
export type WishProblem =
  | { readonly what: SubscriptionProblem; readonly text: string; readonly near?: string }
  | { readonly what: 'no digest' | 'unknown digest'; readonly text: string; readonly near?: string }
  | { readonly what: 'no space' | 'other space'; readonly text: string };

/** What there is to choose from, for the sentences that say what to type instead. */
export interface WishChoices {
  readonly digests: readonly string[];
  readonly apps: readonly string[];
  readonly spaces: readonly string[];
}

const MOST_NAMED = 12;
/** With the names of twelve apps. */
const LONGEST_SENTENCE = 1200;

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return `No ${what} is known yet.`;
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `The ${what}s are ${names.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

function insteadWords(problem: WishProblem, { apps, digests, spaces }: WishChoices): string {
  const near = 'near' in problem && problem.near !== undefined ? `Did you mean ${problem.near}? ` : '';
  switch (problem.what) {
    case 'time':
      return 'Write an hour as 9, 09:00 or 9am.';
    case 'day':
      return 'Choose the 1st to the 28th: not every month has a later day.';
    case 'zone':
      return `${near}Name the zone by its city, such as Europe/Berlin: that keeps the hour in summer and winter.`;
    case 'space':
    case 'no space':
      return listed('developer space', spaces);
    case 'other space':
      return 'Leave one of them out.';
    case 'channel':
      return 'Write here, a channel such as #general, or its id.';
    case 'app':
      return listed('app', apps);
    case 'words':
      return `${near}${listed('digest', digests)} ${listed('app', apps)}`;
    case 'no digest':
    case 'unknown digest':
      return `${near}${listed('digest', digests)}`;
  }
}

const TAKEN_FOR = {
  time: 'a time',
  day: 'a day of the month',
  zone: 'a time zone',
  space: 'a developer space',
  channel: 'a channel',
  app: 'an app',
  words: 'an app or a city',
} as const satisfies Readonly<Record<SubscriptionProblem, string>>;

function problemSentence({ text: typed, what }: WishProblem): string {
  const text = clean(typed, 80);
  if (what === 'no digest') return 'Which digest should come?';
  if (what === 'unknown digest') return `I took "${text}" for a digest, but there is none of that name.`;
  if (what === 'no space') return 'There are several developer spaces: say which one, with space: before it.';
  if (what === 'other space')
    return `The app ${text} belongs to another developer space than the one you named.`;
  return `I took "${text}" for ${TAKEN_FOR[what]}, but cannot read it.`;
}

/** One or two sentences about what was not understood, plain text, for a field of a form. */
export function wishProblemWords(problem: WishProblem, choices: WishChoices): string {
  return `${problemSentence(problem)} ${insteadWords(problem, choices)}`;
}

/** The answer to words that could not be understood: what was understood, and what to type. */
export function wishProblem(slash: string, problem: WishProblem, choices: WishChoices): Message {
  const example = `${slash} subscribe churn tue 09:00 Europe/Berlin`;
  const words = escape(wishProblemWords(problem, choices), LONGEST_SENTENCE);
  return says(mrk`${words} Example: \`${escape(example)}\`.`);
}

/** Why a digest cannot come to a channel. */
export type PlaceProblem =
  | 'absent'
  | 'archived'
  | 'shared'
  | 'direct'
  | { readonly unknownName: string }
  | { readonly sentence: string }
  | { readonly reason: string; readonly fix: string };

/** Why a digest cannot come to a channel, and what to do, plain text. */
export function placeProblemWords(problem: PlaceProblem): string {
  if (problem === 'absent')
    return 'I am not in that channel. Type "/invite @" and my name in it, then subscribe again.';
  if (problem === 'archived')
    return 'That channel is archived. Unarchive it, or choose another channel, then subscribe again.';
  if (problem === 'shared')
    return 'That channel is shared with another company, and your numbers are not for them. Choose a channel of your own.';
  if (problem === 'direct') return 'Digests go to channels. Name one, or subscribe in the channel you mean.';
  if ('unknownName' in problem)
    return `I find no channel #${clean(problem.unknownName, 80)} in which I may answer. Subscribe in that channel, or name it by its id.`;
  if ('sentence' in problem) return `No digest may go to that channel: ${problem.sentence}`;
  return `Slack refuses that channel. ${problem.reason} ${problem.fix}`;
}

/** The answer where a digest cannot come to a channel, from its sentence. */
export function placeRefused(words: string): Message {
  return says(escape(words, LONGEST_SENTENCE));
}

/** What became of a wish to subscribe. */
export type SubscribeOutcome = 'new' | 'changed' | 'resumed' | 'same';

const OUTCOMES: Readonly<Record<SubscribeOutcome, string>> = {
  new: 'Subscribed',
  changed: 'Changed',
  resumed: 'Resumed, without making up for what was due meanwhile',
  same: 'That subscription is there already, and nothing was changed',
};

/** The answer to who subscribed. `isUnseen`: the bot may not look whether it is in the channel. */
export function subscribed(
  outcome: SubscribeOutcome,
  plan: SubscriptionPlan,
  place: ListPlace,
  isUnseen: boolean,
): Message {
  const where = plan.channel === place.here ? mrk`to this channel` : mrk`to ${channelName(plan.channel)}`;
  const sentence = mrk`${OUTCOMES[outcome]}: ${plan.digest}, ${scopeWords(plan)}, comes ${where}, ${whenWords(plan)}.`;
  const card = subscriptionCard(sentence, plan, place);
  if (!isUnseen) return card;
  const note = context(
    mrk`I may not look whether I am in that channel (scopes channels:read, groups:read). If I am not, type "/invite @" and my name in it.`,
  );
  return { ...card, blocks: [...card.blocks, note] };
}

/** The answer to who paused or resumed. `missed`: how often it came due while it was paused. */
export function stateSet(
  plan: SubscriptionPlan,
  { isChanged, missed }: { readonly isChanged: boolean; readonly missed: number },
  place: ListPlace,
): Message {
  const name = mrk`${plan.digest}, ${scopeWords(plan)},`;
  if (plan.state === 'paused')
    return subscriptionCard(
      isChanged
        ? mrk`Paused: ${name} does not come until somebody resumes it.`
        : mrk`${name} was paused already.`,
      plan,
      place,
    );
  if (!isChanged) return subscriptionCard(mrk`${name} was not paused.`, plan, place);
  const skipped =
    missed === 0
      ? mrk`Nothing was due meanwhile.`
      : mrk`It was due ${count(missed, 'time')} while it was paused; that is not made up for.`;
  return subscriptionCard(mrk`Resumed: ${name} comes again. ${skipped}`, plan, place);
}

/** The answer to who unsubscribed. */
export function unsubscribed(plan: SubscriptionPlan, outcome: 'removed' | 'paused', slash: string): Message {
  const name = mrk`${plan.digest}, ${scopeWords(plan)},`;
  return says(
    outcome === 'removed'
      ? mrk`Unsubscribed: ${name} does not come any more. \`${escape(`${slash} subscribe`)}\` brings it back.`
      : mrk`Paused: ${name} is a default of this installation and would come back at the next start, so it is kept as paused. \`${escape(`${slash} subscriptions`)}\` resumes it.`,
  );
}

/** The answer to who had a digest posted. */
export function postedNow(
  plan: SubscriptionPlan,
  outcome: 'posted' | 'known' | 'not-ready',
  slash: string,
): Message {
  if (outcome === 'not-ready') return notReady();
  const where = channelName(plan.channel);
  return says(
    outcome === 'posted'
      ? mrk`${plan.digest}, ${scopeWords(plan)}, is on its way to ${where}. It stays due at its own times.`
      : mrk`That button has posted ${plan.digest} to ${where} already, and posts once. \`${escape(`${slash} subscriptions`)}\` gives a new one.`,
  );
}

/** The answer before there is anything to tell. */
export function notReady(): Message {
  return says(mrk`The first sync has not finished: there is nothing to tell yet.`);
}

/** A digest as it would be posted, under a note that it was not. */
export function previewed(plan: SubscriptionPlan, built: Message): Message {
  const note = mrk`Preview for you alone, as it would be posted to ${channelName(plan.channel)} now; its details follow in its thread there. Next: ${runWords(plan.next, plan.zone)}`;
  return { text: `Preview: ${built.text}`, blocks: [context(note), ...built.blocks] };
}

/** The answer to a button of a subscription that is gone, or of another channel. */
export function unknownSubscription(slash: string): Message {
  return says(
    mrk`I know no such subscription in this channel. \`${escape(`${slash} subscriptions`)}\` shows those there are.`,
  );
}

/** The answer to words that name several subscriptions, or none: which one is meant? */
export function whichSubscription(text: string, isNone: boolean, slash: string): Message {
  const list = mrk`\`${escape(`${slash} subscriptions`)}\` shows them all with their buttons.`;
  return says(
    isNone
      ? mrk`No subscription of this channel is about "${clean(text, 80)}". ${list}`
      : mrk`Several subscriptions of this channel are about that: name the app too. ${list}`,
  );
}
