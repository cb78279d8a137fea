import { createAlertDesk } from '../../../src/alerts/alert-desk.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import { answerCommand } from '../../../src/commands/index.ts';
import { dayOf, type Instant } from '../../../src/domain/day.ts';
import type { Message } from '../../../src/domain/message.ts';
import { plainText } from '../../../src/messages/plain-text.ts';
import { createDigestBuilder } from '../../../src/schedule/prepare-digests.ts';
import { createSubscriptionDesk } from '../../../src/schedule/subscription-desk.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';
import type { Store } from '../../../src/store/store.ts';

/** Tuesday, 17 March 2026: the newest complete week is 8 to 14 March. */
export const NOW: Instant = Date.parse('2026-03-17T09:00:00Z');

/** What a command may use, over a real store; tests change what they are about. */
export function contextOf(store: Store, changes: Partial<CommandContext> = {}): CommandContext {
  return {
    read: store.read,
    search: store.search,
    now: NOW,
    today: dayOf(NOW),
    slash: '/pulse',
    showContacts: false,
    isNamed: false,
    asker: { userId: 'U1', channelId: 'C1' },
    alerts: createAlertDesk({
      store,
      developerIds: ['dev-1'],
      channels: { alert: 'C1', ops: 'C9' },
      zone: 'UTC',
      clock: () => NOW,
    }),
    subscriptions: createSubscriptionDesk({
      store,
      buildDigest: createDigestBuilder(store),
      defaults: [],
      cron: '0 9 * * 2',
      zone: 'UTC',
      clock: () => NOW,
    }),
    places: {
      check: async () => ({ kind: 'open' }),
      find: async () => undefined,
      readZone: async () => undefined,
    },
    askLive: async () => ({ kind: 'failed', code: 'API_UNAVAILABLE' }),
    sendFiles: async () => ({ kind: 'sent' }),
    readLastTold: async () => undefined,
    buildDigest: createDigestBuilder(store),
    readNumbers: (ref) => store.numbers.read(ref),
    readAge: async () => ({ asOf: NOW, now: NOW }),
    readStatus: async () => ({
      spaces: [],
      waiting: 0,
      refused: 0,
      parked: [],
      nextRuns: [],
      alerts: [],
      timeZone: 'UTC',
    }),
    requestSync: async () => 'started',
    ...changes,
  };
}

/** The answer to what somebody types after `/pulse`, the way the bot reads it. */
export function answerTo(store: Store, text: string, changes?: Partial<CommandContext>): Promise<Message> {
  return answerCommand(parseCommand(text).words, contextOf(store, changes));
}

/** The answer as a person reads it. */
export async function asked(store: Store, text: string, changes?: Partial<CommandContext>): Promise<string> {
  return plainText(await answerTo(store, text, changes)).replaceAll('\u00A0', ' ');
}

interface Choice {
  readonly text: { readonly text: string };
  readonly value: string;
}

function choicesOf({ blocks }: Message): Choice[] {
  return blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as (Choice & { readonly options?: readonly Choice[] })[])
    .flatMap((element) => element.options ?? [element]);
}

/** What the buttons and the choices in menus of a message ask, in their order. */
export function asksOf(message: Message): string[] {
  return choicesOf(message).map(({ value }) => value);
}

/** The same, by their words. */
export function buttonsOf(message: Message): Record<string, string> {
  return Object.fromEntries(choicesOf(message).map(({ text, value }) => [text.text, value]));
}
