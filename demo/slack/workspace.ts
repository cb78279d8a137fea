/**
 * The state of the simulated workspace: people, channels, messages. It knows nothing of HTTP; the Web API,
 * the response URLs and the page all read and change it here.
 */
import type { Clock } from '../../src/domain/clock.ts';
import type { Instant } from '../../src/domain/day.ts';
import type { Block } from '../../src/domain/message.ts';

/** The workspace itself. */
export interface TeamSetup {
  readonly id: string;
  readonly name: string;
  /** `acme` in `acme.slack.com`. */
  readonly domain: string;
}

/** A person of (or a stranger to) the workspace. */
export interface UserSetup {
  readonly id: string;
  /** The handle, without `@`. */
  readonly name: string;
  readonly realName?: string;
  /** IANA zone; dates on the page are shown in it. Default UTC. */
  readonly tz?: string;
  /** A multi-channel guest. */
  readonly isRestricted?: boolean;
  /** A single-channel guest. */
  readonly isUltraRestricted?: boolean;
  /** Another workspace's id makes the user a Slack Connect stranger. */
  readonly teamId?: string;
  readonly isDeleted?: boolean;
}

/** A channel. Everybody is a member unless `members` says otherwise. */
export interface ChannelSetup {
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isExtShared?: boolean;
  /** Whether the bot was invited. Default true. */
  readonly hasBot?: boolean;
  readonly members?: readonly string[];
  readonly topic?: string;
}

/** A channel as the simulator keeps it; direct messages with the bot are created when first needed. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isExtShared: boolean;
  readonly hasBot: boolean;
  readonly topic: string;
  readonly createdAt: Instant;
  readonly members: readonly string[] | undefined;
  /** The person at the other end, when this is a direct message with the bot. */
  readonly imUserId: string | undefined;
}

/** A user group, `@support`. */
export interface UsergroupSetup {
  readonly id: string;
  readonly users: readonly string[];
}

/** The bot's identities in this workspace. */
export interface Bot {
  readonly userId: string;
  readonly botId: string;
  readonly appId: string;
  /** The name shown above its messages. */
  readonly name: string;
  /** Its handle, as `auth.test` answers. */
  readonly handle: string;
}

/** `metadata` of a message: an event type and a flat payload. */
export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** How a message came into the workspace. */
export type MessageVia =
  | 'chat.postMessage'
  | 'chat.postEphemeral'
  | 'ack'
  | 'response_url'
  | 'person'
  | 'slack';

/** What a message said before an edit. */
export interface Edition {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly at: Instant;
}

/** One accepted message, as the ledger keeps it. `blocks` are exactly as sent. */
export interface SlackMessage {
  readonly channel: string;
  /** Slack's timestamp, `1742288400.000100`: the message's id inside its channel, strictly increasing. */
  readonly ts: string;
  /** The parent's `ts`, on replies only. */
  readonly threadTs?: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: MessageMetadata;
  /** The author: a person, the bot's user id, or `USLACKBOT`. */
  readonly userId: string;
  readonly isBot: boolean;
  readonly via: MessageVia;
  readonly postedAt: Instant;
  readonly editedAt?: Instant;
  /** Earlier wordings, oldest first. */
  readonly editions: readonly Edition[];
  /** The only person who sees it. */
  readonly ephemeralTo?: string;
  /** A reply that was also sent to the channel. */
  readonly isBroadcast: boolean;
  /** Everything the sender passed, token removed. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** A message before it has a `ts`. */
export type NewMessage = Pick<SlackMessage, 'channel' | 'text' | 'blocks' | 'userId' | 'isBot' | 'via'> &
  Partial<Pick<SlackMessage, 'threadTs' | 'metadata' | 'ephemeralTo' | 'isBroadcast' | 'sent'>>;

/** Which messages `messages` answers. Ephemeral ones are included unless `ephemeral` is false. */
export interface MessageFilter {
  readonly channel?: string;
  /** The parent's `ts`: the parent itself and its replies. */
  readonly thread?: string;
  readonly by?: 'bot' | 'people';
  readonly ephemeral?: boolean;
}

/** A view the bot opened or published. */
export interface View {
  readonly id: string;
  readonly hash: string;
  readonly type: 'modal' | 'home';
  readonly userId: string;
  readonly view: Readonly<Record<string, unknown>> & { readonly blocks: readonly Block[] };
}

/** What changed, for whoever watches. */
export type Change =
  | { readonly kind: 'added' | 'edited' | 'removed'; readonly message: SlackMessage }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'channel' };

/** The bot, unless a setup says otherwise. */
export const BOT: Bot = {
  userId: 'U0PULSEBOT',
  botId: 'B0PULSEBOT',
  appId: 'A0PULSEAPP',
  name: 'Marketplace Pulse',
  handle: 'marketplace_pulse',
};

/** Slackbot's user id in every workspace. */
export const SLACKBOT = 'USLACKBOT';

const CHANNEL_DEFAULTS = {
  isPrivate: false,
  isArchived: false,
  isExtShared: false,
  hasBot: true,
  topic: '',
};

/** The workspace: state and the changes it allows. Every change calls the listeners. */
export type Workspace = ReturnType<typeof createWorkspace>;

/** Builds the workspace's state from its setup. `clock` gives the `ts` of messages. */
export function createWorkspace(setup: {
  readonly team: TeamSetup;
  readonly bot: Bot;
  readonly otherBots?: readonly Bot[];
  readonly users: readonly UserSetup[];
  readonly channels: readonly ChannelSetup[];
  readonly usergroups?: readonly UsergroupSetup[];
  readonly clock: Clock;
}) {
  const { team, bot, clock } = setup;
  const bots = new Map([bot, ...(setup.otherBots ?? [])].map((one) => [one.userId, one]));
  const users = new Map(setup.users.map((user) => [user.id, user]));
  const usergroups = new Map((setup.usergroups ?? []).map((group) => [group.id, group.users]));
  const channels = new Map<string, Channel>();
  for (const channel of setup.channels) addChannel(channel);
  const messages: SlackMessage[] = [];
  const views = new Map<string, View>();
  const listeners = new Set<(change: Change) => void>();
  let lastTsMicros = 0;
  let counter = 0;

  function addChannel(channel: ChannelSetup & { readonly imUserId?: string }): Channel {
    const added: Channel = {
      ...CHANNEL_DEFAULTS,
      createdAt: clock(),
      members: undefined,
      imUserId: undefined,
      ...channel,
    };
    channels.set(added.id, added);
    return added;
  }

  function changed(change: Change): void {
    for (const listener of listeners) listener(change);
  }

  function nextTs(): string {
    lastTsMicros = Math.max(Math.round(clock() * 1000), lastTsMicros + 100);
    const micros = String(lastTsMicros).padStart(16, '0');
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  /** A direct message with the bot; opened on first use. */
  function imOf(userId: string): Channel {
    const id = `D${userId.slice(1)}`;
    return (
      channels.get(id) ??
      addChannel({ id, name: 'directmessage', isPrivate: true, imUserId: userId, members: [userId] })
    );
  }

  function isMember(channel: Channel, userId: string): boolean {
    if (userId === bot.userId) return channel.hasBot;
    return channel.members === undefined || channel.members.includes(userId);
  }

  function add(message: NewMessage): SlackMessage {
    const stored: SlackMessage = {
      isBroadcast: false,
      sent: {},
      ...message,
      ts: nextTs(),
      postedAt: clock(),
      editions: [],
    };
    messages.push(stored);
    changed({ kind: 'added', message: stored });
    return stored;
  }

  function find(channelId: string, ts: string): SlackMessage | undefined {
    return messages.find((message) => message.channel === channelId && message.ts === ts);
  }

  function edit(
    message: SlackMessage,
    change: Partial<Pick<SlackMessage, 'text' | 'blocks' | 'metadata' | 'sent'>>,
  ): SlackMessage {
    const edition: Edition = {
      text: message.text,
      blocks: message.blocks,
      at: message.editedAt ?? message.postedAt,
    };
    const edited = { ...message, ...change, editedAt: clock(), editions: [...message.editions, edition] };
    messages[messages.indexOf(message)] = edited;
    changed({ kind: 'edited', message: edited });
    return edited;
  }

  function remove(message: SlackMessage): void {
    const index = messages.indexOf(message);
    if (index >= 0) messages.splice(index, 1);
    changed({ kind: 'removed', message });
  }

  function select(filter: MessageFilter = {}): SlackMessage[] {
    return messages.filter(
      (message) =>
        (filter.channel === undefined || message.channel === filter.channel) &&
        (filter.thread === undefined || message.ts === filter.thread || message.threadTs === filter.thread) &&
        (filter.by === undefined || message.isBot === (filter.by === 'bot')) &&
        (filter.ephemeral === undefined || (message.ephemeralTo !== undefined) === filter.ephemeral),
    );
  }

  return {
    team,
    bot,
    /** Every bot by its user id, `bot` included. */
    bots,
    users,
    channels,
    /** The members of each user group. */
    usergroups,
    views,
    clock,
    imOf,
    isMember,
    add,
    find,
    edit,
    remove,
    select,
    /** A new id that does not repeat, with Slack's kind letter in front. */
    newId(letter: string): string {
      counter += 1;
      return `${letter}0${counter.toString(36).toUpperCase().padStart(9, '0')}`;
    },
    setChannel(id: string, change: Partial<Omit<Channel, 'id'>>): void {
      const channel = channels.get(id);
      if (channel === undefined) throw new Error(`no channel ${id} in the simulated workspace`);
      channels.set(id, { ...channel, ...change });
      changed({ kind: 'channel' });
    },
    setView(view: View): void {
      views.set(view.type === 'home' ? `home:${view.userId}` : view.id, view);
      changed({ kind: 'view', view });
    },
    /** Calls `listener` after every change; answers the function that stops it. */
    onChange(listener: (change: Change) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
