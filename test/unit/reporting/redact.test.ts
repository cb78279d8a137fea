import { describe, expect, it } from 'vitest';
import { excerptOf, plainCause } from '../../../src/reporting/redact.ts';

describe('an excerpt of an answer', () => {
  it('shows the words of a page without its tags, in at most 120 characters', () => {
    const page = `<html><body><h1>502 Bad Gateway</h1>\n<p>${'sorry '.repeat(100)}</p></body></html>`;
    const excerpt = excerptOf(page, []);
    expect(excerpt).toMatch(/^502 Bad Gateway sorry sorry/);
    expect(excerpt.length).toBeLessThanOrEqual(120);
  });

  it('hides mail addresses, known secrets and whatever looks like a credential', () => {
    const text = 'no access for jane.doe@acme.com, token=s3cr3t key ATATT3xFfGF0T5JVjdmA=9C1D3 pass hunter2';
    expect(excerptOf(text, ['hunter2', 's3cr3t'])).toBe('no access for ***, token=*** key *** pass ***');
  });

  it('keeps long words that are only words', () => {
    expect(excerptOf('Donaudampfschifffahrtsgesellschaft', [])).toBe('Donaudampfschifffahrtsgesellschaft');
  });

  it('is well-formed text whatever came', () => {
    const excerpt = excerptOf(`a\u0000b\ud800 ${'😀'.repeat(200)}`, []);
    expect(excerpt.isWellFormed()).toBe(true);
    expect(excerpt).not.toContain('\u0000');
  });
});

it('a cause keeps name, code and message, and drops what else hangs on an error', () => {
  const error = Object.assign(new Error('socket of jane@acme.com closed'), {
    code: 'ECONNRESET',
    data: 'secret',
  });
  const plain = plainCause(error);
  expect(plain).toMatchObject({ name: 'Error', message: 'socket of *** closed', code: 'ECONNRESET' });
  expect(plain).not.toHaveProperty('data');
  expect(plainCause('text')).toBeInstanceOf(Error);
});
