import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import type { Asker, AskerFacts } from './access.ts';
import { outcomeOf } from './outcome.ts';

/** What the directory works with. `scopes`: those of the token, undefined when Slack did not say. */
export interface DirectoryDeps {
  readonly client: WebClient;
  readonly scopes: () => readonly string[] | undefined;
  readonly clock: Clock;
}

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1000;

type Answer = boolean | 'unknown' | 'unconfirmed';

/** A person or channel Slack does not show to this bot: nothing is known, and that is no error. */
function isHidden(error: unknown): boolean {
  const outcome = outcomeOf({ error });
  const code = 'code' in outcome ? outcome.code : '';
  return outcome.kind === 'parked' || code === 'missing_scope' || code === 'user_not_found';
}

/**
 * Tells guests and externally shared channels from others, where the optional scopes `users:read` and `channels:read`
 * or `groups:read` allow it. Answers are kept for five minutes.
 */
export function createDirectory({ client, scopes, clock }: DirectoryDeps) {
  const kept = new Map<string, { answer: boolean; at: Instant }>();

  async function lookUp(id: string, wanted: RegExp, ask: () => Promise<boolean>): Promise<Answer> {
    if (!scopes()?.some((scope) => wanted.test(scope))) return 'unknown';
    const known = kept.get(id);
    const ageMs = known ? clock() - known.at : 0;
    if (known && ageMs >= 0 && ageMs < KEPT_MS) return known.answer;
    try {
      const answer = await ask();
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(id, { answer, at: clock() });
      return answer;
    } catch (error) {
      return isHidden(error) ? 'unknown' : 'unconfirmed';
    }
  }

  function isGuest(userId: string): Promise<Answer> {
    return lookUp(userId, /^users:read$/, async () => {
      const { user } = await client.users.info({ user: userId });
      return Boolean(user?.is_restricted || user?.is_ultra_restricted || user?.is_stranger);
    });
  }

  function isExternallyShared(channelId: string): Promise<Answer> {
    return lookUp(channelId, /^(channels|groups):read$/, async () => {
      const { channel } = await client.conversations.info({ channel: channelId });
      return Boolean(channel?.is_ext_shared);
    });
  }

  return {
    /** What Slack says about asker and channel; a direct message is never shared. */
    async readFacts({ userId, channelId }: Asker): Promise<AskerFacts> {
      const [guest, shared] = await Promise.all([
        isGuest(userId),
        channelId.startsWith('D') ? 'unknown' : isExternallyShared(channelId),
      ]);
      return {
        ...(typeof guest === 'boolean' && { isGuest: guest }),
        ...(typeof shared === 'boolean' && { isExternallyShared: shared }),
        ...((guest === 'unconfirmed' || shared === 'unconfirmed') && { isUnconfirmed: true }),
      };
    },
  };
}
