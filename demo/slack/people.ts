/** Acting as a person: commands, clicks, mentions, shortcuts, the Home tab. Payloads as Slack sends them. */
import { withBlockIds } from './api-method.ts';
import type { Delivery, Dispatch } from './deliver-http.ts';
import { actionOf, findElement } from './find-element.ts';
import type { Interaction, Waiting } from './interaction.ts';
import type { Interactions } from './interactions.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import type { Channel, SlackMessage, UserSetup, View, Workspace } from './workspace.ts';

/** How an act is delivered. */
export interface Acting extends Waiting {
  /** How often the same request or envelope reaches the app. Default 1; 2 tests its deduplication. */
  readonly deliveries?: number;
}

/** A typed slash command. */
export interface CommandAct extends Acting {
  /** With its slash. */
  readonly command: string;
  /** As typed; Slack escapes `& < >` on the way. */
  readonly text: string;
  readonly userId: string;
  readonly channelId: string;
}

/** A click on a button, or a choice in a menu of a message or of the Home tab. */
export interface ClickAct extends Acting {
  readonly userId: string;
  readonly actionId: string;
  /** Tells equal action ids apart, and chooses the option of a menu. */
  readonly value?: string;
  /** The message; without both the Home tab is meant. */
  readonly channelId?: string;
  readonly messageTs?: string;
}

/** A message that mentions the bot. */
export interface MentionAct extends Acting {
  readonly text: string;
  readonly userId: string;
  readonly channelId: string;
  readonly threadTs?: string;
}

/** A shortcut: global, or on a message. */
export interface ShortcutAct extends Acting {
  readonly callbackId: string;
  readonly userId: string;
  readonly channelId?: string;
  readonly messageTs?: string;
}

const VERIFICATION_TOKEN = 'simulated-verification-token';

/** The acts of people, delivered through `deliver`. */
export function createPeople(deps: {
  readonly workspace: Workspace;
  readonly interactions: Interactions;
  readonly deliver: (dispatch: Dispatch) => Promise<Delivery>;
  readonly ackLimitMs: number;
}) {
  const { workspace, interactions } = deps;
  const { team, bot } = workspace;

  function person(userId: string): UserSetup {
    const user = workspace.users.get(userId);
    if (user === undefined) throw new Error(`no user ${userId} in the simulated workspace`);
    return user;
  }

  function channelOf(channelId: string): Channel {
    const channel = workspace.channels.get(channelId);
    if (channel === undefined) throw new Error(`no channel ${channelId} in the simulated workspace`);
    return channel;
  }

  /** What Slack calls a channel in a command: private ones and direct messages stay nameless. */
  function payloadName(channel: Channel): string {
    if (channel.imUserId !== undefined) return 'directmessage';
    return channel.isPrivate ? 'privategroup' : channel.name;
  }

  function actionTs(): string {
    return (workspace.clock() / 1000).toFixed(6);
  }

  function userPayload(user: UserSetup): Record<string, unknown> {
    return { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? team.id };
  }

  function dispatchOf(kind: Dispatch['kind'], payload: Record<string, unknown>, act: Acting): Dispatch {
    return { kind, payload, deliveries: act.deliveries ?? 1, ackLimitMs: deps.ackLimitMs };
  }

  /** Names of channels and people with their ids, as `should_escape` of the manifest asks; private channels have none. */
  function withIds(text: string): string {
    return text.replace(/(?<=^|\s)([#@])([\p{L}\p{N}_.-]+)/gu, (typed, mark: string, name: string) => {
      const channel = [...workspace.channels.values()].find((one) => one.name === name && !one.isPrivate);
      const user = [...workspace.users.values()].find((one) => one.name === name);
      if (mark === '#') return channel ? `<#${channel.id}|${name}>` : typed;
      return user ? `<@${user.id}|${name}>` : typed;
    });
  }

  async function command(act: CommandAct): Promise<Interaction> {
    const user = person(act.userId);
    const channel = channelOf(act.channelId);
    const interaction = interactions.begin({ kind: 'commands', userId: user.id, channelId: channel.id });
    const payload = {
      token: VERIFICATION_TOKEN,
      team_id: user.teamId ?? team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: payloadName(channel),
      user_id: user.id,
      user_name: user.name,
      command: act.command,
      text: withIds(escapeMrkdwn(act.text.trim())),
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: interaction.responseUrl,
      trigger_id: interaction.triggerId,
    };
    const delivery = await deps.deliver(dispatchOf('slash_commands', payload, act));
    if (delivery.outcome !== 'acked') {
      interactions.showFailure(user.id, channel.id, act.command, delivery.outcome);
    }
    return interaction.finish(delivery, true, act);
  }

  async function click(act: ClickAct): Promise<Interaction> {
    const user = person(act.userId);
    const { message, view, blocks } = target(act);
    const found = findElement(blocks, act.actionId, act.value);
    if (found === undefined) {
      throw new Error(
        `no element with action_id ${act.actionId}${act.value === undefined ? '' : ` and value ${act.value}`}`,
      );
    }
    const interaction = interactions.begin({
      kind: 'actions',
      userId: user.id,
      ...(message !== undefined && { channelId: message.channel, original: message }),
    });
    const payload = {
      type: 'block_actions',
      user: userPayload(user),
      api_app_id: bot.appId,
      token: VERIFICATION_TOKEN,
      trigger_id: interaction.triggerId,
      team: { id: team.id, domain: team.domain },
      enterprise: null,
      is_enterprise_install: false,
      state: { values: {} },
      actions: [{ ...actionOf(found.element, act.value), block_id: found.blockId, action_ts: actionTs() }],
      ...(message === undefined
        ? {
            container: { type: 'view', view_id: view?.id },
            view: { ...view?.view, id: view?.id, hash: view?.hash },
          }
        : messagePart(message, interaction.responseUrl)),
    };
    const delivery = await deps.deliver(dispatchOf('interactive', payload, act));
    if (delivery.outcome !== 'acked' && message !== undefined) {
      interactions.showFailure(user.id, message.channel, bot.name, delivery.outcome);
    }
    return interaction.finish(delivery, false, act);
  }

  function target(act: ClickAct): {
    readonly message?: SlackMessage;
    readonly view?: View;
    readonly blocks: readonly Record<string, unknown>[];
  } {
    if (act.channelId !== undefined && act.messageTs !== undefined) {
      const message = workspace.find(act.channelId, act.messageTs);
      const isSeen = message?.ephemeralTo === undefined || message.ephemeralTo === act.userId;
      if (message === undefined || !isSeen) throw new Error(`no message ${act.messageTs} for ${act.userId}`);
      return { message, blocks: withBlockIds(message) };
    }
    const view = workspace.views.get(`home:${act.userId}`);
    if (view === undefined) throw new Error(`no Home tab published for ${act.userId}`);
    return { view, blocks: withBlockIds({ blocks: view.view.blocks, ts: '0.0', editions: [] }) };
  }

  /** Slack leaves `message` out for ephemeral messages: the app cannot read them back. */
  function messagePart(message: SlackMessage, responseUrl: string): Record<string, unknown> {
    const channel = channelOf(message.channel);
    const isEphemeral = message.ephemeralTo !== undefined;
    return {
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: isEphemeral,
        ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
      },
      channel: { id: channel.id, name: payloadName(channel) },
      response_url: responseUrl,
      ...(!isEphemeral && {
        message: {
          type: 'message',
          user: message.userId,
          bot_id: bot.botId,
          app_id: bot.appId,
          team: team.id,
          ts: message.ts,
          text: message.text,
          blocks: withBlockIds(message),
          ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
          ...(message.metadata !== undefined && { metadata: message.metadata }),
        },
      }),
    };
  }

  async function event(
    body: Readonly<Record<string, unknown>> & { readonly type: string },
    act: Acting & { readonly userId: string; readonly channelId?: string; readonly watchesThread?: string },
  ): Promise<Interaction> {
    const interaction = interactions.begin({
      kind: 'events',
      userId: act.userId,
      ...(act.channelId !== undefined && { channelId: act.channelId }),
      ...(act.watchesThread !== undefined && { watchesThread: act.watchesThread }),
    });
    const payload = {
      token: VERIFICATION_TOKEN,
      team_id: team.id,
      api_app_id: bot.appId,
      event: body,
      type: 'event_callback',
      event_id: workspace.newId('Ev'),
      event_time: Math.floor(workspace.clock() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: act.channelId !== undefined && channelOf(act.channelId).isExtShared,
      event_context: workspace.newId('4-'),
    };
    const delivery = await deps.deliver(dispatchOf('events_api', payload, act));
    return interaction.finish(delivery, false, act);
  }

  /** Posts as a person. Plain messages are not delivered to the app: it does not subscribe to them. */
  function say(text: string, userId: string, channelId: string, threadTs?: string): SlackMessage {
    return workspace.add({
      channel: channelOf(channelId).id,
      text: escapeMrkdwn(text),
      blocks: [],
      userId: person(userId).id,
      isBot: false,
      via: 'person',
      ...(threadTs !== undefined && { threadTs }),
    });
  }

  async function mention(act: MentionAct): Promise<Interaction> {
    const user = person(act.userId);
    const message = workspace.add({
      channel: channelOf(act.channelId).id,
      text: `<@${bot.userId}> ${escapeMrkdwn(act.text)}`,
      blocks: [],
      userId: user.id,
      isBot: false,
      via: 'person',
      ...(act.threadTs !== undefined && { threadTs: act.threadTs }),
    });
    const body = {
      type: 'app_mention',
      user: user.id,
      team: team.id,
      text: message.text,
      ts: message.ts,
      channel: message.channel,
      event_ts: message.ts,
      ...(act.threadTs !== undefined && { thread_ts: act.threadTs }),
    };
    return event(body, {
      ...act,
      channelId: message.channel,
      watchesThread: act.threadTs ?? message.ts,
    });
  }

  async function shortcut(act: ShortcutAct): Promise<Interaction> {
    const user = person(act.userId);
    const message =
      act.channelId === undefined || act.messageTs === undefined
        ? undefined
        : workspace.find(act.channelId, act.messageTs);
    const interaction = interactions.begin({
      kind: 'actions',
      userId: user.id,
      ...(message !== undefined && { channelId: message.channel }),
    });
    const payload = {
      type: message === undefined ? 'shortcut' : 'message_action',
      callback_id: act.callbackId,
      trigger_id: interaction.triggerId,
      token: VERIFICATION_TOKEN,
      action_ts: actionTs(),
      team: { id: team.id, domain: team.domain },
      enterprise: null,
      is_enterprise_install: false,
      user: userPayload(user),
      ...(message !== undefined && {
        ...messagePart(message, interaction.responseUrl),
        message_ts: message.ts,
      }),
    };
    const delivery = await deps.deliver(dispatchOf('interactive', payload, act));
    return interaction.finish(delivery, false, act);
  }

  async function openHome(act: Acting & { readonly userId: string }): Promise<Interaction> {
    const user = person(act.userId);
    const view = workspace.views.get(`home:${user.id}`);
    const body = {
      type: 'app_home_opened',
      user: user.id,
      channel: workspace.imOf(user.id).id,
      tab: 'home',
      event_ts: actionTs(),
      ...(view !== undefined && { view: { ...view.view, id: view.id, hash: view.hash } }),
    };
    return event(body, { ...act, userId: user.id });
  }

  return { command, click, mention, shortcut, openHome, say, event };
}
