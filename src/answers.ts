import type { createAlertDesk } from './alerts/alert-desk.ts';
import { answerMessage } from './commands/answer-lookup.ts';
import type { CommandContext, Places } from './commands/command.ts';
import { answerCommand, refreshForm, submitForm } from './commands/index.ts';
import type { StartConfig } from './config/read-config.ts';
import type { BuildDigest } from './digests/build-digest.ts';
import type { Clock } from './domain/clock.ts';
import { dayOf } from './domain/day.ts';
import type { Log } from './domain/log.ts';
import type { Answer } from './domain/message.ts';
import { askLive } from './live-search.ts';
import { defaultSubscriptions } from './record-configuration.ts';
import { readStatus } from './schedule/read-status.ts';
import { createSubscriptionDesk } from './schedule/subscription-desk.ts';
import type { SyncRunner } from './schedule/sync-runner.ts';
import { shareOnce } from './share-once.ts';
import type { Right } from './slack/access.ts';
import type { AskRequest, FormRequest } from './slack/answering.ts';
import type { createBolt } from './slack/bolt.ts';
import { parseCommand } from './slack/parse-command.ts';
import type { Store } from './store/store.ts';
import { subscriptionId, type SubscriptionInput } from './store/subscriptions.ts';

/** What answers are made of. */
export interface AnswersDependencies {
  readonly config: StartConfig;
  readonly store: Store;
  readonly desk: ReturnType<typeof createAlertDesk>;
  /** What Slack tells of channels and people. */
  readonly places: () => Places;
  readonly buildDigest: BuildDigest;
  readonly sync: Pick<SyncRunner, 'request' | 'readFailure'>;
  readonly sendFiles: ReturnType<typeof createBolt>['sendFiles'];
  readonly clock: Clock;
  readonly log: Log;
}

/** What people get for what they ask: commands, clicks, forms, mentions and shortcuts, answered from the store. */
export function createAnswers(dependencies: AnswersDependencies) {
  const { buildDigest, clock, config, desk, log, places, sendFiles, store, sync } = dependencies;
  const { channels, marketplace, timeZone } = config;

  const subscriptions = createSubscriptionDesk({
    store,
    buildDigest,
    defaults: defaultSubscriptions(config),
    cron: config.digestSchedule,
    zone: timeZone,
    clock,
  });

  /** What a digest told in the asker's channel, where it comes there, otherwise in the channel of the digests. */
  async function readLastTold(asked: Omit<SubscriptionInput, 'channel' | 'cron' | 'zone'>, channel: string) {
    return (
      (await store.told.readLast(subscriptionId({ ...asked, channel }))) ??
      store.told.readLast(subscriptionId({ ...asked, channel: channels.digest }))
    );
  }

  function contextFor(
    {
      channelId,
      origin,
      text = '',
      userId,
    }: Pick<AskRequest, 'channelId' | 'origin' | 'userId'> & { readonly text?: string },
    rights: readonly Right[],
  ): CommandContext {
    const now = clock();
    return {
      read: store.read,
      search: store.search,
      now,
      today: dayOf(now),
      slash: config.command,
      showContacts: rights.includes('see-contacts'),
      isNamed: rights.includes('see-contacts'),
      asker: { userId, channelId },
      alerts: desk,
      subscriptions,
      places: places(),
      ...(rights.includes('share') &&
        origin !== undefined && {
          post: (message) =>
            shareOnce(store.outbox, { channel: channelId, origin, asked: text, message }, now),
        }),
      askLive: (text) => askLive(marketplace, text, log),
      sendFiles: (files, sentence) => sendFiles(userId, files, sentence),
      readLastTold: (digest, developerId, appKey) => readLastTold({ digest, developerId, appKey }, channelId),
      readNumbers: (ref) => store.numbers.read(ref),
      buildDigest,
      readAge: async () => ({
        asOf: await store.read.readAsOf(marketplace.developerIds[0] ?? '', ['licenses', 'transactions']),
        now,
      }),
      readStatus: () =>
        readStatus(store, marketplace.developerIds, timeZone, clock(), {
          readAlerts: async () => desk.readEverywhere(),
          syncFailure: sync.readFailure(),
        }),
      requestSync: async () => sync.request(),
    };
  }

  const answer = (request: AskRequest, rights: readonly Right[]): Promise<Answer> =>
    request.source === 'shortcut'
      ? answerMessage(request.text, contextFor(request, rights))
      : answerCommand(parseCommand(request.text).words, contextFor(request, rights));

  const formEntries = ({ entries }: FormRequest) =>
    entries.map(({ id, isKept = false, text }) => ({ id, isKept, words: parseCommand(text).words }));

  const submit = (request: FormRequest, rights: readonly Right[]) =>
    submitForm(formEntries(request), contextFor(request, rights));

  const refresh = (request: FormRequest, rights: readonly Right[]) =>
    refreshForm(formEntries(request), contextFor(request, rights));

  return { answer, submit, refresh };
}
