import {
  App,
  type BlockAction,
  HTTPReceiver,
  LogLevel,
  type SlashCommand,
  SocketModeReceiver,
  type ViewSubmitAction,
} from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/clock.ts';
import type { Instant } from '../domain/day.ts';
import { PulseError, reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { AccessRules } from './access.ts';
import { type AnsweringDeps, createAnswering } from './answering.ts';
import { type BoltMode, createReceiver } from './create-receiver.ts';
import { createDirectory } from './directory.ts';
import { createGate } from './gate.ts';
import { createHttpServer, type HealthReport, type HttpServer } from './http-server.ts';
import { fetchIdentity, type Identity } from './identity.ts';
import { listenToHome } from './listen-to-home.ts';
import { listenToMessages } from './listen-to-messages.ts';
import { oncePerEnvelope } from './once-per-envelope.ts';
import { createPace } from './pace.ts';
import {
  changedForm,
  FORM_ID,
  toClickRequest,
  toCommandRequest,
  toEphemeral,
  toFormRequest,
  withBlock,
} from './payloads.ts';
import { createPlaces } from './places.ts';
import { createReplyPaths, type Ways } from './reply-paths.ts';
import { createSeen } from './seen.ts';
import { createFileSender } from './send-files.ts';
import { createSlackLogger } from './slack-logger.ts';
import { createSocket, type Socket } from './socket.ts';
import { wait } from './wait.ts';

/**
 * What the adapter works with. `answer`, `submit`, `refresh` and `home` are for people who may; a rejection becomes an
 * apology with a reference. `audit` hears of every attempt, allowed or not.
 */
export interface BoltDeps extends Pick<AnsweringDeps, 'answer' | 'audit' | 'home' | 'refresh' | 'submit'> {
  readonly mode: BoltMode;
  readonly botToken: string;
  /** The Web API's base, such as `https://slack.com/api/`. */
  readonly slackApiUrl: string;
  /** The slash command, such as `/pulse`. */
  readonly command: string;
  readonly access: AccessRules;
  /** Hears of somebody who asks unusually much. */
  readonly onUnusual?: (asker: { readonly userId: string; readonly questions: number }) => Promise<void>;
  readonly log: Log;
  readonly health?: () => HealthReport;
  /** Default: the wall clock, against which Slack's signatures are checked in any case. */
  readonly clock?: Clock;
}

const REQUEST_TIMEOUT_MS = 10_000;
const STOP_MS = 3000;

/** The only place that knows Bolt: slash commands and clicks in, ephemeral answers out, by Socket Mode or HTTP. */
export function createBolt(deps: BoltDeps) {
  const { mode, botToken, slackApiUrl, command, log, clock = Date.now } = deps;
  if (mode.kind === 'http' && mode.signingSecret === '') {
    throw new PulseError('CONFIGURATION', 'SLACK_SIGNING_SECRET is empty: every request would be refused.');
  }
  const logger = createSlackLogger(log, LogLevel.INFO);
  /** The SDK puts no deadline on answers by response URL. Every answer tells what time Slack has. */
  const fetchInTime: typeof fetch = async (url, init) => {
    const answer = await fetch(url, {
      ...init,
      signal: init?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const slackTime = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(slackTime)) clockOffsetMs = Date.now() - slackTime;
    return answer;
  };
  const clientOptions = () => ({
    slackApiUrl,
    timeout: REQUEST_TIMEOUT_MS,
    // Given explicitly: Socket Mode otherwise writes a policy of 100 uncapped retries into this very object.
    retryConfig: { retries: 2, factor: 2, maxTimeout: 5000 },
    fetch: fetchInTime as never,
    logger,
  });
  const client = new WebClient(botToken, clientOptions());
  const { openForm, postDirect, postEphemeral, toWays } = createReplyPaths(client);
  const seenEnvelopes = createSeen(clock);
  const inFlight = new Set<Promise<void>>();
  let clockOffsetMs: number | undefined;
  let identity: Identity | undefined;
  let isStopping = false;

  const { groups = [], users = [] } = deps.access;
  const directory = createDirectory({ client, clock, groups, scopes: () => identity?.scopes, users });
  const { check, decide } = createGate({
    rules: deps.access,
    teamId: () => identity?.teamId ?? '',
    readFacts: (asker) => directory.readFacts(asker),
    pace: createPace(clock),
    ...(deps.onUnusual && { onUnusual: deps.onUnusual }),
  });
  const answering = createAnswering({ ...deps, check, decide, wait });

  async function track(work: Promise<void>): Promise<void> {
    inFlight.add(work);
    try {
      await work;
    } finally {
      inFlight.delete(work);
    }
  }

  function onCommand(body: SlashCommand, ways: Ways): Promise<void> {
    if (body.command !== command) {
      return ways.ack({
        text: `I listen to ${command}. Type ${command} help to see what I can do.`,
        blocks: [],
      });
    }
    const request = toCommandRequest(body);
    return answering.answerCommand(request, {
      ...ways,
      postEphemeral: postEphemeral(request),
      openForm: openForm(body, request.channelId),
    });
  }

  function onChange(body: BlockAction, view: NonNullable<ReturnType<typeof changedForm>>, ack: Ways['ack']) {
    if (!identity) return ack();
    return answering.answerChange(toFormRequest({ ...body, view }, identity), {
      ack,
      update: async (block) => {
        const shown = { view_id: view.id, hash: view.hash, view: withBlock(view, block) };
        await client.views.update(shown);
      },
    });
  }

  function onClick(body: BlockAction, ways: Ways): Promise<void> {
    const view = changedForm(body);
    if (view) return onChange(body, view, ways.ack);
    const request = identity && toClickRequest(body, identity);
    if (!request) return ways.ack();
    return answering.answerClick(request, {
      ...ways,
      postEphemeral: body.view?.type === 'home' ? postDirect(request.channelId) : postEphemeral(request),
      openForm: openForm(body, request.channelId),
    });
  }

  function onForm(body: ViewSubmitAction, ack: (errors?: Readonly<Record<string, string>>) => Promise<void>) {
    if (!identity) return ack();
    const request = toFormRequest(body, identity);
    return answering.answerForm(request, { ack, postEphemeral: postEphemeral(request) });
  }

  const receiver = createReceiver(mode, logger, clientOptions());

  const app = new App({
    receiver,
    // Answers from what `start` learned; Bolt's own way asks Slack a second time.
    authorize: async () => ({
      botToken,
      ...(identity && { teamId: identity.teamId, botUserId: identity.userId }),
      ...(identity?.botId && { botId: identity.botId }),
    }),
    convoStore: false,
    extendedErrorHandler: true,
    logger,
    clientOptions: clientOptions(),
  });
  app.use(oncePerEnvelope(seenEnvelopes, () => isStopping));
  app.command(/.*/, async ({ body, ack, respond }) => {
    await track(
      onCommand(
        body,
        toWays((message) => ack(message && toEphemeral(message)), respond),
      ),
    );
  });
  app.action<BlockAction>({ type: 'block_actions' }, async ({ body, ack, respond }) => {
    await track(
      onClick(
        body,
        toWays(() => ack(), respond),
      ),
    );
  });
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: FORM_ID }, async ({ ack, body }) => {
    const say = (errors?: Readonly<Record<string, string>>) =>
      errors ? ack({ response_action: 'errors', errors }) : ack();
    await track(onForm(body, say));
  });
  listenToMessages(app, {
    identity: () => identity,
    seen: seenEnvelopes,
    answer: (request, ack, respond) =>
      track(
        answering.answerClick(request, {
          ...toWays(() => ack(), respond),
          postEphemeral: postEphemeral(request),
        }),
      ),
  });
  listenToHome(app, {
    client,
    identity: () => identity,
    seen: seenEnvelopes,
    show: (request, paths) => track(answering.showHome(request, paths)),
  });
  app.error(async ({ error }: { error: unknown }) => {
    log.error({ error: reasonOf(error).slice(0, 200) }, 'Bolt could not handle a request');
  });

  const health = deps.health ?? ((): HealthReport => ({ isHealthy: true, isReady: identity !== undefined }));
  const socket: Socket | undefined =
    receiver instanceof SocketModeReceiver ? createSocket({ receiver, clock, wait, log }) : undefined;
  const port = mode.kind === 'http' ? mode.port : mode.healthPort;
  const server: HttpServer | undefined =
    port === undefined
      ? undefined
      : createHttpServer({
          port,
          health,
          clock: Date.now,
          log,
          ...(receiver instanceof HTTPReceiver &&
            mode.kind === 'http' && {
              events: { signingSecret: mode.signingSecret, listener: receiver.requestListener },
            }),
        });

  return {
    /**
     * Asks Slack who the bot is, then listens. Throws SLACK_TOKEN_REFUSED, SLACK_SCOPE_MISSING, SLACK_UNREACHABLE,
     * SLACK_APP_TOKEN_REFUSED or PORT_UNAVAILABLE, each with one sentence for the operator.
     */
    async start(): Promise<void> {
      identity = await fetchIdentity(client, wait);
      await server?.start();
      await socket?.start();
    },

    /** What Slack tells of channels and people. An asker was found to be of this workspace before. */
    places: createPlaces({
      client,
      scopes: () => identity?.scopes,
      decide: (userId, channelId) => check({ userId, channelId, teamId: identity?.teamId ?? '' }),
      channels: deps.access.channels,
    }),

    /** Sends files to one person, in the direct message with the bot. */
    sendFiles: createFileSender({ client, scopes: () => identity?.scopes, log }),

    /** Who the bot is; undefined before `start`. */
    identity(): Identity | undefined {
      return identity;
    },

    /** Since when Socket Mode is connected; undefined while it is not, and in HTTP mode. */
    connectedSince(): Instant | undefined {
      return socket?.connectedSince();
    },

    /** This machine's clock minus Slack's at its last answer, in ms, to the second; undefined before the first. */
    clockOffsetMs(): number | undefined {
      return clockOffsetMs;
    },

    /** The port of `/slack/events` and the health routes; undefined where nothing listens. */
    port(): number | undefined {
      return server?.port();
    },

    /** Takes nothing new, lets answers under way finish for three seconds, then closes. Takes at most four. */
    async stop(): Promise<void> {
      isStopping = true;
      server?.close();
      const isOver = new AbortController();
      await Promise.race([Promise.allSettled(inFlight), wait(STOP_MS, isOver.signal)]);
      isOver.abort();
      await socket?.stop();
      server?.destroy();
    },
  };
}

/** The Slack edge: slash commands and clicks in, ephemeral answers out. */
export type Bolt = ReturnType<typeof createBolt>;
