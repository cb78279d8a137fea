/** `PULSE_ALLOWED_USERS` and `PULSE_ALLOWED_CHANNELS`. */
export interface AccessRules {
  /** Absent or empty: everyone of this workspace, in an allowed channel. */
  readonly users?: readonly string[];
  readonly channels: readonly string[];
}

/** Who asks, and where. */
export interface Asker {
  readonly userId: string;
  readonly channelId: string;
  /** The asker's workspace. */
  readonly teamId: string;
}

/** What Slack told about asker and channel; absent where the bot has no scope to ask. */
export interface AskerFacts {
  readonly isGuest?: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isExternallyShared?: boolean;
  /** The bot may ask, asked and got no answer. */
  readonly isUnconfirmed?: boolean;
}

/** The verdict; `sentence` is for the asker and names neither people nor channels nor data. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: string; readonly sentence: string };

function refuse(code: string, sentence: string): Verdict {
  return { allowed: false, code, sentence };
}

/** Channel ids of direct messages. Group direct messages begin otherwise and count as channels. */
function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith('D');
}

/**
 * May this person ask here? Only people of the bot's own workspace, no guests, never in a channel shared with another
 * company. With a list of users only those, in an allowed channel or in a direct message; without one everybody, in an
 * allowed channel only.
 */
export function decideAccess(
  rules: AccessRules,
  ownTeamId: string,
  asker: Asker,
  facts: AskerFacts = {},
): Verdict {
  const users = rules.users ?? [];
  if (ownTeamId === '' || asker.teamId !== ownTeamId)
    return refuse('other_workspace', 'I answer members of my own workspace only.');
  if (asker.userId === '') return refuse('unknown_user', 'I could not tell who is asking.');
  if (facts.isGuest) return refuse('guest', 'I answer full members of the workspace only, not guests.');
  if (facts.isExternallyShared)
    return refuse('shared_channel', 'I do not answer in channels that are shared with another company.');
  if (users.length > 0 && !users.includes(asker.userId))
    return refuse(
      'user_not_allowed',
      'You are not among the people who may ask me; the person who runs this app can add you.',
    );
  if (facts.isUnconfirmed)
    return refuse('unconfirmed', 'Slack did not confirm who is asking; please try again in a minute.');
  const isAllowedPlace = isDirectMessage(asker.channelId)
    ? users.length > 0
    : rules.channels.includes(asker.channelId);
  return isAllowedPlace
    ? { allowed: true }
    : refuse(
        'channel_not_allowed',
        'I do not answer here; ask in a channel I post to, or ask the person who runs this app.',
      );
}
