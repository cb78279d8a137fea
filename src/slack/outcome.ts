/** What one try to post a message came to. */
export type Outcome =
  | { readonly kind: 'done'; readonly ts: string }
  /** Surely not sent. `retryAfterMs`: how long Slack said to wait, at least; absent: back off. */
  | { readonly kind: 'later'; readonly code: string; readonly retryAfterMs?: number }
  /** The channel takes nothing from the bot until a person changes something. */
  | {
      readonly kind: 'parked';
      readonly code: string;
      readonly reason: string;
      readonly fix: string;
      readonly probeAfterMs: number;
    }
  /** The token or the workspace takes nothing at all. */
  | { readonly kind: 'dead'; readonly code: string; readonly reason: string; readonly fix: string }
  /** Slack does not like the message. `details`: where, as JSON pointers. */
  | { readonly kind: 'content'; readonly code: string; readonly details: readonly string[] }
  /** The message it is to change is not there any more, or cannot be changed. */
  | { readonly kind: 'gone'; readonly code: string }
  /** It cannot be a reply there. `isChannelWide`: the channel allows no threads at all. */
  | { readonly kind: 'thread'; readonly code: string; readonly isChannelWide: boolean }
  /** Nobody knows whether it arrived. */
  | { readonly kind: 'in-doubt'; readonly code: string };

/** Slack's answer as the client returned it, or whatever the client threw. */
export type Attempt = { readonly answer: unknown } | { readonly error: unknown };

const HOUR_MS = 3_600_000;
const SHORTEST_WAIT_MS = 1000;
/** After a 429 that does not say how long. */
const UNSAID_WAIT_MS = 30_000;

const INVITE = 'Type "/invite @<the bot>" in the channel, or choose another channel.';
type Explanation = readonly [reason: string, fix: string];

const CHANNELS = new Map<string, Explanation>(
  Object.entries({
    channel_not_found: ['The channel does not exist, or it is private and the bot is not in it.', INVITE],
    not_in_channel: ['The bot is not a member of the channel.', INVITE],
    is_archived: ['The channel is archived.', 'Unarchive the channel or choose another one.'],
    channel_is_limited_access: [
      'The channel limits who may post.',
      'Allow the bot to post there or choose another channel.',
    ],
    ekm_access_denied: [
      'An administrator suspended posting there.',
      "Ask the workspace's administrators to restore access.",
    ],
  }),
);
const RESTRICTED: Explanation = [
  'The workspace or the channel restricts who may post.',
  'Allow the bot in the posting permissions of the channel, or choose another one.',
];
/** Closed by decision rather than by mistake: tried again once a day only. */
const isClosed = (code: string): boolean => code === 'is_archived' || code.startsWith('restricted_action');

const NEW_TOKEN = 'Install the Slack app again and set SLACK_BOT_TOKEN to the new bot token.';
const IDENTITY = new Map<string, Explanation>(
  Object.entries({
    invalid_auth: ['Slack does not know the bot token.', NEW_TOKEN],
    not_authed: ['Slack got no bot token.', NEW_TOKEN],
    account_inactive: ['The bot was removed from the workspace.', NEW_TOKEN],
    token_revoked: ['The bot token was revoked.', NEW_TOKEN],
    token_expired: ['The bot token expired.', NEW_TOKEN],
    team_access_not_granted: [
      'The app is not allowed in this workspace.',
      'Ask an administrator to approve the app.',
    ],
    org_login_required: [
      'The workspace is being moved to an organisation.',
      'Wait for the move to end, then install the app again.',
    ],
    missing_scope: [
      'The bot token lacks the scope chat:write.',
      'Add chat:write under OAuth & Permissions and install the app again.',
    ],
  }),
);

const CONTENT = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_too_long',
  'msg_blocks_too_long',
  'no_text',
  'too_many_attachments',
  'invalid_attachments',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
  'markdown_text_conflict',
]);
/** Source: the error lists of chat.update, and of chat.postMessage for replies that are shown in the channel. */
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'cant_broadcast_message',
]);
const THREAD = new Set(['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked']);
const RATE = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
/** Slack's own trouble, and no answer to what was asked. */
const TROUBLE = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'no_json',
]);

/** Failures before a connection carried a single byte of the request. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function codeOf(value: unknown): string {
  return isRecord(value) && typeof value['code'] === 'string' ? value['code'] : '';
}

/** A Slack error code is a word; an HTML page that came with status 200 is passed off as one by the client. */
function wordOf(error: unknown): string {
  return typeof error === 'string' && /^[a-z][a-z0-9_]{1,79}$/.test(error) ? error : 'no_json';
}

function later(code: string, seconds: number | undefined): Outcome {
  const waitMs = seconds === undefined ? UNSAID_WAIT_MS : seconds * 1000;
  return { kind: 'later', code, retryAfterMs: Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), HOUR_MS) };
}

function parked(code: string, [reason, fix]: Explanation): Outcome {
  return { kind: 'parked', code, reason, fix, probeAfterMs: isClosed(code) ? 24 * HOUR_MS : HOUR_MS };
}

function outcomeOfRefusal(data: Record<string, unknown>): Outcome {
  const code = wordOf(data['error']);
  const metadata = isRecord(data['response_metadata']) ? data['response_metadata'] : {};
  if (RATE.has(code)) {
    const seconds = metadata['retryAfter'];
    return later(code, typeof seconds === 'number' ? seconds : undefined);
  }
  if (CONTENT.has(code)) {
    const messages: unknown[] = Array.isArray(metadata['messages']) ? metadata['messages'] : [];
    const details = messages.filter((line) => typeof line === 'string').slice(0, 5);
    return { kind: 'content', code, details };
  }
  if (GONE.has(code)) return { kind: 'gone', code };
  // Both begin like a restricted channel but speak of the reply alone.
  if (THREAD.has(code)) return { kind: 'thread', code, isChannelWide: false };
  if (code.endsWith('_non_threadable_channel')) return { kind: 'thread', code, isChannelWide: true };
  const channel = CHANNELS.get(code) ?? (code.startsWith('restricted_action') ? RESTRICTED : undefined);
  if (channel) return parked(code, channel);
  const identity = IDENTITY.get(code);
  if (identity) return { kind: 'dead', code, reason: identity[0], fix: identity[1] };
  return { kind: 'in-doubt', code };
}

/** The system's codes behind a failed fetch: its cause, and the causes of all addresses that were tried. */
function systemCodes(error: unknown, depth = 0): string[] {
  if (!isRecord(error) || depth > 4) return [];
  const inner = [error['cause'], ...(Array.isArray(error['errors']) ? error['errors'] : [])];
  const code = codeOf(error);
  return [...(code ? [code] : []), ...inner.flatMap((cause) => systemCodes(cause, depth + 1))];
}

function outcomeOfError(error: unknown): Outcome {
  if (!isRecord(error)) return { kind: 'in-doubt', code: 'unknown' };
  switch (codeOf(error)) {
    case 'slack_webapi_platform_error':
      return outcomeOfRefusal(isRecord(error['data']) ? error['data'] : {});
    case 'slack_webapi_rate_limited_error':
      return later('ratelimited', typeof error['retryAfter'] === 'number' ? error['retryAfter'] : undefined);
    case 'slack_webapi_request_error': {
      const codes = systemCodes(error['original'] ?? error['cause']);
      const isNeverSent = codes.length > 0 && codes.every((code) => NEVER_SENT.has(code));
      return { kind: isNeverSent ? 'later' : 'in-doubt', code: codes.at(-1) ?? 'request_error' };
    }
    case 'slack_webapi_http_error':
      return { kind: 'in-doubt', code: `http_${String(error['statusCode'])}` };
    default:
      // web-api 8.2 throws a bare Error for a 429 whose Retry-After is missing or no number.
      return String(error['message']).startsWith('Retry header did not contain a valid timeout')
        ? later('ratelimited', undefined)
        : { kind: 'in-doubt', code: 'unreadable_answer' };
  }
}

/** Whether Slack answered what was asked with a no, which it will say again: not an outage, a limit or an answer that is none. */
export function isRefusal(error: unknown): boolean {
  if (codeOf(error) !== 'slack_webapi_platform_error' || !isRecord(error)) return false;
  const code = wordOf(isRecord(error['data']) ? error['data']['error'] : undefined);
  return !RATE.has(code) && !TROUBLE.has(code);
}

/**
 * What a try to post came to. Only codes that certainly mean "not posted" are treated as refusals; an unknown code, a
 * reset, a timeout, a 5xx, a cut or unreadable answer is in doubt, because Slack may have posted the message.
 * Sources: the error list of chat.postMessage, and the error classes of @slack/web-api 8.
 */
export function outcomeOf(attempt: Attempt): Outcome {
  if ('error' in attempt) return outcomeOfError(attempt.error);
  const { answer } = attempt;
  if (isRecord(answer) && answer['ok'] === true && typeof answer['ts'] === 'string' && answer['ts'] !== '') {
    return { kind: 'done', ts: answer['ts'] };
  }
  return { kind: 'in-doubt', code: 'no_ts' };
}
