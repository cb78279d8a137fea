import { addDays, type Day, isDay, lastCompleteWeek, MARKETPLACE_OPENED, weekOf } from '../domain/day.ts';
import type { App } from '../domain/app.ts';
import type { Message } from '../domain/message.ts';
import { findNamedApp, findPartOfApp } from '../domain/named-app.ts';
import { sinceTold } from '../digests/build-digest.ts';
import type { Digest, DigestRequest } from '../digests/digest.ts';
import { asksFor } from '../digests/scope-words.ts';
import { badArgument, badDate } from '../messages/bad-argument.ts';
import { withDetails } from '../messages/details.ts';
import { tablesIn } from '../messages/message-tables.ts';
import { withShareButton } from '../messages/shared.ts';
import type { Command, CommandContext, ExportTable } from './command.ts';
import { isFiller } from './filler-words.ts';
import { readSpaceApps } from './read-space-apps.ts';

/** What the words after a digest's name ask for, or what is wrong with them. */
type Wish =
  | {
      readonly kind: 'wish';
      readonly app: App | null;
      readonly developerId: string;
      readonly week: Day;
      readonly weeks?: number;
      readonly details: boolean;
    }
  | { readonly kind: 'problem'; readonly message: Message };

/** More words are no request but a text: no name of an app has so many, and all their runs would be compared. */
const MOST_WORDS = 40;

/** What looks like a date: somebody meant one, whether it exists or not. */
const DATE_SHAPE = /^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/;

/** Weeks, dates and little words; everything else in `rest`, to be taken for an app. */
function readWords(words: readonly string[]) {
  const rest: string[] = [];
  let date: string | undefined;
  let weeks: number | undefined;
  let details = false;
  for (const word of words) {
    const number = /^(\d{1,3})w?$/i.exec(word)?.[1];
    if (DATE_SHAPE.test(word)) date = word;
    else if (isFiller(word)) continue;
    else if (number !== undefined) weeks = Number(number);
    else if (/^(details?|all|list)$/i.test(word)) details = true;
    else rest.push(word);
  }
  return { rest: rest.join(' '), date, weeks, details };
}

async function parseWish(digest: Digest, words: readonly string[], context: CommandContext): Promise<Wish> {
  const { now, read, slash } = context;
  const apps = await readSpaceApps(context);
  const spaces = await read.readDeveloperIds();
  const named = findNamedApp(apps, words.slice(0, MOST_WORDS));
  const { date, details, rest, weeks } = readWords([...named.rest, ...words.slice(MOST_WORDS)]);
  const found = named.found ?? findPartOfApp(apps, rest);
  if (rest !== '' && (named.found || !found)) {
    const names = apps.map(({ app }) => app.name);
    return { kind: 'problem', message: badArgument(slash, digest.id, rest, names) };
  }
  const newest = lastCompleteWeek(now);
  if (date !== undefined && !isDay(date))
    return { kind: 'problem', message: badDate(slash, digest.id, date, 'unreadable', newest) };
  if (date !== undefined && date < MARKETPLACE_OPENED)
    return { kind: 'problem', message: badDate(slash, digest.id, date, 'too early', newest) };
  // The running week is told, as incomplete; one that has not begun has nothing to tell.
  if (date !== undefined && weekOf(date) > addDays(newest, 7))
    return { kind: 'problem', message: badDate(slash, digest.id, date, 'future', newest) };
  return {
    kind: 'wish',
    app: found?.app ?? null,
    developerId: found?.developerId ?? spaces[0] ?? '',
    week: date === undefined ? newest : weekOf(date),
    ...(weeks !== undefined && { weeks: Math.min(20, Math.max(4, weeks)) }),
    details,
  };
}

async function toRequest(
  digest: Digest,
  wish: Extract<Wish, { kind: 'wish' }>,
  context: CommandContext,
): Promise<DigestRequest> {
  const { app, developerId, week, weeks } = wish;
  const told = await context.readLastTold(digest.id, developerId, app?.appKey ?? null);
  const spaces = await context.read.readDeveloperIds();
  return {
    developerId,
    app,
    week,
    now: context.now,
    today: context.today,
    isAsked: true,
    ...sinceTold(told),
    ...(weeks !== undefined && { chartWeeks: weeks }),
    ...(spaces.length > 1 && { space: developerId }),
  };
}

/** How exactly this digest is asked for, whenever that is: the week is named. */
function asksExactly(id: string, request: DigestRequest): string {
  const chart = request.chartWeeks === undefined ? '' : ` ${request.chartWeeks}`;
  return `${asksFor(id, request)}${chart} ${request.week}`;
}

/** The command that asks for a digest now, for one person: the message itself, or with `details` what its thread holds. */
export function createDigestCommand(digest: Digest): Command {
  return {
    words: [digest.id, ...digest.aliases],
    usage: '[app] [weeks in the chart] [date in the week] [details]',
    summary: digest.summary,
    reads: digest.reads,
    definition: digest.definition,
    examples: [digest.id, `${digest.id} "App 1" 8`, `${digest.id} 2026-03-10`, `${digest.id} details`],
    understands: async (words, context) => (await parseWish(digest, words, context)).kind === 'wish',
    async tables(words, context): Promise<readonly ExportTable[] | Message> {
      const wish = await parseWish(digest, words, context);
      if (wish.kind === 'problem') return wish.message;
      const { message } = await context.buildDigest(digest.id, await toRequest(digest, wish, context));
      return tablesIn([message, ...message.thread]).map(({ title, ...table }) => ({
        ...table,
        name: `${digest.id} ${title}`,
        left: 'some',
      }));
    },
    async share(words, context) {
      const wish = await parseWish(digest, words, context);
      if (wish.kind === 'problem') return undefined;
      const { message } = await context.buildDigest(digest.id, await toRequest(digest, wish, context));
      return { text: message.text, blocks: message.blocks };
    },
    async answer(words, context) {
      const wish = await parseWish(digest, words, context);
      if (wish.kind === 'problem') return wish.message;
      const request = await toRequest(digest, wish, context);
      const { message } = await context.buildDigest(digest.id, request);
      const answer = wish.details
        ? withDetails(message, asksFor(digest.id, request))
        : { text: message.text, blocks: message.blocks };
      return context.post ? withShareButton(answer, asksExactly(digest.id, request)) : answer;
    },
  };
}
