import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import type { Asker, AskerFacts } from './access.ts';
import { outcomeOf } from './outcome.ts';

/** What the directory works with. `scopes`: those of the token, undefined when Slack did not say. */
export interface DirectoryDeps {
  readonly client: WebClient;
  /** Groups whose members may ask. */
  readonly groups: readonly string[];
  /** People who may ask whatever groups they are in. */
  readonly users: readonly string[];
  readonly scopes: () => readonly string[] | undefined;
  readonly clock: Clock;
}

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 1000;

type Answer<Known> = Known | 'unknown' | 'unconfirmed';

/** A person or channel Slack does not show to this bot: nothing is known, and that is no error. */
function isHidden(error: unknown): boolean {
  const outcome = outcomeOf({ error });
  const code = 'code' in outcome ? outcome.code : '';
  return outcome.kind === 'parked' || code === 'missing_scope' || code === 'user_not_found';
}

/** Keeps answers of Slack for five minutes. */
function createMemory<Known>({ clock, scopes }: Pick<DirectoryDeps, 'clock' | 'scopes'>) {
  const kept = new Map<string, { answer: Known; at: Instant }>();
  return async function lookUp(
    id: string,
    wanted: RegExp,
    ask: () => Promise<Known>,
  ): Promise<Answer<Known>> {
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
  };
}

/**
 * Tells guests, members of groups and externally shared channels from others, where the optional scopes `users:read`,
 * `usergroups:read` and `channels:read` or `groups:read` allow it. Answers are kept for five minutes.
 */
export function createDirectory({ client, clock, groups, scopes, users }: DirectoryDeps) {
  const lookUp = createMemory<boolean>({ clock, scopes });
  const lookUpGroup = createMemory<ReadonlySet<string>>({ clock, scopes });

  function isGuest(userId: string): Promise<Answer<boolean>> {
    return lookUp(userId, /^users:read$/, async () => {
      const { user } = await client.users.info({ user: userId });
      return Boolean(user?.is_restricted || user?.is_ultra_restricted || user?.is_stranger);
    });
  }

  function readGroup(id: string): Promise<Answer<ReadonlySet<string>>> {
    return lookUpGroup(id, /^usergroups:read$/, async () => {
      const { users: members } = await client.usergroups.users.list({ usergroup: id });
      return new Set(members);
    });
  }

  /** Without the scope nobody is in a group. A group that cannot be read now refuses those whom no other one lets in. */
  async function isInGroup(userId: string): Promise<Answer<boolean>> {
    if (groups.length === 0 || users.includes(userId)) return 'unknown';
    const members = await Promise.all(groups.map(readGroup));
    if (members.some((one) => typeof one === 'object' && one.has(userId))) return true;
    return members.includes('unconfirmed') ? 'unconfirmed' : false;
  }

  function isExternallyShared(channelId: string): Promise<Answer<boolean>> {
    return lookUp(channelId, /^(channels|groups):read$/, async () => {
      const { channel } = await client.conversations.info({ channel: channelId });
      return Boolean(channel?.is_ext_shared);
    });
  }

  return {
    /** What Slack says about asker and channel; a direct message is never shared. */
    async readFacts({ userId, channelId }: Asker): Promise<AskerFacts> {
      const [guest, group, shared] = await Promise.all([
        isGuest(userId),
        isInGroup(userId),
        channelId.startsWith('D') ? 'unknown' : isExternallyShared(channelId),
      ]);
      return {
        ...(typeof guest === 'boolean' && { isGuest: guest }),
        ...(typeof group === 'boolean' && { isInGroup: group }),
        ...(typeof shared === 'boolean' && { isExternallyShared: shared }),
        ...([guest, group, shared].includes('unconfirmed') && { isUnconfirmed: true }),
      };
    },
  };
}
