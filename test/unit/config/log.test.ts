import { describe, expect, it } from 'vitest';
import type { LogLevel } from '../../../src/config/read-config.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { createLog } from '../../../src/log.ts';

function createStream() {
  let text = '';
  return {
    write: (line: string) => {
      text += line;
    },
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

it('a name cannot forge a line, however it is spelt', () => {
  const forged = 'Acme\n{"level":"error","msg":"forged"}\r\u2028{"level":"error"}';
  const lines = logged([], { company: forged }, forged).lines();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'info', msg: forged });
});

function logged(
  secrets: readonly string[],
  fields: Record<string, unknown>,
  message = 'a message',
  level: LogLevel = 'debug',
) {
  const stream = createStream();
  const known = secrets.map((secret) => new Secret(secret));
  createLog(level, known, stream).info(fields, message);
  return stream;
}

/** As hard as secrets get: quotes, a backslash, signs of URLs and regular expressions, a letter of two bytes. */
const SECRET = 'p"a\\s&s+w/o=r d.*é$';

describe('a log line', () => {
  it('is JSON with its level, its time, its fields and its sentence', () => {
    const [line] = logged([], { rows: 3 }, 'read licenses').lines();
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      rows: 3,
      msg: 'read licenses',
    });
  });

  it('is not written below its level', () => {
    expect(logged([], {}, 'x', 'warn').text()).toBe('');
  });
});

describe('a known secret', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const spellings: Record<string, string> = {
    'as it is': SECRET,
    'in base64': base64(SECRET),
    'in basic credentials': base64(`jane@acme.example:${SECRET}`),
    'in basic credentials of another length': base64(`jan@acme.example:${SECRET}`),
    'in basic credentials of a third length': base64(`ja@acme.example:${SECRET}`),
    'in base64 for URLs': Buffer.from(SECRET).toString('base64url'),
    'in a URL': `https://example.com/?key=${encodeURIComponent(SECRET)}`,
    'in a URL with small hex digits': encodeURIComponent(SECRET).replace(/%../g, (code) =>
      code.toLowerCase(),
    ),
    'in a form': new URLSearchParams({ token: SECRET }).toString(),
    'in JSON': JSON.stringify({ token: SECRET }),
    'in JSON within JSON': JSON.stringify({ body: JSON.stringify({ token: SECRET }) }),
    'in hex': Buffer.from(SECRET).toString('hex'),
    'between other letters': `abc${SECRET}xyz`,
  };

  it.each(Object.entries(spellings))(
    '%s does not reach the stream, and the line stays JSON',
    (_, spelling) => {
      const error = new Error(`refused: ${spelling}`, { cause: new Error(spelling) });
      const fields = {
        value: spelling,
        [spelling]: 1,
        deep: [{ spelling }],
        error: error.message,
        err: error,
      };
      const stream = logged([SECRET], fields, spelling);
      // The middle of the spelling, however often it is quoted.
      const plain = (text: string) => text.replaceAll('\\', '');
      const middle =
        spelling.includes('token') || spelling.includes('key=')
          ? spelling.slice(-12, -5)
          : spelling.slice(4, -6);
      expect(plain(stream.text())).not.toContain(plain(middle));
      expect(stream.text()).toContain('[secret]');
      expect(stream.lines()).toHaveLength(1);
    },
  );

  it('that begins like a token is blanked whole, also where a token could not go on', () => {
    const secret = 'ATATT3xFf:GF0.tail-of-the-secret';
    expect(logged([secret], { secret }).text()).not.toContain('tail');
    const slack = 'xoxb-1-2:tail-of-the-secret';
    expect(logged([slack], { slack }).text()).not.toContain('tail');
  });

  it('that contains another one leaves no rest', () => {
    expect(logged(['abcdef', 'abcdefghijkl'], { value: 'abcdefghijkl' }).text()).not.toContain('ghijkl');
  });

  it('that takes another value is blanked in both', () => {
    const stream = createStream();
    const secret = new Secret('the-first-value');
    const log = createLog('info', [secret], stream);
    log.info({}, 'the-first-value the-second-value');
    secret.adopt('the-second-value');
    log.info({}, 'the-first-value the-second-value');
    expect(stream.lines().map(({ msg }) => msg)).toEqual(['[secret] the-second-value', '[secret] [secret]']);
  });

  it('that is empty blanks nothing', () => {
    expect(logged(['', 'hidden-one'], { value: 'shown' }).lines()[0]).toMatchObject({ value: 'shown' });
  });
});

describe('what looks like a secret', () => {
  it.each([
    'xoxb-123456789012-abcDEF',
    'xoxp-1-2-3',
    'xoxe.xoxp-1-Mi0yLTEyMw',
    'xapp-1-A0123-456-abcdef',
    'ATATT3xFfGF0Q2h-k_x=1A2B3C4D',
    'ATCTT3xFfGN0Q2hkx=1A2B3C4D',
    'Basic amFuZUBhY21lLmV4YW1wbGU6czNjcjN0',
    'Bearer eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl',
    'https://hooks.slack.com/commands/T0/123/abcDEF',
    'wss://wss-primary.slack.com/link/?ticket=abc-def-123&app_id=x',
    'https://s3.example.com/x?X-Amz-Signature=0123456789abcdef&X-Amz-Security-Token=IQoJb3JpZ2lu%2F%2F',
  ])('%s is blanked without being known', (text) => {
    const line = logged([], { url: text }).text();
    expect(line).toContain('[secret]');
    const parts = ['abcDEF', 'abcdef', '1-2-3', 'Mi0y', 'Q2hk', '1A2B', 'amFu', 'c2ln', 'abc-def', 'IQoJ'];
    expect(parts.filter((part) => text.includes(part))).not.toEqual([]);
    expect(parts.filter((part) => text.includes(part) && line.includes(part))).toEqual([]);
  });

  it('is not what people write about', () => {
    const words = { text: 'basic plan, ATATT, xoxb, ticket prices, bearer of news' };
    expect(logged([], words).lines()[0]).toMatchObject(words);
  });
});
