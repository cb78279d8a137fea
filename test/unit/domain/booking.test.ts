import { describe, expect, it } from 'vitest';
import { bookingDay } from '../../../src/domain/booking.ts';
import { aLine } from '../../support/rows.ts';

const line = aLine({ saleDate: '2026-03-10', lastUpdated: '2026-03-11' });

describe('the day a line counts for', () => {
  it.each(['2026-03-10', '2026-03-11', '2026-03-12'] as const)(
    'is the sale date when it is first seen on %s',
    (seenOn) => {
      expect(bookingDay(line, seenOn, false)).toBe('2026-03-10');
    },
  );

  it.each(['2026-03-13', '2026-05-01'] as const)(
    'is the day it appears when it comes late, on %s',
    (seenOn) => {
      expect(bookingDay(line, seenOn, false)).toBe(seenOn);
    },
  );

  it('is the day it appears when Net30 puts its sale date into the future', () => {
    const invoice = aLine({ saleDate: '2026-04-09', paymentTerms: 'Net30', paymentStatus: 'Open' });
    expect(bookingDay(invoice, '2026-03-10', false)).toBe('2026-03-10');
  });

  it('is the sale date in a first import, however old', () => {
    expect(bookingDay(aLine({ saleDate: '2022-01-01', lastUpdated: '2024-01-01' }), '2026-03-10', true)).toBe(
      '2022-01-01',
    );
  });

  it('is the last change in a first import when the sale date lies after it', () => {
    const invoice = aLine({ saleDate: '2026-04-09', lastUpdated: '2026-03-08' });
    expect(bookingDay(invoice, '2026-03-10', true)).toBe('2026-03-08');
  });
});
