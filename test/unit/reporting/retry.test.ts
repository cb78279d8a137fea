import { describe, expect, it } from 'vitest';
import { decideRetry, type Outcome } from '../../../src/reporting/retry.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const status = (code: number, retryAfter?: string): Outcome => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
const network = (code: string): Outcome => ({ kind: 'network', code });
const decide = (attempt: number, outcome: Outcome, random = 0.5) =>
  decideRetry(attempt, outcome, NOW, () => random);

describe('a stated Retry-After', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['fractions of a second', '2.5', 2_500],
    ['an HTTP date', 'Tue, 10 Mar 2026 12:00:30 GMT', 30_000],
    ['an HTTP date in the past', 'Tue, 10 Mar 2026 11:00:00 GMT', 1_000],
    ['zero', '0', 1_000],
    ['a negative number', '-5', 1_000],
    ['exactly an hour', '3600', 3_600_000],
  ])('of %s is waited for, at least a second', (_name, header, expected) => {
    expect(decide(1, status(429, header), 0)).toEqual({ retry: true, afterMs: expected });
  });

  it.each(['3601', '86400', 'Wed, 11 Mar 2026 12:00:00 GMT'])(
    'of %s, more than an hour, gives up',
    (header) => {
      expect(decide(1, status(429, header))).toEqual({ retry: false });
    },
  );

  it.each(['soon', 'in 5 minutes', '', 'Fri Mar 10 2026', '1e3', '5 apples'])(
    'that nobody can read (%j) counts as absent',
    (header) => {
      expect(decide(1, status(429, header))).toEqual({ retry: true, afterMs: 1_000 });
    },
  );

  it('is a lower bound whatever the dice say', () => {
    for (const random of [0, 0.25, 0.5, 0.999]) {
      const decision = decide(1, status(429, '7'), random);
      expect(decision).toMatchObject({ retry: true });
      expect(decision.retry && decision.afterMs).toBeGreaterThanOrEqual(7_000);
    }
  });

  it('is obeyed on 503 as well', () => {
    expect(decide(2, status(503, '20'), 0)).toEqual({ retry: true, afterMs: 20_000 });
  });
});

describe('without a stated wait', () => {
  it.each([
    ['429', status(429)],
    ['500', status(500)],
    ['502', status(502)],
    ['503', status(503)],
    ['504', status(504)],
    ['a refused connection', network('ECONNREFUSED')],
    ['a connect timeout', network('UND_ERR_CONNECT_TIMEOUT')],
    ['a headers timeout', network('UND_ERR_HEADERS_TIMEOUT')],
    ['an unreadable body', { kind: 'unreadable' } as const],
  ])('%s is tried again after 1, 2, 4 and 8 seconds, then given up', (_name, outcome) => {
    const decisions = [1, 2, 3, 4, 5, 6].map((attempt) => decide(attempt, outcome));
    expect(decisions).toEqual([
      { retry: true, afterMs: 1_000 },
      { retry: true, afterMs: 2_000 },
      { retry: true, afterMs: 4_000 },
      { retry: true, afterMs: 8_000 },
      { retry: false },
      { retry: false },
    ]);
  });

  it.each([
    [0, 2_000],
    [0.5, 4_000],
    [1, 6_000],
  ])('the dice (%d) move the third wait to %d ms', (random, expected) => {
    expect(decide(3, status(502), random)).toEqual({ retry: true, afterMs: expected });
  });

  it('a 429 waits at least a second', () => {
    expect(decide(1, status(429), 0)).toEqual({ retry: true, afterMs: 1_000 });
    expect(decide(1, status(502), 0)).toEqual({ retry: true, afterMs: 500 });
  });
});

describe('another token', () => {
  it('is tried at once, and no more often than anything else', () => {
    const decisions = [1, 2, 3, 4, 5].map((attempt) => decide(attempt, { kind: 'renewed' }));
    expect(decisions).toEqual([
      ...Array.from({ length: 4 }, () => ({ retry: true, afterMs: 0 })),
      { retry: false },
    ]);
  });
});

describe('a refusal', () => {
  it.each([301, 302, 400, 401, 403, 404, 406, 410, 422, 501])('with HTTP %d is final', (code) => {
    expect(decide(1, status(code, '5'))).toEqual({ retry: false });
  });
});
