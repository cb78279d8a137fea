import { describe, expect, it } from 'vitest';
import { findVoices, groupVoices, totalVoices, type VoiceSources } from '../../../src/analytics/voices.ts';
import { sumCents } from '../../../src/domain/money.ts';
import { createRandom, feedback, license, line, randomLines } from './rows.ts';

function voicesOf(sources: Partial<VoiceSources>) {
  return findVoices({ feedback: [], licenses: [], lines: [], ...sources });
}

describe('findVoices', () => {
  it('joins feedback to who gave it and what they pay a year', () => {
    // $365.00 for 365 days is 100 cents a day, 36,500 a year.
    expect(
      voicesOf({ feedback: [feedback({ message: 'Too slow.' })], licenses: [license()], lines: [line()] }),
    ).toMatchObject([{ isPaying: true, yearly: 36_500, profile: { who: 'Acme GmbH', tier: '50 Users' } }]);
  });

  it('takes a monthly plan times twelve, at the rate of the day', () => {
    const lines = [
      line({ vendorAmount: 1000, maintenanceStart: '2025-11-18', maintenanceEnd: '2025-12-18' }),
      line({ vendorAmount: 2000, maintenanceStart: '2025-12-18', maintenanceEnd: '2026-01-18' }),
    ];
    // A month is a twelfth of a year: on 20 December $20.00 x 12.
    expect(voicesOf({ feedback: [feedback({ date: '2025-12-20' })], lines })[0]?.yearly).toBe(24_000);
    expect(voicesOf({ feedback: [feedback({ date: '2025-12-17' })], lines })[0]?.yearly).toBe(12_000);
  });

  it('counts a customer whose term ended 60 days before, and not 61', () => {
    const lines = [line({ maintenanceEnd: '2025-12-01' })];
    const on = (date: '2026-01-30' | '2026-01-31') => voicesOf({ feedback: [feedback({ date })], lines })[0];
    expect(on('2026-01-30')?.isPaying).toBe(true);
    expect(on('2026-01-31')).toMatchObject({ isPaying: false, yearly: 0 });
  });

  it('takes nothing for money that is none: evaluations, sandboxes, refunded terms, anonymous feedback', () => {
    const sources = { licenses: [license({ sandbox: 'yes' })], lines: [line()] };
    expect(voicesOf({ feedback: [feedback()], ...sources })[0]).toMatchObject({ isPaying: false, yearly: 0 });
    const free = [line({ vendorAmount: 0 }), line({ licenseType: 'EVALUATION' })];
    expect(voicesOf({ feedback: [feedback()], lines: free })[0]?.isPaying).toBe(false);
    const nameless = [line({ entitlement: '' })];
    expect(voicesOf({ feedback: [feedback({ entitlement: '' })], lines: nameless })[0]).toMatchObject({
      isPaying: false,
      profile: undefined,
    });
  });

  it('counts the money of a customer once, with the latest of its pieces', () => {
    const given = [
      feedback({ date: '2025-12-18', reason: 'A' }),
      feedback({ date: '2025-12-20', reason: 'B' }),
      feedback({ date: '2025-12-20', reason: 'C', message: 'In words.' }),
    ];
    const voices = voicesOf({ feedback: given, lines: [line()] });
    // Of the two latest the one with words speaks.
    expect(voices.map(({ feedback: { reason }, yearly }) => [reason, yearly])).toEqual([
      ['C', 36_500],
      ['B', 0],
      ['A', 0],
    ]);
    expect(totalVoices(voices)).toEqual({ count: 3, paying: 3, yearly: 36_500 });
  });

  it('lets those speak first who pay most, then those who wrote something', () => {
    const given = [
      feedback({ entitlement: 'E-3' }),
      feedback({ entitlement: 'E-4', message: 'Words.' }),
      feedback({ entitlement: 'E-1' }),
      feedback({ entitlement: 'E-2' }),
    ];
    const lines = [line(), line({ entitlement: 'E-2', vendorAmount: 73_000 })];
    expect(voicesOf({ feedback: given, lines }).map(({ feedback: one }) => one.entitlement)).toEqual([
      'E-2',
      'E-1',
      'E-4',
      'E-3',
    ]);
  });

  it('depends on no order, and not on rows of others', () => {
    const random = createRandom(21);
    for (let example = 0; example < 20; example += 1) {
      const lines = randomLines(random, 30);
      const given = Array.from({ length: 8 }, (_, index) =>
        feedback({
          entitlement: random.pick(['', 'E-1', 'E-2', 'E-3']),
          date: random.pick(['2025-06-01', '2025-06-02', '2025-07-01']),
          message: random.pick(['', `Words ${index}`]),
          reason: `Reason ${index}`,
        }),
      );
      const expected = voicesOf({ feedback: given, lines });
      const others = [license({ entitlement: 'E-9' }), license({ entitlement: 'E-8', sandbox: 'yes' })];
      expect(
        voicesOf({
          feedback: random.shuffle(given),
          lines: [...random.shuffle(lines), line({ entitlement: 'E-9' })],
          licenses: others,
        }),
      ).toEqual(expected);
    }
  });
});

describe('groupVoices', () => {
  it('add up to the whole, most money first', () => {
    const random = createRandom(22);
    for (let example = 0; example < 20; example += 1) {
      const given = Array.from({ length: 12 }, () =>
        feedback({
          entitlement: random.pick(['', 'E-1', 'E-2', 'E-3']),
          reason: random.pick(['Cost', 'Speed', 'Other']),
          date: '2025-06-01',
        }),
      );
      const voices = voicesOf({ feedback: given, lines: randomLines(random, 20) });
      const groups = groupVoices(voices, ({ reason }) => reason);
      const total = totalVoices(voices);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total.count);
      expect(groups.reduce((sum, { paying }) => sum + paying, 0)).toBe(total.paying);
      expect(sumCents(groups.map(({ yearly }) => yearly))).toBe(total.yearly);
      const money = groups.map(({ yearly }) => yearly);
      expect(money).toEqual(money.toSorted((a, b) => b - a));
    }
  });
});
