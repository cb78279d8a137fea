/**
 * A simulated Slack workspace on loopback: the Web API, Socket Mode, signed requests to the app, response URLs,
 * and a page that shows the channels. It is stricter than Slack where Slack's limits are in doubt, and it keeps a
 * ledger of everything, so that tests can say what was posted, how often and to whom.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../src/domain/clock.ts';
import type { ReadGallery } from './page/gallery.ts';
import type { MessageShortcut } from './page/shell.ts';
import { deliverHttp } from './slack/deliver-http.ts';
import type { Delivery, Dispatch } from './slack/deliver-http.ts';
import { createFiles } from './slack/files.ts';
import type { SharedFile } from './slack/files.ts';
import { createFaults } from './slack/faults.ts';
import type { Fault, FaultHandle } from './slack/faults.ts';
import { createForms } from './slack/forms.ts';
import type { Forms, SubmitAct } from './slack/forms.ts';
import type { Interaction } from './slack/interaction.ts';
import { createInteractions } from './slack/interactions.ts';
import { tokensOf } from './slack/message-tokens.ts';
import type { MessageToken } from './slack/message-tokens.ts';
import { createPeople } from './slack/people.ts';
import type { Acting, ClickAct, CommandAct, MentionAct, ShortcutAct } from './slack/people.ts';
import { createRateLimit } from './slack/rate-limit.ts';
import type { PostingLimit } from './slack/rate-limit.ts';
import { createSocketMode } from './slack/socket-mode.ts';
import { renderChannel, renderText } from './slack/text.ts';
import type { Reader } from './slack/text.ts';
import { createWebApi } from './slack/web-api.ts';
import type { ApiCall } from './slack/web-api.ts';
import { BOT, createWorkspace, SLACKBOT } from './slack/workspace.ts';
import type {
  Bot,
  Channel,
  ChannelSetup,
  MessageFilter,
  SlackMessage,
  TeamSetup,
  UsergroupSetup,
  UserSetup,
  View,
} from './slack/workspace.ts';

export type { MessageToken } from './slack/message-tokens.ts';
export type { Interaction } from './slack/interaction.ts';
export type { ApiCall } from './slack/web-api.ts';
export type { ChannelSetup, SlackMessage, TeamSetup, UserSetup } from './slack/workspace.ts';

/** What a simulated workspace is made of. */
export interface SlackSetup {
  readonly botToken: string;
  /** The app-level token; without it Socket Mode refuses. */
  readonly appToken?: string;
  /** Signs what is delivered to a request URL. */
  readonly signingSecret?: string;
  readonly team: TeamSetup;
  readonly users: readonly UserSetup[];
  readonly channels: readonly ChannelSetup[];
  readonly usergroups?: readonly UsergroupSetup[];
  readonly bot?: Partial<Bot>;
  /** Other apps of the workspace: they post and read with tokens of their own; nothing is delivered to them. */
  readonly otherBots?: readonly { readonly token: string; readonly bot: Bot }[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Dates messages and limits, never the signatures. Default the real time. */
  readonly clock?: Clock;
  /** Default one message per second and channel with a burst of 4; `false` for no limits at all. */
  readonly rateLimit?: PostingLimit | false;
  /** Scopes of the bot token. Default `commands` and `chat:write`. */
  readonly scopes?: readonly string[];
  /** How long the app may take to acknowledge. Default 3,000 ms, as Slack. */
  readonly ackLimitMs?: number;
  /** Quiet time after which an interaction is taken as answered. Default 400 ms. */
  readonly settleMs?: number;
  /** Longest wait for an answer of an interaction. Default 10,000 ms. */
  readonly answerTimeoutMs?: number;
  /** The slash command the page offers. Default `/pulse`. */
  readonly command?: string;
  /** What the page offers among the actions of a message. */
  readonly shortcuts?: readonly MessageShortcut[];
  /** What the page's gallery shows; without it there is none. */
  readonly gallery?: ReadGallery;
}

/** A running simulated workspace. */
export interface SlackSimulator {
  /** The page, `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** For `SLACK_API_URL`: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string;
  /** Open Socket Mode connections. */
  readonly connections: number;
  /** Resolves when that many Socket Mode connections are open. Default 1. */
  whenConnected(count?: number): Promise<void>;
  /** Delivers commands, clicks and events to this request URL instead of Socket Mode; undefined goes back. */
  connectHttp(requestUrl: string | undefined): void;
  /** Every accepted message, oldest first, as it reads now. Deleted ones are gone. */
  messages(filter?: MessageFilter): readonly SlackMessage[];
  /** Every call of the Web API and every use of a response URL, in order. */
  calls(method?: string): readonly ApiCall[];
  /** Every uploaded file, oldest first. */
  files(): readonly SharedFile[];
  /** The Home tab published for a person. */
  home(userId: string): View | undefined;
  /** What pings, links or restyles in a message. */
  tokensOf(message: Pick<SlackMessage, 'text' | 'blocks'>): readonly MessageToken[];
  /** One message as plain text, dates in UTC. */
  renderText(message: Pick<SlackMessage, 'text' | 'blocks'>): string;
  /** Every channel as plain text, threads below their parents. */
  asText(filter?: MessageFilter): string;
  /** Scripts trouble for the next calls. */
  fail(fault: Fault): FaultHandle;
  /** Ends all scripted trouble; hanging calls get their answers. */
  clearFaults(): void;
  /** Changes the scopes of the bot token. */
  setScopes(scopes: readonly string[]): void;
  /** Archives, renames, invites or removes the bot, shares a channel. */
  setChannel(channelId: string, change: Partial<Omit<Channel, 'id'>>): void;
  /** Changes who is in a user group. */
  setUsergroup(id: string, users: readonly string[]): void;
  /** Polite `disconnect` to every Socket Mode connection. */
  disconnect(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Drops every Socket Mode connection without a word. */
  cutSockets(): void;
  command(act: CommandAct): Promise<Interaction>;
  click(act: ClickAct): Promise<Interaction>;
  mention(act: MentionAct): Promise<Interaction>;
  shortcut(act: ShortcutAct): Promise<Interaction>;
  openHome(act: Acting & { readonly userId: string }): Promise<Interaction>;
  /** Fills in an open form; `errors`: what the app says is wrong, by block id. */
  submit(act: SubmitAct): ReturnType<Forms['submit']>;
  /** Changes a field of an open form that tells so. */
  change(act: Parameters<Forms['change']>[0]): ReturnType<Forms['change']>;
  /** The forms a person has open. */
  forms(userId: string): readonly View[];
  /** Any other event, for example `{ type: 'app_uninstalled' }`. */
  event(
    body: Readonly<Record<string, unknown>> & { readonly type: string },
    act: Acting & { readonly userId: string; readonly channelId?: string },
  ): Promise<Interaction>;
  /** Posts as a person; the app is not told. */
  say(text: string, userId: string, channelId: string, threadTs?: string): SlackMessage;
  /** Closes sockets and server; waiting interactions end. */
  close(): Promise<void>;
}

/** Starts a simulated workspace on 127.0.0.1. */
export async function createSlack(setup: SlackSetup): Promise<SlackSimulator> {
  const clock = setup.clock ?? Date.now;
  const bot = { ...BOT, ...setup.bot };
  const others = setup.otherBots ?? [];
  const workspace = createWorkspace({
    team: setup.team,
    bot,
    otherBots: others.map((other) => other.bot),
    users: setup.users,
    channels: setup.channels,
    ...(setup.usergroups && { usergroups: setup.usergroups }),
    clock,
  });
  const calls: ApiCall[] = [];
  const ledger = (call: ApiCall): void => void calls.push(call);
  const faults = createFaults();
  const files = createFiles(() => origin);
  const sockets = createSocketMode(bot.appId);
  let scopes = setup.scopes ?? ['commands', 'chat:write'];
  let requestUrl: string | undefined;
  let origin = '';

  const interactions = createInteractions({
    workspace,
    origin: () => origin,
    faults,
    ledger,
    settleMs: setup.settleMs ?? 400,
    timeoutMs: setup.answerTimeoutMs ?? 10_000,
  });
  const webApi = createWebApi({
    context: {
      workspace,
      scopes: () => scopes,
      origin: () => origin,
      socketUrl: () => `${origin.replace('http', 'ws')}${sockets.ticketPath()}`,
      useTrigger: (triggerId) => interactions.useTrigger(triggerId),
    },
    bots: new Map([[setup.botToken, bot], ...others.map((other) => [other.token, other.bot] as const)]),
    appToken: setup.appToken,
    faults,
    rateLimit: createRateLimit(setup.rateLimit ?? {}, clock),
    ledger,
    methods: files.methods,
  });
  const people = createPeople({ workspace, interactions, deliver, ackLimitMs: setup.ackLimitMs ?? 3_000 });
  const forms = createForms({ workspace, interactions, deliver, ackLimitMs: setup.ackLimitMs ?? 3_000 });
  let page: Promise<PageHandler> | undefined;

  async function deliver(dispatch: Dispatch): Promise<Delivery> {
    if (requestUrl === undefined) return sockets.deliver(dispatch);
    if (setup.signingSecret === undefined) throw new Error('a signing secret is needed to deliver over HTTP');
    return deliverHttp(requestUrl, setup.signingSecret, dispatch);
  }

  /** The page and its renderer are loaded on the first look at them: tests that only post never pay for React. */
  function servePage(): Promise<PageHandler> {
    page ??= import('./page/routes.ts').then(({ createPageRoutes }) =>
      createPageRoutes({
        workspace,
        people,
        forms,
        command: setup.command ?? '/pulse',
        shortcuts: setup.shortcuts ?? [],
        ...(setup.gallery && { gallery: setup.gallery }),
      }),
    );
    return page;
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname.startsWith('/api/')) return webApi(request, response, url);
    if (url.pathname.startsWith('/files/')) return files.handle(request, response, url.pathname);
    if (/^\/(?:commands|actions|events)\//.test(url.pathname)) {
      return interactions.handle(request, response, url.pathname);
    }
    const handle = await servePage();
    return handle.handle(request, response, url);
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`the simulated Slack failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.upgrade(request, socket, head, new URL(request.url ?? '/', origin));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(setup.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function reader(): Reader {
    const userName = (id: string): string =>
      workspace.bots.get(id)?.name ??
      (id === SLACKBOT ? 'Slackbot' : (workspace.users.get(id)?.realName ?? id));
    return { tz: 'UTC', now: clock(), userName, channelName: (id) => workspace.channels.get(id)?.name ?? id };
  }

  function asText(filter: MessageFilter = {}): string {
    const shown = workspace.select(filter);
    return [...workspace.channels.values()]
      .map((channel) => ({ channel, messages: shown.filter((message) => message.channel === channel.id) }))
      .filter(({ messages }) => messages.length > 0)
      .map(({ channel, messages }) => {
        const isIm = channel.imUserId !== undefined;
        const name = isIm ? `direct message with ${reader().userName(channel.imUserId)}` : `#${channel.name}`;
        return renderChannel(name, messages, reader());
      })
      .join('\n\n\n');
  }

  return {
    url: `${origin}/`,
    apiUrl: `${origin}/api/`,
    get connections() {
      return sockets.connected;
    },
    whenConnected: (count) => sockets.whenConnected(count),
    connectHttp: (url) => {
      requestUrl = url;
    },
    messages: (filter) => workspace.select(filter),
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    files: () => files.list(),
    home: (userId) => workspace.views.get(`home:${userId}`),
    tokensOf,
    renderText: (message) => renderText(message, reader()),
    asText,
    fail: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    setScopes: (granted) => {
      scopes = granted;
    },
    setChannel: (channelId, change) => workspace.setChannel(channelId, change),
    setUsergroup: (id, users) => void workspace.usergroups.set(id, users),
    disconnect: (reason = 'refresh_requested') => sockets.disconnect(reason),
    cutSockets: () => sockets.cut(),
    command: people.command,
    click: people.click,
    mention: people.mention,
    shortcut: people.shortcut,
    openHome: people.openHome,
    submit: forms.submit,
    change: forms.change,
    forms: (userId) =>
      [...workspace.views.values()].filter((view) => view.type === 'modal' && view.userId === userId),
    event: people.event,
    say: people.say,
    async close() {
      faults.clear();
      interactions.close();
      sockets.close();
      (await page)?.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Serves everything that is neither the API nor a response URL. */
interface PageHandler {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  close(): void;
}
