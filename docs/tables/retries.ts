import { decideRetry, type Outcome } from '../../src/reporting/retry.ts';
import { toTable } from './markdown.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

const status = (code: number, retryAfter?: string): Outcome => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** What a try can end with, in words, each of a group decided alike. */
const CASES: readonly (readonly [string, readonly [Outcome, ...Outcome[]]])[] = [
  [
    '429 without `Retry-After`, or with one that nobody can read',
    [status(429), status(429, ''), status(429, 'soon')],
  ],
  ['429 or 503 with `Retry-After: 7`', [status(429, '7'), status(503, '7')]],
  ['429 with a `Retry-After` date in 30 seconds', [status(429, 'Tue, 10 Mar 2026 12:00:30 GMT')]],
  [
    '429 with `Retry-After: 0`, a negative one, or a date that has passed',
    [status(429, '0'), status(429, '-5'), status(429, 'Tue, 10 Mar 2026 11:00:00 GMT')],
  ],
  ['429 with `Retry-After: 3601` or more, or a date as late', [status(429, '3601'), status(429, '86400')]],
  ['500, 502, 503, 504', [500, 502, 503, 504].map((code) => status(code)) as [Outcome, ...Outcome[]]],
  [
    'no connection, no headers in time, a connection lost',
    [
      { kind: 'network', code: 'ECONNREFUSED' },
      { kind: 'network', code: 'UND_ERR_HEADERS_TIMEOUT' },
      { kind: 'network', code: 'ECONNRESET' },
    ],
  ],
  ['a success whose body was cut, or is no JSON', [{ kind: 'unreadable' }]],
  ['401, and the file of the token holds another one', [{ kind: 'renewed' }]],
  [
    'a redirect, 400, 401, 403, 404, 406, 410, 501 and every other status',
    [301, 302, 307, 308, 400, 401, 403, 404, 406, 410, 422, 501].map((code) => status(code)) as [
      Outcome,
      ...Outcome[],
    ],
  ],
];

const seconds = (ms: number): string => String(Number((ms / 1_000).toFixed(1)));

/** The wait after a try, from the shortest to the longest that the dice give; undefined when it was the last try. */
function waitAfter(attempt: number, outcome: Outcome): string | undefined {
  const [least, most] = [0, 1].map((dice) => decideRetry(attempt, outcome, NOW, () => dice));
  if (!least?.retry || !most?.retry) return undefined;
  const [from, to] = [seconds(least.afterMs), seconds(most.afterMs)];
  return from === to ? from : `${from} to ${to}`;
}

function spokenWaits(outcome: Outcome): string {
  const waits: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const wait = waitAfter(attempt, outcome);
    if (wait === undefined) break;
    waits.push(wait);
  }
  return waits.length === 0 ? 'not tried again' : `${waits.join('; ')}; then given up`;
}

/** The retry policy, as the function that decides it decides. Throws when outcomes of one line are decided differently. */
export function retryTable(): string {
  const rows = CASES.map(([words, [first, ...others]]) => {
    const waits = spokenWaits(first);
    if (others.some((outcome) => spokenWaits(outcome) !== waits)) throw new Error(`Not alike: ${words}.`);
    return [words, waits];
  });
  return toTable(['a try ended with', 'seconds before the next tries'], rows);
}
