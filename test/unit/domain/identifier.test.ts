import { describe, expect, it } from 'vitest';
import { identifierReadings, identifiersIn } from '../../../src/domain/identifier.ts';

const spoken = (found: readonly { kind: string; value: string }[]) =>
  found.map(({ kind, value }) => `${kind} ${value}`);

describe('a whole text can be', () => {
  it.each([
    ['E-111-AAA-AAA-11A', ['entitlement E-111-AAA-AAA-11A']],
    ['e-222-bbb-bbb', ['entitlement E-222-BBB-BBB']],
    ['“E-111-AAA-AAA-11A”,', ['entitlement E-111-AAA-AAA-11A']],
    ['E – 111 – AAA – AAA – 11A', ['entitlement E-111-AAA-AAA-11A']],
    ['ｅ-111-aaa-aaa-11a', ['entitlement E-111-AAA-AAA-11A']],
    ['111-AAA-AAA-11A', ['entitlement E-111-AAA-AAA-11A', 'transaction IN-111-AAA-AAA-11A']],
    ['SEN-19726894', ['sen SEN-19726894']],
    ['sen: 19726894', ['sen SEN-19726894']],
    ['SEN-L12345', ['sen SEN-L12345']],
    ['5550001', ['number 5550001', 'sen SEN-5550001']],
    ['IN-003-095-784', ['transaction IN-003-095-784']],
    ['in-eu-003-095-784', ['transaction IN-EU-003-095-784']],
    ['AT-123456789', ['transaction AT-123456789']],
    ['0F0E0D0C-1111-2222-3333-444455556666', ['uuid 0f0e0d0c-1111-2222-3333-444455556666']],
    ['https://ACME.atlassian.net/jira/your-work?x=1#y', ['host acme.atlassian.net']],
    ['acme.example:8443', ['host acme.example']],
    ['@acme.example', ['host acme.example']],
    ['bücher.example', ['host bücher.example']],
    ['Jane@Acme.example', ['address jane@acme.example']],
    ['<mailto:jane@acme.example|Jane>', ['address jane@acme.example']],
    ['legacy_7', ['code legacy_7']],
    ['https://admin.example/e/E-111-AAA-AAA-11A?tab=1', ['entitlement E-111-AAA-AAA-11A']],
    ['acme', []],
    ['Acme Robotics', []],
    ['', []],
    ['!!!', []],
  ])('%s: %j', (text, readings) => {
    expect(spoken(identifierReadings(text))).toEqual(readings);
  });
});

describe('in a message stand', () => {
  it.each([
    ['Hi, E-111-AAA-AAA-11A (SEN 123456) asks again', ['entitlement E-111-AAA-AAA-11A', 'sen SEN-123456']],
    ['see <https://acme.atlassian.net/browse/X-1|X-1> please', ['host acme.atlassian.net']],
    ['E-111-AAA-AAA-11A, e-111-aaa-aaa-11a', ['entitlement E-111-AAA-AAA-11A']],
    ['mail jane@acme.example about IN-1', ['address jane@acme.example', 'transaction IN-1']],
    // A domain counts where nothing is unmistakable.
    ['they are acme.example', ['host acme.example']],
    ['they are acme.example, E-222-BBB-BBB', ['entitlement E-222-BBB-BBB']],
    // A telephone number has the shape of an entitlement number without its E.
    ['call 555-010-999 or 040-123-456-789', []],
    ['just words, 5 of 7', []],
  ])('%s: %j', (text, found) => {
    expect(spoken(identifiersIn(text))).toEqual(found);
  });

  it('no more than a menu can hold', () => {
    const many = Array.from({ length: 500 }, (_, index) => `IN-${index}`).join(' ');
    expect(identifiersIn(many)).toHaveLength(60);
  });
});
