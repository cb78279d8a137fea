/** The Web API: reads the request, checks token, scope and rate, runs the method, and writes the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '../../src/domain/day.ts';
import { APP_METHODS } from './app-methods.ts';
import { optional } from './api-method.ts';
import type { ApiContext, ApiMethod, Arguments } from './api-method.ts';
import { isRecord } from './block-schema.ts';
import { CHAT_METHODS } from './chat-methods.ts';
import type { FaultMode, Faults } from './faults.ts';
import { accepts, json, readBody, write, writeFaulty } from './http.ts';
import type { Answer } from './http.ts';
import type { RateLimit } from './rate-limit.ts';
import { READING_METHODS } from './reading-methods.ts';
import { SlackRefusal } from './refusal.ts';
import type { Bot } from './workspace.ts';

const OWN_METHODS: Readonly<Record<string, ApiMethod>> = {
  ...APP_METHODS,
  ...CHAT_METHODS,
  ...READING_METHODS,
};
/** Arguments a form carries as JSON strings, and what Slack answers when they are no JSON. */
const JSON_ARGUMENTS: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
};

/** One call of the Web API, or one use of a response URL, as the ledger keeps it. */
export interface ApiCall {
  readonly method: string;
  readonly at: Instant;
  /** The HTTP status answered; 0 when the connection was reset or left hanging. */
  readonly status: number;
  readonly isOk: boolean;
  readonly error?: string;
  readonly channel?: string;
  /** The fault that spoiled the answer, when one did. */
  readonly fault?: string;
  readonly arguments: Arguments;
}

/** Answers `/api/<method>` requests and reports each to `ledger`. */
export function createWebApi(deps: {
  readonly context: Omit<ApiContext, 'bot'>;
  /** Whose bot tokens are taken. */
  readonly bots: ReadonlyMap<string, Bot>;
  readonly appToken: string | undefined;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly ledger: (call: ApiCall) => void;
  /** Methods that keep something of their own. */
  readonly methods: Readonly<Record<string, ApiMethod>>;
}) {
  const { bots, faults, ledger } = deps;
  const methods = { ...OWN_METHODS, ...deps.methods };

  return async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = url.pathname.slice('/api/'.length);
    const read = await readArguments(request, url);
    const { token: tokenArgument, ...args } = read instanceof SlackRefusal ? {} : read;
    const channel = optional(args, 'channel');
    const hit = faults.take(method, channel);
    const runs = hit === undefined || accepts(hit);
    const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = header ?? (typeof tokenArgument === 'string' ? tokenArgument : undefined);
    const answer = runs
      ? read instanceof SlackRefusal
        ? refusalAnswer(read, {})
        : run(method, token, args)
      : json({ ok: false, error: 'internal_error' });
    record(method, args, channel, answer, hit?.mode);
    if (hit === undefined) write(response, answer);
    else await writeFaulty(response, hit, answer);
  };

  function run(name: string, token: string | undefined, args: Arguments): Answer {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined)
      return refusalAnswer(new SlackRefusal('unknown_method', { req_method: name }), {});
    const headers: Record<string, string> = {};
    const bot = bots.get(token ?? '');
    const context: ApiContext = { ...deps.context, bot: bot ?? deps.context.workspace.bot };
    try {
      authenticate(method, token);
      if (bot) headers['x-oauth-scopes'] = context.scopes().join(',');
      const needed = method.scopes?.(args, context) ?? [];
      if (needed.length > 0) headers['x-accepted-oauth-scopes'] = needed.join(',');
      const missing = needed.filter((scope) => !context.scopes().includes(scope));
      if (missing.length > 0) {
        throw new SlackRefusal('missing_scope', {
          needed: missing.join(','),
          provided: context.scopes().join(','),
        });
      }
      const wait = deps.rateLimit(name, optional(args, 'channel'));
      if (wait !== undefined) {
        return json({ ok: false, error: 'ratelimited' }, 429, { ...headers, 'retry-after': String(wait) });
      }
      return json({ ok: true, ...method.run(args, context) }, 200, headers);
    } catch (error) {
      if (error instanceof SlackRefusal) return refusalAnswer(error, headers);
      throw error;
    }
  }

  function authenticate(method: ApiMethod, token: string | undefined): void {
    if (method.token === 'none') return;
    if (token === undefined || token === '') throw new SlackRefusal('not_authed');
    const kind = bots.has(token) ? 'bot' : token === deps.appToken ? 'app' : undefined;
    if (kind === undefined) throw new SlackRefusal('invalid_auth');
    if (kind !== method.token) throw new SlackRefusal('not_allowed_token_type');
  }

  function record(
    method: string,
    args: Arguments,
    channel: string | undefined,
    answer: Answer,
    fault: FaultMode | undefined,
  ): void {
    const body = JSON.parse(answer.body) as { ok: boolean; error?: string };
    const error = fault?.kind === 'error' ? fault.error : fault === undefined ? body.error : undefined;
    ledger({
      method,
      at: deps.context.workspace.clock(),
      status: fault === undefined ? answer.status : faultStatus(fault),
      isOk: body.ok && fault === undefined,
      arguments: args,
      ...(error !== undefined && { error }),
      ...(channel !== undefined && { channel }),
      ...(fault !== undefined && { fault: fault.kind }),
    });
  }
}

function faultStatus(fault: FaultMode): number {
  if (fault.kind === 'reset' || fault.kind === 'hang') return 0;
  if (fault.kind === 'status') return fault.status;
  return fault.kind === 'rate-limited' ? 429 : 200;
}

function refusalAnswer(refusal: SlackRefusal, headers: Readonly<Record<string, string>>): Answer {
  return json({ ok: false, error: refusal.code, ...refusal.detail }, 200, headers);
}

async function readArguments(request: IncomingMessage, url: URL): Promise<Arguments | SlackRefusal> {
  const query = Object.fromEntries(url.searchParams);
  if (request.method === 'GET') return parsed(query);
  const body = await readBody(request);
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type === 'application/json') {
    try {
      const value: unknown = JSON.parse(body);
      return isRecord(value) ? { ...query, ...value } : new SlackRefusal('json_not_object');
    } catch {
      return new SlackRefusal('invalid_json');
    }
  }
  if (type === 'application/x-www-form-urlencoded') {
    return parsed({ ...query, ...Object.fromEntries(new URLSearchParams(body)) });
  }
  return body === '' ? parsed(query) : new SlackRefusal('invalid_post_type');
}

function parsed(form: Readonly<Record<string, string>>): Arguments | SlackRefusal {
  const args: Record<string, unknown> = { ...form };
  for (const [name, code] of Object.entries(JSON_ARGUMENTS)) {
    const value = form[name];
    if (value === undefined) continue;
    try {
      args[name] = JSON.parse(value);
    } catch {
      return new SlackRefusal(code);
    }
  }
  return args;
}
