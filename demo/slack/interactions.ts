/**
 * What a person sees of what they did: the acknowledgement's answer, the posts to the response URL, edits of the
 * message they clicked, views. Response URLs and trigger ids live here too.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '../../src/domain/day.ts';
import { isRecord } from './block-schema.ts';
import type { Delivery } from './deliver-http.ts';
import type { Faults } from './faults.ts';
import { accepts, json, readBody, write, writeFaulty } from './http.ts';
import type { Answer } from './http.ts';
import type { Interaction, RefusedAnswer, Waiting } from './interaction.ts';
import { readContent } from './message-content.ts';
import { SlackRefusal } from './refusal.ts';
import { SLACKBOT } from './workspace.ts';
import type { Change, MessageVia, SlackMessage, View, Workspace } from './workspace.ts';
import type { ApiCall } from './web-api.ts';

const RESPONSE_URL_USES = 5;
const RESPONSE_URL_MS = 30 * 60_000;
/** Slack's documents say three seconds. */
const TRIGGER_MS = 3_000;

/** Something a person did that the app may still answer. */
export interface OpenInteraction {
  readonly triggerId: string;
  readonly responseUrl: string;
  /** Delivers the outcome and resolves with everything seen. */
  finish(delivery: Delivery, showsAck: boolean, waiting: Waiting): Promise<Interaction>;
}

interface State {
  readonly userId: string;
  readonly channelId: string | undefined;
  readonly openedAt: Instant;
  readonly responseUrl: string;
  /** The message a click came from, then what replaced it. */
  original: { channel: string; ts: string } | undefined;
  /** A mention is answered in its thread or its channel. */
  readonly watchesThread: string | undefined;
  uses: number;
  isTriggerUsed: boolean;
  readonly seen: string[];
  readonly views: View[];
  readonly refused: RefusedAnswer[];
  touch: () => void;
}

/** Everything under way. */
export type Interactions = ReturnType<typeof createInteractions>;

/** Keeps response URLs and triggers and gathers what each interaction shows. */
export function createInteractions(deps: {
  readonly workspace: Workspace;
  readonly origin: () => string;
  readonly faults: Faults;
  readonly ledger: (call: ApiCall) => void;
  readonly settleMs: number;
  readonly timeoutMs: number;
}) {
  const { workspace, faults } = deps;
  const byUrl = new Map<string, State>();
  const byTrigger = new Map<string, State>();
  const open = new Set<State>();
  const endings = new Set<() => void>();
  const unwatch = workspace.onChange(notice);

  function keyOf(message: { readonly channel: string; readonly ts: string }): string {
    return `${message.channel} ${message.ts}`;
  }

  function saw(state: State, message: { readonly channel: string; readonly ts: string }): void {
    if (!state.seen.includes(keyOf(message))) state.seen.push(keyOf(message));
    state.touch();
  }

  /** Answers that do not use the response URL: ephemeral posts, edits of the clicked message, thread replies. */
  function notice(change: Change): void {
    for (const state of open) {
      if (change.kind === 'view') {
        if (change.view.userId !== state.userId) continue;
        state.views.push(change.view);
        state.touch();
      } else if (change.kind === 'added' || change.kind === 'edited') {
        const { message } = change;
        if (!message.isBot) continue;
        const isForPerson = message.via === 'chat.postEphemeral' && message.ephemeralTo === state.userId;
        const isOriginal = state.original !== undefined && keyOf(state.original) === keyOf(message);
        const isThreadAnswer =
          state.watchesThread !== undefined &&
          message.channel === state.channelId &&
          (message.threadTs === state.watchesThread || message.threadTs === undefined);
        if (isForPerson || isOriginal || isThreadAnswer) saw(state, message);
      }
    }
  }

  /** Shows what an acknowledgement or a response URL carried. */
  function show(state: State, via: MessageVia, payload: Readonly<Record<string, unknown>>): void {
    const original = state.original && workspace.find(state.original.channel, state.original.ts);
    if (payload['delete_original'] === true) {
      if (original !== undefined) workspace.remove(original);
      state.touch();
      return;
    }
    const content = readContent(payload);
    if (payload['replace_original'] === true && original !== undefined) {
      saw(
        state,
        workspace.edit(original, { text: content.text, blocks: content.blocks ?? [], sent: payload }),
      );
      return;
    }
    const channel = state.channelId ?? workspace.imOf(state.userId).id;
    const threadTs = payload['thread_ts'];
    const message = workspace.add({
      channel,
      text: content.text,
      blocks: content.blocks ?? [],
      userId: workspace.bot.userId,
      isBot: true,
      via,
      sent: payload,
      ...(typeof threadTs === 'string' && { threadTs }),
      ...(content.metadata !== undefined && { metadata: content.metadata }),
      ...(payload['response_type'] !== 'in_channel' && { ephemeralTo: state.userId }),
    });
    state.original ??= { channel, ts: message.ts };
    saw(state, message);
  }

  function refuse(state: State, where: RefusedAnswer['where'], error: unknown): SlackRefusal {
    if (!(error instanceof SlackRefusal)) throw error;
    state.refused.push({ where, code: error.code, detail: error.detail });
    state.touch();
    return error;
  }

  function answerResponseUrl(state: State | undefined, body: unknown): Answer {
    if (state === undefined) return json({ ok: false, error: 'invalid_url' }, 404);
    if (workspace.clock() - state.openedAt > RESPONSE_URL_MS)
      return json({ ok: false, error: 'expired_url' }, 404);
    if (state.uses >= RESPONSE_URL_USES) return json({ ok: false, error: 'used_url' }, 404);
    state.uses += 1;
    if (!isRecord(body)) return json({ ok: false, error: 'invalid_payload' }, 400);
    try {
      show(state, 'response_url', body);
      return json({ ok: true });
    } catch (error) {
      const refusal = refuse(state, 'response_url', error);
      return json({ ok: false, error: refusal.code, ...refusal.detail }, 400);
    }
  }

  function snapshot(state: State, delivery: Delivery): Interaction {
    const messages = state.seen.flatMap((key) => {
      const [channel = '', ts = ''] = key.split(' ');
      return workspace.find(channel, ts) ?? [];
    });
    return {
      ok: delivery.outcome === 'acked',
      ackMs: delivery.ms,
      responseUrl: state.responseUrl,
      ack: delivery.body,
      messages,
      views: [...state.views],
      refused: [...state.refused],
      ...(delivery.outcome !== 'acked' && { error: delivery.outcome }),
      ...(delivery.detail !== undefined && { detail: delivery.detail }),
    };
  }

  async function finish(
    state: State,
    delivery: Delivery,
    showsAck: boolean,
    waiting: Waiting,
  ): Promise<Interaction> {
    if (delivery.outcome !== 'acked') {
      open.delete(state);
      return snapshot(state, delivery);
    }
    const payload = typeof delivery.body === 'string' ? { text: delivery.body } : delivery.body;
    if (showsAck && isRecord(payload) && (payload['text'] ?? payload['blocks'] ?? '') !== '') {
      try {
        show(state, 'ack', payload);
      } catch (error) {
        refuse(state, 'ack', error);
      }
    }
    await quiet(state, delivery, waiting);
    open.delete(state);
    return snapshot(state, delivery);
  }

  /** Resolves when `until` holds, or after a quiet time since the last answer, or when time is up. */
  function quiet(state: State, delivery: Delivery, waiting: Waiting): Promise<void> {
    return new Promise((resolve) => {
      let settle: NodeJS.Timeout | undefined;
      const done = (): void => {
        clearTimeout(settle);
        clearTimeout(timeout);
        endings.delete(done);
        state.touch = () => undefined;
        resolve();
      };
      const timeout = setTimeout(done, waiting.timeoutMs ?? deps.timeoutMs);
      endings.add(done);
      state.touch = () => {
        if (waiting.until !== undefined) {
          if (waiting.until(snapshot(state, delivery))) done();
          return;
        }
        if (state.seen.length + state.views.length + state.refused.length === 0) return;
        clearTimeout(settle);
        settle = setTimeout(done, waiting.settleMs ?? deps.settleMs);
      };
      state.touch();
    });
  }

  return {
    /** Starts an interaction; its trigger and response URL are good from now on. */
    begin(start: {
      readonly kind: 'commands' | 'actions' | 'events';
      readonly userId: string;
      readonly channelId?: string;
      readonly original?: SlackMessage;
      readonly watchesThread?: string;
    }): OpenInteraction {
      const secret = randomBytes(12).toString('hex');
      const path = `/${start.kind}/${workspace.team.id}/${workspace.newId('').slice(-9)}/${secret}`;
      const now = workspace.clock();
      const triggerId = `${now}.${workspace.newId('').slice(-9)}.${randomBytes(16).toString('hex')}`;
      const state: State = {
        userId: start.userId,
        channelId: start.channelId,
        openedAt: now,
        responseUrl: `${deps.origin()}${path}`,
        original: start.original && { channel: start.original.channel, ts: start.original.ts },
        watchesThread: start.watchesThread,
        uses: 0,
        isTriggerUsed: false,
        seen: [],
        views: [],
        refused: [],
        touch: () => undefined,
      };
      byUrl.set(path, state);
      byTrigger.set(triggerId, state);
      open.add(state);
      return {
        triggerId,
        responseUrl: state.responseUrl,
        finish: (delivery, showsAck, waiting) => finish(state, delivery, showsAck, waiting),
      };
    },
    /** `views.open`: a trigger works once, within three seconds. */
    useTrigger(triggerId: string): { readonly userId: string } {
      const state = byTrigger.get(triggerId);
      if (state === undefined) throw new SlackRefusal('invalid_trigger_id');
      if (state.isTriggerUsed) throw new SlackRefusal('exchanged_trigger_id');
      if (workspace.clock() - state.openedAt > TRIGGER_MS) throw new SlackRefusal('expired_trigger_id');
      state.isTriggerUsed = true;
      return { userId: state.userId };
    },
    /** Tells the person that the app did not answer, as Slack does. */
    showFailure(userId: string, channelId: string, what: string, error: string): void {
      workspace.add({
        channel: channelId,
        text: `${what} failed with the error "${error}"`,
        blocks: [],
        userId: SLACKBOT,
        isBot: false,
        via: 'slack',
        ephemeralTo: userId,
      });
    },
    /** Serves one POST to a response URL. */
    async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
      const state = byUrl.get(path);
      const text = await readBody(request);
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        body = undefined;
      }
      const hit = faults.take('response_url', state?.channelId);
      const answer =
        hit === undefined || accepts(hit)
          ? answerResponseUrl(state, body)
          : json({ ok: false, error: 'internal_error' });
      const reply = JSON.parse(answer.body) as { ok: boolean; error?: string };
      deps.ledger({
        method: 'response_url',
        at: workspace.clock(),
        status: answer.status,
        isOk: reply.ok && hit === undefined,
        arguments: isRecord(body) ? body : {},
        ...(reply.error !== undefined && { error: reply.error }),
        ...(state?.channelId !== undefined && { channel: state.channelId }),
        ...(hit !== undefined && { fault: hit.mode.kind }),
      });
      if (hit === undefined) write(response, answer);
      else await writeFaulty(response, hit, answer);
    },
    close(): void {
      unwatch();
      for (const end of endings) end();
    },
  };
}
