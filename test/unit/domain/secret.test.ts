import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/domain/secret.ts';

/** A secret whose file says what `say` was given last; an error is thrown. */
function fromFile(value: string) {
  let content: string | Error = value;
  let reads = 0;
  const told: string[] = [];
  const read = (path: string): string => {
    expect(path).toBe('/run/token');
    reads += 1;
    if (content instanceof Error) throw content;
    return content;
  };
  return {
    secret: new Secret(value, { path: '/run/token', read }, (renewed) => told.push(renewed)),
    say: (next: string | Error) => {
      content = next;
    },
    reads: () => reads,
    told,
  };
}

describe('a secret that was refused', () => {
  it('is another one once its file holds another one', () => {
    const { say, secret, told } = fromFile('old');
    say(' new\n');
    expect(secret.renew('old')).toBe('renewed');
    expect(secret.reveal()).toBe('new');
    expect(secret.values()).toEqual(['old', 'new']);
    expect(told).toEqual(['new']);
  });

  it.each<[string, string | Error, string]>([
    ['the same', 'old\n', 'same'],
    ['nothing', ' \n', 'empty'],
    ['no file that can be read', new Error('EACCES'), 'unreadable'],
  ])('stays as it is where there is %s, and is read again the next time', (_what, content, expected) => {
    const { say, secret, told } = fromFile('old');
    say(content);
    expect(secret.renew('old')).toBe(expected);
    expect(secret.reveal()).toBe('old');
    expect(told).toEqual([]);
    say('new');
    expect(secret.renew('old')).toBe('renewed');
  });

  it('is read once for all who were refused with it', () => {
    const { reads, say, secret } = fromFile('old');
    say('new');
    expect([secret.renew('old'), secret.renew('old')]).toEqual(['renewed', 'renewed']);
    expect(reads()).toBe(1);
  });

  it('that came from a variable stays as it is', () => {
    const secret = new Secret('fixed');
    expect(secret.renew('fixed')).toBe('fixed');
    expect(secret.reveal()).toBe('fixed');
  });
});

it('a secret shows itself to nobody who did not ask for it', () => {
  const { secret } = fromFile('canary');
  const seen = `${String(secret)} ${JSON.stringify({ secret })} ${inspect(secret, { depth: 9, showHidden: true })}`;
  expect(seen).not.toContain('canary');
});

it('a copy for a thread holds the value and where it came from', () => {
  expect(fromFile('old').secret.copy()).toEqual({ value: 'old', path: '/run/token' });
  expect(new Secret('fixed').copy()).toEqual({ value: 'fixed' });
});
