/** `PULSE_ALLOWED_USERS`, `PULSE_ALLOWED_USERGROUPS` and `PULSE_ALLOWED_CHANNELS`. */
export interface AccessRules {
  readonly users?: readonly string[];
  /** Groups whose members count as named. Users and groups both absent or empty: everyone of this workspace. */
  readonly groups?: readonly string[];
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
  /** A member of one of the groups that are allowed. */
  readonly isInGroup?: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isExternallyShared?: boolean;
  /** The bot may ask, asked and got no answer. */
  readonly isUnconfirmed?: boolean;
}

/** What somebody may do. `see-contacts` and `share` are part of an answer, the others are ways to get one. */
export type Right = 'ask' | 'see-contacts' | 'share' | 'see-home';

/** `member`: of this workspace, and no guest as Slack says; `presumed`: Slack may not be asked about guests. */
type Who = 'named' | 'member' | 'presumed';
type Where = 'listed' | 'direct';

/**
 * Who may do what where. Whatever does not stand here is refused. `named`: in the list of users or in an allowed group;
 * the others exist only where nobody is named. `direct`: the direct message with the bot, whose Home is part of it.
 */
export const GRANTS: readonly {
  readonly who: Who;
  readonly where: Where;
  readonly rights: readonly Right[];
}[] = [
  { who: 'named', where: 'listed', rights: ['ask', 'see-contacts', 'share'] },
  { who: 'named', where: 'direct', rights: ['ask', 'see-contacts', 'see-home'] },
  { who: 'member', where: 'listed', rights: ['ask', 'share'] },
  { who: 'member', where: 'direct', rights: ['see-home'] },
  { who: 'presumed', where: 'listed', rights: ['ask', 'share'] },
];

/** Why somebody is refused, for the asker: names neither people nor channels nor data. */
const REFUSALS = {
  other_workspace: 'I answer members of my own workspace only.',
  unknown_user: 'I could not tell who is asking.',
  guest: 'I answer full members of the workspace only, not guests.',
  shared_channel: 'I do not answer in channels that are shared with another company.',
  user_not_allowed: 'You are not among the people who may ask me; the person who runs this app can add you.',
  unconfirmed: 'Slack did not confirm who is asking; please try again in a minute.',
  channel_not_allowed:
    'I do not answer here; ask in a channel I post to, or ask the person who runs this app.',
  home_not_allowed:
    'I show nothing here until the person who runs this app names you, or grants me the scope that tells members from guests.',
} as const;

/** Why somebody is refused, as the audit keeps it. */
export type RefusalCode = keyof typeof REFUSALS;

/** The verdict; `sentence` is for the asker. */
export type Verdict =
  | { readonly allowed: true; readonly rights: readonly Right[] }
  | { readonly allowed: false; readonly code: string; readonly sentence: string };

function refuse(code: RefusalCode): Verdict {
  return { allowed: false, code, sentence: REFUSALS[code] };
}

/** Channel ids of direct messages. Group direct messages begin otherwise and count as channels. */
function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith('D');
}

function whoIs(rules: AccessRules, ownTeamId: string, asker: Asker, facts: AskerFacts): Who | RefusalCode {
  const { groups = [], users = [] } = rules;
  if (ownTeamId === '' || asker.teamId !== ownTeamId) return 'other_workspace';
  if (asker.userId === '') return 'unknown_user';
  if (facts.isGuest) return 'guest';
  if (users.includes(asker.userId) || facts.isInGroup) return facts.isUnconfirmed ? 'unconfirmed' : 'named';
  if (facts.isUnconfirmed && (groups.length > 0 || users.length === 0)) return 'unconfirmed';
  if (users.length + groups.length > 0) return 'user_not_allowed';
  return facts.isGuest === false ? 'member' : 'presumed';
}

function whereIs({ channels }: AccessRules, { channelId }: Asker, facts: AskerFacts): Where | RefusalCode {
  if (facts.isExternallyShared) return 'shared_channel';
  if (isDirectMessage(channelId)) return 'direct';
  return channels.includes(channelId) ? 'listed' : 'channel_not_allowed';
}

function isRefusal(word: string): word is RefusalCode {
  return word in REFUSALS;
}

/**
 * May this person do that here? Deny by default: only people of the bot's own workspace, no guests, never in a channel
 * shared with another company, and then only what the table grants. The verdict lists all that is granted there.
 */
export function decideAccess(
  rules: AccessRules,
  ownTeamId: string,
  asker: Asker,
  facts: AskerFacts = {},
  right: Right = 'ask',
): Verdict {
  const who = whoIs(rules, ownTeamId, asker, facts);
  const where = whereIs(rules, asker, facts);
  if (where === 'shared_channel' && who !== 'other_workspace' && who !== 'unknown_user') return refuse(where);
  if (isRefusal(who)) return refuse(who);
  if (isRefusal(where)) return refuse(where);
  const rights = GRANTS.find((grant) => grant.who === who && grant.where === where)?.rights ?? [];
  if (rights.includes(right)) return { allowed: true, rights };
  return refuse(right === 'see-home' ? 'home_not_allowed' : 'channel_not_allowed');
}
