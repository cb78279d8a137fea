import { describe, expect, it } from 'vitest';
import { ERASED, limitContact, mailDomainOf } from '../../../src/domain/contact.ts';

const jane = { name: 'Jane Doe', email: 'jane.doe@Acme.com' };

describe('a contact', () => {
  it('is nobody at level none', () => {
    expect(limitContact(jane, 'none')).toBeUndefined();
  });

  it('is an initial and a domain at level masked, without a name', () => {
    expect(limitContact(jane, 'masked')).toEqual({ email: 'j***@acme.com' });
    expect(limitContact({ email: 'john@acme.co.uk' }, 'masked')).toEqual({ email: 'j***@acme.co.uk' });
  });

  it('is kept at level full', () => {
    expect(limitContact(jane, 'full')).toEqual(jane);
  });

  it('stays absent when there is none, at every level', () => {
    for (const level of ['none', 'masked', 'full'] as const)
      expect(limitContact(undefined, level)).toBeUndefined();
  });

  it.each([
    { email: ERASED },
    { name: ERASED },
    { name: ERASED, email: ERASED },
    { name: ERASED, email: 'x@y.zz' },
  ])('shows that somebody was erased instead of what is left of the person: %o', (contact) => {
    expect(limitContact(contact, 'masked')).toEqual({ email: ERASED });
    expect(limitContact(contact, 'none')).toBeUndefined();
  });

  it('with a name alone leaves nothing at level masked', () => {
    expect(limitContact({ name: 'Jane Doe' }, 'masked')).toBeUndefined();
  });

  it.each([
    ['@acme.com', '***@acme.com'],
    ['  jane@acme.com ', 'j***@acme.com'],
    ['"jane@home"@acme.com', '"***@acme.com'],
    ['jane@evil.example@acme.com', 'j***@acme.com'],
    ['𝒥ane@acme.com', '𝒥***@acme.com'],
    ['Jane <jane@acme.com>', '***'],
    ['jane@localhost', '***'],
    ['jane at acme.com', '***'],
    ['jane@acme.com\n@', '***'],
    ['+49 30 1234567', '***'],
  ])('masked, "%s" becomes "%s"', (email, masked) => {
    expect(limitContact({ email }, 'masked')).toEqual({ email: masked });
  });
});

describe('a mail domain', () => {
  it.each([
    ['jane@ACME.com', 'acme.com'],
    ['jane@müller.example', 'müller.example'],
    ['jane@a-b.c_d.example', 'a-b.c_d.example'],
    ['jane@first.example@last.example', 'last.example'],
    ['jane@acme.com ', 'acme.com'],
  ])('of %s is %s', (email, domain) => {
    expect(mailDomainOf(email)).toBe(domain);
  });

  it.each([
    undefined,
    '',
    'RTBF',
    'jane',
    'jane@',
    'jane@acme',
    'jane@acme.com>',
    'jane@.com',
    'jane@a b.com',
    'acme.com',
  ])('is none in %s', (email) => {
    expect(mailDomainOf(email)).toBeUndefined();
  });
});
