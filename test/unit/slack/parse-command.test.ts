import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/slack/parse-command.ts';

const words = (text: string) => parseCommand(text).words;

describe('a typed command', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['help', ['help']],
    ['  churn   App  8 ', ['churn', 'App', '8']],
    ['churn "App 1" 8', ['churn', 'App 1', '8']],
    ['churn “App 1” 8', ['churn', 'App 1', '8']],
    ['churn „App 1“ 8', ['churn', 'App 1', '8']],
    ['churn «App 1» 8', ['churn', 'App 1', '8']],
    ["churn 'App 1' 8", ['churn', 'App 1', '8']],
    ['churn ‘App 1’ 8', ['churn', 'App 1', '8']],
    ['refund app:"App 1" 500', ['refund', 'app:App 1', '500']],
    ['refund app:“App 1”', ['refund', 'app:App 1']],
    ['refund app:"App 1', ['refund', 'app:"App', '1']],
    ['churn "App 1”', ['churn', 'App 1']],
    ['churn "App 1', ['churn', 'App', '1']],
    ['churn App" 1', ['churn', 'App', '1']],
    ['""', []],
    ['" "', []],
    ["O'Brien & Sons", ["O'Brien", '&', 'Sons']],
    ["l'Oréal d'Or", ["l'Oréal", "d'Or"]],
    ["'s-Hertogenbosch", ["'s-Hertogenbosch"]],
    ['churn\tApp\n8', ['churn', 'App', '8']],
    ['churn\u00A0App', ['churn', 'App']],
    ['E-1\u200B23\u202E', ['E-123']],
    ['AT&amp;T &lt;x&gt;', ['AT&T', '<x>']],
    ['&amp;lt;', ['&lt;']],
    ['<http://acme.atlassian.net|acme.atlassian.net>', ['acme.atlassian.net']],
    ['<mailto:jane@acme.com|jane@acme.com>', ['jane@acme.com']],
    ['<https://acme.com/x>', ['https://acme.com/x']],
    ['subscribe churn <#C123|general>', ['subscribe', 'churn', '<#C123|general>']],
    ['日本 株式会社', ['日本', '株式会社']],
  ])('%j is the words %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('keeps its text for searches, tidied', () => {
    expect(parseCommand('  Acme &amp;\u200B  “Sons” ').text).toBe('Acme & “Sons”');
  });

  it('never throws and never gives empty words, for two thousand wild texts', () => {
    const pieces = [
      '"',
      "'",
      '“',
      '”',
      '„',
      '«',
      '»',
      '‘',
      '’',
      ' ',
      '\t',
      '<',
      '>',
      '|',
      '&amp;',
      '&',
      'a',
      '\u202E',
      '\u0000',
      '😀',
      '\uD800',
      '<http://',
      '<mailto:',
      '-',
      '8',
    ];
    let seed = 7;
    const next = (limit: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * limit);
    };
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
      for (const word of words(text)) {
        expect(word.trim()).not.toBe('');
        expect(word).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }
  });

  it.each(['"a ', '"', 'a"', '“”', '<http://', '&amp;'])(
    'reads a hundred thousand times %j like any text',
    (piece) => {
      expect(words(piece.repeat(100_000)).join(' ').length).toBeLessThanOrEqual(4000);
    },
  );
});
