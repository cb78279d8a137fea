import { describe, expect, it } from 'vitest';
import type { Feedback } from '../../../src/domain/feedback.ts';
import type { LicenseEvent } from '../../../src/domain/license-event.ts';
import type { RecordedNews } from '../../../src/store/recorded-news.ts';
import { NOTHING_TO_SAY } from '../../../src/store/alert-book.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { type GivenRows, openStore, recordRows } from '../../support/store-on-disk.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

interface Options {
  readonly at?: number;
  readonly mode?: 'incremental' | 'full';
  readonly silent?: boolean;
  readonly developerId?: string;
}

/** What `look` sees among the news of one sync; the news can be asked only while the sync is recorded. */
async function newsOf<Seen>(
  store: Store,
  given: GivenRows,
  look: (news: RecordedNews) => Seen,
  { at = NOW, mode = 'incremental', silent = false, developerId = 'dev-1' }: Options = {},
): Promise<Seen> {
  let seen: Seen | undefined;
  const announce = (news: RecordedNews) => {
    seen = look(news);
    return NOTHING_TO_SAY;
  };
  await recordRows(store, given, { at, mode, silent, developerId, announce });
  return seen as Seen;
}

const lines = (...rows: readonly ReturnType<typeof aLine>[]): GivenRows => ({ kind: 'lines', rows });
const licenses = (...rows: readonly ReturnType<typeof aLicense>[]): GivenRows => ({ kind: 'licenses', rows });

async function known(): Promise<Store> {
  const store = await openStore();
  await recordRows(store, licenses(aLicense()), { at: NOW - 2 * DAY, silent: true });
  await recordRows(store, lines(aLine(), aLine({ lineId: 'line-2' })), { at: NOW - 2 * DAY, silent: true });
  return store;
}

describe('the news of a sync', () => {
  it('are the lines first seen in it, and the changed ones as they were before', async () => {
    const store = await known();
    const given = lines(
      aLine({ vendorAmount: 90_000, paymentStatus: 'Open' }),
      aLine({ lineId: 'line-2' }),
      aLine({ lineId: 'line-3' }),
    );
    const news = await newsOf(store, given, ({ changedLines, newLines }) => ({
      added: newLines.map(({ lineId }) => lineId),
      changed: changedLines.map(({ before, row }) => [
        row.lineId,
        [before.vendorAmount, row.vendorAmount],
        [before.paymentStatus, row.paymentStatus],
        [before.tier, row.tier],
      ]),
    }));
    expect(news).toEqual({
      added: ['line-3'],
      changed: [['line-1', [100_000, 90_000], ['Paid', 'Open'], ['50 Users', '50 Users']]],
    });
  });

  it('are nothing when everything is as it was', async () => {
    const store = await known();
    const count = ({ changedLicenses, changedLines, newLicenses, newLines }: RecordedNews) =>
      changedLicenses.length + changedLines.length + newLicenses.length + newLines.length;
    expect(await newsOf(store, lines(aLine(), aLine({ lineId: 'line-2' })), count)).toBe(0);
    expect(await newsOf(store, licenses(aLicense()), count)).toBe(0);
  });

  it('of a first import or a back-fill are nothing, and what came in it stays history', async () => {
    const store = await known();
    const news = await newsOf(
      store,
      lines(aLine({ lineId: 'old' })),
      (one) => ({
        rows: one.newLines.length + one.changedLines.length,
        past: one.isHistory('transactions', NOW - 2 * DAY),
        own: one.isHistory('transactions', NOW),
        other: one.isHistory('transactions', NOW - DAY),
        licenses: one.isHistory('feedback', NOW),
        at: one.silentAt('transactions'),
      }),
      { silent: true },
    );
    expect(news).toEqual({ rows: 0, past: true, own: true, other: false, licenses: false, at: NOW });
  });

  it('are those of the developer space, whatever other spaces know', async () => {
    const store = await known();
    const other = await newsOf(
      store,
      lines(aLine({ lineId: 'theirs' })),
      (one) => [
        one.developerId,
        one.newLines.length,
        one.linesOf(one.newLines[0]?.entitlement ?? '').map(({ lineId }) => lineId),
      ],
      { developerId: 'dev-2' },
    );
    expect(other).toEqual(['dev-2', 1, ['theirs']]);
  });

  it('are licences with what they were before, and the first end they ever had', async () => {
    const store = await known();
    const later = { maintenanceEnd: '2027-02-10', lastUpdated: '2026-03-16' } as const;
    const news = await newsOf(store, licenses(aLicense({ ...later, status: 'cancelled' })), (one) => {
      const [change] = one.changedLicenses;
      return [
        change?.before.status,
        change?.row.status,
        change?.before.maintenanceEnd,
        one.firstEndOf(change?.row.entitlement ?? ''),
        one.firstEndOf('E-404'),
      ];
    });
    expect(news).toEqual(['active', 'cancelled', '2027-01-10', '2027-01-10', undefined]);
  });

  it('are churn events and feedback first seen in it, and no conversions', async () => {
    const store = await known();
    const event = (kind: 'churn' | 'conversion'): LicenseEvent => {
      const { appKey, aliases, host, hosting, name } = aLicense();
      return {
        kind,
        appKey,
        name,
        aliases,
        host,
        hosting,
        eventDate: '2026-03-15',
        lastUpdated: '2026-03-16',
      };
    };
    const count = (one: RecordedNews) => [
      one.newEvents.length,
      one.eventsOf(one.newEvents[0]?.entitlement ?? '').length,
    ];
    const span = { from: '2026-01-01', to: '2026-12-31' } as const;
    const churned: GivenRows = { kind: 'events', event: 'churn', ...span, rows: [event('churn')] };
    expect(await newsOf(store, churned, count)).toEqual([1, 1]);
    expect(await newsOf(store, churned, count)).toEqual([0, 0]);
    const { appKey, aliases, host, hosting, name } = aLicense();
    const said: Feedback = {
      appKey,
      name,
      aliases,
      host,
      hosting,
      date: '2026-03-15',
      feedbackType: 'uninstall',
      reason: 'Price',
    };
    const feedback: GivenRows = { kind: 'feedback', ...span, rows: [said] };
    const words = (one: RecordedNews) => [
      one.newFeedback.map(({ reason }) => reason),
      one.feedbackOf(one.newFeedback[0]?.entitlement ?? '').length,
    ];
    expect(await newsOf(store, feedback, words)).toEqual([['Price'], 1]);
    expect(await newsOf(store, feedback, words)).toEqual([[], 0]);
  });

  it('are lines that vanish, once they are taken for vanished', async () => {
    const store = await openStore();
    const many = Array.from({ length: 40 }, (_, index) => aLine({ lineId: `line-${index}` }));
    await recordRows(store, lines(...many), { at: NOW - 2 * DAY, silent: true });
    const rest = lines(...many.slice(1));
    const gone = (news: RecordedNews) => [
      news.vanishedLines.map(({ lineId }) => lineId),
      news.vanishedOf('transactions'),
    ];
    const seen: unknown[] = [];
    for (const index of [0, 1, 2, 3])
      seen.push(await newsOf(store, rest, gone, { mode: 'full', at: NOW + index * DAY }));
    expect(seen.filter((one) => JSON.stringify(one) === '[["line-0"],1]')).toHaveLength(1);
    expect(seen.at(-1)).toEqual([[], 0]);
  });

  it('are not listed when there are too many of them to be news', async () => {
    const store = await known();
    const many = Array.from({ length: 20_001 }, (_, index) => aLine({ lineId: `new-${index}` }));
    expect(await newsOf(store, lines(...many), ({ bulk, newLines }) => [bulk, newLines.length])).toEqual([
      ['transactions'],
      0,
    ]);
    const altered = many.map((one) => ({ ...one, vendorAmount: 7, lastUpdated: '2026-03-17' as const }));
    expect(
      await newsOf(store, lines(...altered), ({ bulk, changedLines }) => [bulk, changedLines.length], {
        at: NOW + DAY,
      }),
    ).toEqual([['transactions'], 0]);
  }, 60_000);
});
