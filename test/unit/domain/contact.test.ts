import { describe, expect, it } from 'vitest';
import { ERASED, limitContacts, mailDomainOf } from '../../../src/domain/contact.ts';

const row = {
  id: 7,
  technicalContact: { name: 'Jane Doe', email: 'jane.doe@Acme.com' },
  billingContact: { name: 'John Roe', email: 'john@acme.co.uk' },
};

describe('contacts of a row', () => {
  it('are nobody at level none', () => {
    expect(limitContacts(row, 'none')).toEqual({ id: 7 });
  });

  it('are an initial and a domain at level masked, without a name', () => {
    expect(limitContacts(row, 'masked')).toEqual({
      id: 7,
      technicalContact: { email: 'j***@acme.com' },
      billingContact: { email: 'j***@acme.co.uk' },
    });
  });

  it('are kept at level full', () => {
    expect(limitContacts(row, 'full')).toEqual(row);
  });

  it('stay absent when there are none, at every level', () => {
    for (const level of ['none', 'masked', 'full'] as const) {
      expect(Object.keys(limitContacts<{ id: number; billingContact?: object }>({ id: 7 }, level))).toEqual([
        'id',
      ]);
    }
  });

  it.each([
    { email: ERASED },
    { name: ERASED },
    { name: ERASED, email: ERASED },
    { name: ERASED, email: 'x@y.zz' },
  ])('show that somebody was erased instead of what is left of the person: %o', (technicalContact) => {
    expect(limitContacts({ technicalContact }, 'masked')).toEqual({ technicalContact: { email: ERASED } });
    expect(limitContacts({ technicalContact }, 'none')).toEqual({});
  });

  it('with a name alone leave nothing at level masked', () => {
    expect(limitContacts({ technicalContact: { name: 'Jane Doe' } }, 'masked')).toEqual({});
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
    expect(limitContacts({ technicalContact: { email } }, 'masked')).toEqual({
      technicalContact: { email: masked },
    });
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
