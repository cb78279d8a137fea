import { sinceTold } from '../digests/build-digest.ts';
import { DIGESTS } from '../digests/index.ts';
import { dayOf, isDay, lastCompleteWeek, MARKETPLACE_OPENED, weekOf } from '../domain/day.ts';
import { plainText } from '../messages/plain-text.ts';
import { createDigestBuilder } from '../schedule/prepare-digests.ts';
import { toEntries } from '../store/outbox.ts';
import { subscriptionId } from '../store/subscriptions.ts';
import { print, UsageError, withStore } from './context.ts';

/** The options of `pulse digest`. */
export interface DigestOptions {
  readonly week?: string;
  readonly app?: string;
  readonly json?: boolean;
  readonly post?: string;
}

/** `pulse digest <id> [--week YYYY-MM-DD] [--app NAME] [--json] [--post CHANNEL]`: builds a digest from the store. */
export async function digest(asked: string, options: DigestOptions): Promise<void> {
  const chosen = DIGESTS.find(({ id }) => id === asked);
  if (!chosen)
    throw new UsageError(
      `There is no digest "${asked}". The digests are ${DIGESTS.map(({ id }) => id).join(', ')}.`,
    );
  const { post, week } = options;
  if (week !== undefined && (!isDay(week) || week < MARKETPLACE_OPENED))
    throw new UsageError(`--week is "${week}": give a date such as 2026-03-08.`);
  if (post !== undefined && !/^[CG][A-Z0-9]{2,}$/.test(post)) {
    throw new UsageError(`--post is "${post}": give a channel id such as C0123ABCD.`);
  }
  await withStore(async (store) => {
    const now = Date.now();
    const [developerId] = await store.read.readDeveloperIds();
    if (developerId === undefined)
      throw new UsageError('The store is empty: run `npm run pulse -- sync` first.');
    const apps = await store.read.readApps(developerId);
    const app = apps.find(({ appKey, name }) =>
      [appKey, name].some((text) => text.toLowerCase() === options.app?.toLowerCase()),
    );
    if (options.app !== undefined && !app) {
      throw new UsageError(
        `There is no app "${options.app}". The apps are ${apps.map(({ name }) => name).join(', ')}.`,
      );
    }
    const told = week === undefined ? lastCompleteWeek(now) : weekOf(week);
    const channels = await store.meta.read('channels');
    const channel =
      post ?? (channels === undefined ? '' : (JSON.parse(channels) as { digest: string }).digest);
    const id = subscriptionId({ digest: chosen.id, developerId, channel, appKey: app?.appKey ?? null });
    const { knownAt, message } = await createDigestBuilder(store)(chosen.id, {
      developerId,
      app: app ?? null,
      week: told,
      now,
      today: dayOf(now),
      isAsked: true,
      ...sinceTold(await store.told.readLast(id)),
    });
    print(options.json ? JSON.stringify(message, null, 2) : plainText(message));
    if (post === undefined) return;
    const key = `digest/1/${post}/asked/${chosen.id}/${app?.appKey ?? '*'}/${told}/${dayOf(now)}`;
    const { added } = await store.told.tell(
      toEntries({ key, kind: 'digest', channel: post }, message),
      { messageKey: key, subscriptionId: id, week: told, knownAt },
      now,
    );
    process.stderr.write(
      added > 0 ? `Enqueued for ${post}; the running bot posts it.\n` : `${post} has it already today.\n`,
    );
  });
}
