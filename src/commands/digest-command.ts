import { addDays, isDay, lastCompleteWeek, weekOf } from '../domain/day.ts';
import type { App } from '../domain/app.ts';
import { fold } from '../domain/fold.ts';
import type { Message, ThreadedMessage } from '../domain/message.ts';
import type { Digest, DigestRequest } from '../digests/digest.ts';
import { asksFor } from '../digests/scope-words.ts';
import { badArgument } from '../messages/bad-argument.ts';
import { withDetails } from '../messages/details.ts';
import type { Command, CommandContext } from './command.ts';

/** What the words after a digest's name ask for, or what is wrong with them. */
type Wish =
  | {
      readonly kind: 'wish';
      readonly app: App | null;
      readonly developerId: string;
      readonly week?: string;
      readonly weeks?: number;
      readonly details: boolean;
    }
  | { readonly kind: 'problem'; readonly message: Message };

interface SpaceApp {
  readonly developerId: string;
  readonly app: App;
}

async function readSpaceApps({ read }: CommandContext): Promise<SpaceApp[]> {
  const spaces = await read.readDeveloperIds();
  const apps = await Promise.all(
    spaces.map(async (developerId) =>
      (await read.readApps(developerId)).map((app) => ({ developerId, app })),
    ),
  );
  return apps.flat();
}

/** The app a text names: its whole name or key first, otherwise the only one whose name contains it. */
function findApp(apps: readonly SpaceApp[], text: string): SpaceApp | undefined {
  const wanted = fold(text.replace(/^app:/i, ''));
  if (wanted === '') return undefined;
  const exact = apps.find(({ app }) => fold(app.name) === wanted || fold(app.appKey) === wanted);
  const partial = apps.filter(({ app }) => fold(app.name).includes(wanted));
  return exact ?? (partial.length === 1 ? partial[0] : undefined);
}

async function parseWish(digest: Digest, words: readonly string[], context: CommandContext): Promise<Wish> {
  const apps = await readSpaceApps(context);
  const spaces = await context.read.readDeveloperIds();
  const rest: string[] = [];
  let week: string | undefined;
  let weeks: number | undefined;
  let details = false;
  for (const word of words) {
    const number = /^(\d{1,3})w?$/i.exec(word)?.[1];
    if (isDay(word)) week = word;
    else if (/^(weeks?|app|for|of|the|last)$/i.test(word)) continue;
    else if (number !== undefined) weeks = Number(number);
    else if (/^(details?|all|list)$/i.test(word)) details = true;
    else rest.push(word);
  }
  const text = rest.join(' ');
  const found = text === '' ? undefined : findApp(apps, text);
  if (text !== '' && !found) {
    const names = apps.map(({ app }) => app.name);
    return { kind: 'problem', message: badArgument(context.slash, digest.id, text, names) };
  }
  return {
    kind: 'wish',
    app: found?.app ?? null,
    developerId: found?.developerId ?? spaces[0] ?? '',
    ...(week !== undefined && { week }),
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
  const newest = lastCompleteWeek(context.now);
  const asked = week !== undefined && isDay(week) ? weekOf(week) : newest;
  const lastSpokeAt = await context.readLastSpoke(digest.id, developerId, app?.appKey ?? null);
  const spaces = await context.read.readDeveloperIds();
  return {
    developerId,
    app,
    // A week that has not begun has nothing to tell; the running one is told as incomplete.
    week: asked > addDays(newest, 7) ? newest : asked,
    now: context.now,
    today: context.today,
    ...(lastSpokeAt !== undefined && { lastSpokeAt }),
    ...(weeks !== undefined && { chartWeeks: weeks }),
    ...(spaces.length > 1 && { space: developerId }),
  };
}

/** The command that asks for a digest now, for one person: the message itself, or with `details` what its thread holds. */
export function createDigestCommand(digest: Digest): Command {
  return {
    words: [digest.id, ...digest.aliases],
    usage: '[app] [weeks in the chart] [date in the week] [details]',
    summary: digest.summary,
    async answer(words, context) {
      const wish = await parseWish(digest, words, context);
      if (wish.kind === 'problem') return wish.message;
      const request = await toRequest(digest, wish, context);
      const built: ThreadedMessage = await digest.build(context.read, request);
      return wish.details
        ? withDetails(built, asksFor(digest.id, request))
        : { text: built.text, blocks: built.blocks };
    },
  };
}
