import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/slack/outcome.ts';

const HOUR = 3_600_000;

/** What @slack/web-api 8 throws for an answer `{"ok":false,"error":...}`. */
function platform(error: unknown, metadata: object = {}) {
  const data = { ok: false, error, response_metadata: metadata };
  return {
    error: Object.assign(new Error('An API error occurred'), { code: 'slack_webapi_platform_error', data }),
  };
}

/** What it throws when fetch failed: the reason is the cause of a TypeError. */
function request(cause: unknown) {
  const original = new TypeError('fetch failed', { cause });
  return {
    error: Object.assign(new Error('A request error occurred'), {
      code: 'slack_webapi_request_error',
      original,
    }),
  };
}

function system(code: string) {
  return Object.assign(new Error(code), { code });
}

function http(statusCode: number) {
  return { error: Object.assign(new Error('HTTP'), { code: 'slack_webapi_http_error', statusCode }) };
}

const BARE_429 = new Error(
  'Retry header did not contain a valid timeout (url: https://slack.com/api/chat.postMessage, retry-after header: null)',
);

describe('an answer', () => {
  it('with a timestamp is done', () => {
    expect(outcomeOf({ answer: { ok: true, channel: 'C1', ts: '17.5' } })).toEqual({
      kind: 'done',
      ts: '17.5',
    });
  });

  it.each([
    [{ ok: true }],
    [{ ok: true, ts: '' }],
    [{ ok: true, ts: 17.5 }],
    [{}],
    [null],
    ['ok'],
    [undefined],
  ])('without one is in doubt: %j', (answer) => {
    expect(outcomeOf({ answer })).toMatchObject({ kind: 'in-doubt' });
  });
});

describe('a refusal', () => {
  it.each([
    ['channel_not_found', 1],
    ['not_in_channel', 1],
    ['channel_is_limited_access', 1],
    ['ekm_access_denied', 1],
    ['is_archived', 24],
    ['restricted_action', 24],
    ['restricted_action_read_only_channel', 24],
    ['restricted_action_thread_only_channel', 24],
  ])('%s parks the channel and probes it every %i h', (code, hours) => {
    const outcome = outcomeOf(platform(code));
    expect(outcome).toMatchObject({ kind: 'parked', code, probeAfterMs: hours * HOUR });
    expect(outcome).toHaveProperty('fix', expect.stringMatching(/\.$/));
  });

  it('of a private channel names the invitation, because Slack calls it not found', () => {
    expect(outcomeOf(platform('channel_not_found'))).toMatchObject({
      reason: expect.stringContaining('private'),
      fix: expect.stringContaining('/invite'),
    });
  });

  it.each([
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'team_access_not_granted',
    'org_login_required',
    'missing_scope',
  ])('%s means the token is dead', (code) => {
    expect(outcomeOf(platform(code))).toMatchObject({
      kind: 'dead',
      code,
      fix: expect.stringMatching(/\.$/),
    });
  });

  it.each([
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_too_long',
    'msg_blocks_too_long',
    'no_text',
    'too_many_attachments',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'markdown_text_conflict',
  ])('%s is about the content', (code) => {
    expect(outcomeOf(platform(code))).toMatchObject({ kind: 'content', code });
  });

  it('of the content says where', () => {
    const messages = ['[ERROR] unsupported type: foo [json-pointer:/blocks/0/type]', 7];
    expect(outcomeOf(platform('invalid_blocks', { messages }))).toMatchObject({ details: [messages[0]] });
  });

  it.each([
    ['thread_not_found', false],
    ['cannot_reply_to_message', false],
    ['restricted_action_thread_locked', false],
    ['restricted_action_non_threadable_channel', true],
  ])('%s is about the reply; the whole channel: %s', (code, isChannelWide) => {
    expect(outcomeOf(platform(code))).toEqual({ kind: 'thread', code, isChannelWide });
  });

  it.each([
    'fatal_error',
    'internal_error',
    'service_unavailable',
    'request_timeout',
    'duplicate_message_not_found',
    'duplicate_channel_not_found',
    'something_new',
    'constructor',
    '__proto__',
    'toString',
  ])('%s is in doubt: Slack may have posted it', (code) => {
    expect(outcomeOf(platform(code))).toMatchObject({ kind: 'in-doubt' });
  });

  it.each(['<html><body>503</body></html>', '', undefined, null, 17, { error: 'x' }])(
    'that is no word is in doubt, and its text goes nowhere: %j',
    (error) => {
      expect(outcomeOf(platform(error))).toEqual({ kind: 'in-doubt', code: 'no_json' });
    },
  );
});

describe('a limit', () => {
  const limited = (retryAfter: unknown) => ({
    error: Object.assign(new Error('429'), { code: 'slack_webapi_rate_limited_error', retryAfter }),
  });

  it.each([
    [30, 30_000],
    [1, 1000],
    [0, 1000],
    [-5, 1000],
    [86_400, HOUR],
    [undefined, 30_000],
  ])('with Retry-After %s waits %i ms', (seconds, retryAfterMs) => {
    expect(outcomeOf(limited(seconds))).toEqual({ kind: 'later', code: 'ratelimited', retryAfterMs });
  });

  it('without Retry-After, which the client throws as a bare error, waits half a minute', () => {
    expect(outcomeOf({ error: BARE_429 })).toEqual({
      kind: 'later',
      code: 'ratelimited',
      retryAfterMs: 30_000,
    });
  });

  it.each(['ratelimited', 'rate_limited', 'message_limit_exceeded'])('said as %s waits too', (code) => {
    expect(outcomeOf(platform(code))).toEqual({ kind: 'later', code, retryAfterMs: 30_000 });
    expect(outcomeOf(platform(code, { retryAfter: 7 }))).toEqual({ kind: 'later', code, retryAfterMs: 7000 });
  });
});

describe('a failed request', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('%s was surely not sent', (code) => {
    expect(outcomeOf(request(system(code)))).toEqual({ kind: 'later', code });
  });

  it('that was refused at every address was surely not sent', () => {
    const cause = Object.assign(new AggregateError([system('ECONNREFUSED'), system('ENETUNREACH')]), {
      code: 'ECONNREFUSED',
    });
    expect(outcomeOf(request(cause))).toMatchObject({ kind: 'later' });
  });

  it('that was reset at one of its addresses is in doubt', () => {
    const cause = Object.assign(new AggregateError([system('ECONNREFUSED'), system('ECONNRESET')]), {
      code: 'ECONNREFUSED',
    });
    expect(outcomeOf(request(cause))).toMatchObject({ kind: 'in-doubt' });
  });

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])(
    '%s is in doubt',
    (code) => {
      expect(outcomeOf(request(system(code)))).toEqual({ kind: 'in-doubt', code });
    },
  );

  it('that timed out, or says nothing, is in doubt', () => {
    expect(outcomeOf(request(new DOMException('timeout', 'TimeoutError')))).toMatchObject({
      kind: 'in-doubt',
    });
    expect(outcomeOf(request(undefined))).toEqual({ kind: 'in-doubt', code: 'request_error' });
  });

  it.each([500, 502, 503, 504, 403, 404, 302])('HTTP %i is in doubt', (status) => {
    expect(outcomeOf(http(status))).toEqual({ kind: 'in-doubt', code: `http_${status}` });
  });

  it.each([
    [new TypeError('terminated')],
    [new SyntaxError('Unexpected end of JSON')],
    ['text'],
    [null],
    [undefined],
  ])('thrown as %s is in doubt', (error) => {
    expect(outcomeOf({ error })).toMatchObject({ kind: 'in-doubt' });
  });
});
