import type { WebClient } from '@slack/web-api';
import type { Place, Places } from '../commands/command.ts';
import type { Verdict } from './access.ts';
import { outcomeOf } from './outcome.ts';

/** What looking at channels and people works with. */
export interface PlacesDeps {
  readonly client: WebClient;
  /** Those of the token; undefined when Slack did not say. */
  readonly scopes: () => readonly string[] | undefined;
  /** May this person ask in this channel? */
  readonly decide: (userId: string, channelId: string) => Promise<Verdict>;
  /** The channels in which asking is allowed. */
  readonly channels: readonly string[];
}

const CHANNELS = /^(?:channels|groups):read$/;
const USERS = /^users:read$/;

/** What a failed look at a channel means: the bot is not in it, or it may not look, or Slack did not answer. */
function kindOf(error: unknown): 'absent' | 'unseen' {
  const outcome = outcomeOf({ error });
  return outcome.kind === 'parked' ? 'absent' : 'unseen';
}

/** What Slack tells of channels and people where the optional scopes allow it, asked anew each time. */
export function createPlaces({ client, scopes, decide, channels }: PlacesDeps): Places {
  const may = (wanted: RegExp): boolean => scopes()?.some((scope) => wanted.test(scope)) ?? false;

  async function look(channelId: string): Promise<Exclude<Place['kind'], 'forbidden'>> {
    if (!may(CHANNELS)) return 'unseen';
    try {
      const { channel } = await client.conversations.info({ channel: channelId });
      // A share that waits for the other company's consent is one from the moment it is given.
      if (channel?.is_ext_shared || channel?.is_pending_ext_shared) return 'shared';
      if (channel?.is_archived) return 'archived';
      return channel?.is_member ? 'open' : 'absent';
    } catch (error) {
      return kindOf(error);
    }
  }

  async function nameOf(channelId: string): Promise<string | undefined> {
    try {
      const { channel } = await client.conversations.info({ channel: channelId });
      return channel?.name;
    } catch {
      return undefined;
    }
  }

  return {
    async check(channelId, userId) {
      // Why the channel cannot be used says more to the asker than that they may not ask there.
      const kind = await look(channelId);
      if (kind !== 'open' && kind !== 'unseen') return { kind };
      const verdict = await decide(userId, channelId);
      return verdict.allowed ? { kind } : { kind: 'forbidden', sentence: verdict.sentence };
    },

    async find(name) {
      if (!may(CHANNELS)) return undefined;
      for (const id of channels) if ((await nameOf(id)) === name) return id;
      return undefined;
    },

    async readZone(userId) {
      if (!may(USERS)) return undefined;
      try {
        const { user } = await client.users.info({ user: userId });
        return user?.tz;
      } catch {
        return undefined;
      }
    },
  };
}
