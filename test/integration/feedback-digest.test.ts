import { describe, expect, it } from 'vitest';
import { feedback } from '../../src/digests/feedback.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { addDays, type Day, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { Feedback } from '../../src/domain/feedback.ts';
import type { Store } from '../../src/store/store.ts';
import { chartPoints, parentText, tableRows } from '../support/reading.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense, aLine } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';

/** Tuesday 17 March 2026: the week 8 to 14 March is told. */
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const SYNCED = startOf('2026-03-17') + 6 * 3_600_000;
const WEEK: Day = '2026-03-08';
const REQUEST: DigestRequest = { developerId: 'dev-1', app: null, week: WEEK, now: NOW, today: '2026-03-17' };

function said(date: Day, changes: Partial<Feedback> = {}): Feedback {
  return {
    appKey: 'app-1',
    name: 'app-1',
    aliases: {},
    host: {},
    hosting: 'Cloud',
    date,
    feedbackType: 'uninstall',
    reasonKey: 'cost',
    reason: 'It is too expensive',
    ...changes,
  };
}

/** One piece in each of the 12 weeks before. */
const BEFORE = weeksEndingWith(addDays(WEEK, -7), 12).map((week) => said(week));

const OF_WEEK: Feedback[] = [
  // The licence carries the entitlement number, the feedback its id alone: one subscription.
  said('2026-03-09', {
    aliases: { appEntitlementId: 'id-1' },
    message: 'The price doubled. Write to jane@acme.example.',
  }),
  // The same customer again, for another reason, a day later: its money counts there.
  said('2026-03-10', {
    aliases: { appEntitlementNumber: 'E-111-AAA-AAA-11A' },
    reasonKey: 'support',
    reason: 'The support did not help me',
  }),
  said('2026-03-11', {
    aliases: { appEntitlementNumber: 'E-222' },
    appKey: 'app-2',
    feedbackType: 'disable',
  }),
  said('2026-03-12', { message: 'Too slow.' }),
];

const LICENSES = [
  aLicense(),
  aLicense({
    appKey: 'app-2',
    name: 'App 2',
    aliases: { appEntitlementNumber: 'E-222' },
    customer: { company: 'Globex' },
    licenseType: 'EVALUATION',
  }),
];

/** $1,000.00 a year from 10 January 2026 on. */
const LINES = [aLine()];

const SPAN = { from: '2023-03-05', to: '2026-03-17' } as const;

async function record(store: Store, rows: readonly Feedback[], at = SYNCED): Promise<void> {
  await recordPulls(store, at, { feedback: { kind: 'feedback', ...SPAN, rows } });
}

async function openRecorded(): Promise<Store> {
  const store = await openStore();
  await recordPulls(store, SYNCED, {
    licenses: { kind: 'licenses', rows: LICENSES },
    transactions: { kind: 'lines', rows: LINES },
    feedback: { kind: 'feedback', ...SPAN, rows: [...BEFORE, ...OF_WEEK] },
  });
  return store;
}

describe('the feedback digest from the store', () => {
  it('counts the week beside the 12 before it, and joins money by any identifier', async () => {
    const store = await openRecorded();
    const message = await feedback.build(store.read, REQUEST);
    // Twelve before, one a week: 0 to 4 is usual. Two of the four pieces are of Acme, which pays $1,000.00 a year.
    expect(message.text).toContain(
      '4 pieces of feedback; usual 1 (range 0 to 4): within the usual range. 2 are of paying customers, $1,000 a year together.',
    );
    const text = parentText(message);
    expect(text).toContain('2 paying, 1 not paying, 1 not known, without a subscription');
    expect(text).toContain('uninstalled 3, disabled 1');
    // The money goes with the latest piece of a customer; each of the 12 weeks before has one of the other reason.
    expect(text).toContain(
      '• The support did not help me: 1, usually 0 to 1; 1 of paying customers, $1,000 a year',
    );
    expect(text).toContain('• It is too expensive: 3, usually 0 to 4; 1 of paying customers');
  });

  it('says first what those said who pay, without the address of anybody', async () => {
    const store = await openRecorded();
    const text = parentText(await feedback.build(store.read, REQUEST));
    expect(text).toMatch(
      /Acme GmbH\* \(App 1, paying\): “The price doubled\. Write to \[address\]”.*Somebody without/,
    );
    expect(text).not.toContain('jane');
  });

  it('lists every piece with the names of apps and customers, adding up to the total', async () => {
    const store = await openRecorded();
    const rows = tableRows(await feedback.build(store.read, REQUEST));
    expect(rows).toContain(
      'Acme GmbH | App 1 | uninstalled, The support did not help me | $1,000.00 | 10 Mar',
    );
    expect(rows).toContain('Acme GmbH | App 1 | uninstalled, It is too expensive | $0.00 | 9 Mar');
    expect(rows).toContain('Globex | App 2 | disabled, It is too expensive | $0.00 | 11 Mar');
    expect(rows).toContain('App 1 | 3 | 0 to 4 | 2 | $1,000.00');
  });

  it('draws paying customers and others week by week', async () => {
    const store = await openRecorded();
    const points = chartPoints(await feedback.build(store.read, REQUEST));
    expect(points?.['Paying customers']?.slice(-2)).toEqual(['1 Mar 0', '8 Mar 2']);
    expect(points?.['Others']?.slice(-2)).toEqual(['1 Mar 1', '8 Mar 2']);
  });

  it('tells one app by itself', async () => {
    const store = await openRecorded();
    const app = { appKey: 'app-2', name: 'App 2' };
    const message = await feedback.build(store.read, { ...REQUEST, app });
    expect(message.text).toContain('1 piece of feedback; usual 0 (range 0 to 1)');
    expect(tableRows(message)).not.toContain('App | Pieces | Usual range | Of paying | Our share $ a year');
  });

  it('says which week reads differently from what it told, and who appeared', async () => {
    const store = await openRecorded();
    const late = [...BEFORE, ...OF_WEEK, said('2026-03-03', { aliases: { appEntitlementNumber: 'E-222' } })];
    await record(store, late, SYNCED + 2);
    const message = await feedback.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 1 });
    expect(parentText(message)).toContain('pieces of feedback: week 1–7 Mar from 1 to 2 (+Globex)');
    // As it was known then, and again when it vanished in two pulls.
    const then = await store.read.readFeedback(
      { ...REQUEST, appKey: null, from: '2026-03-01', to: '2026-03-07' },
      SYNCED + 1,
    );
    expect(then).toHaveLength(1);
    await record(store, [...BEFORE, ...OF_WEEK], SYNCED + 3);
    await record(store, [...BEFORE, ...OF_WEEK], SYNCED + 4);
    const gone = await feedback.build(store.read, { ...REQUEST, lastSpokeAt: SYNCED + 2 });
    expect(parentText(gone)).toContain('from 2 to 1 (-Globex)');
  });

  it('tells a week without feedback apart from one of before the first import', async () => {
    const store = await openRecorded();
    const quiet = await feedback.build(store.read, { ...REQUEST, week: '2025-06-01' });
    expect(quiet.text).toContain('No feedback');
    const old = await feedback.build(store.read, { ...REQUEST, week: '2022-06-05' });
    expect(old.text).toContain('it is from before the first import');
  });

  it('knows nothing, rather than zero, before the first sync, and says what is missing later', async () => {
    const store = await openStore();
    const message = await feedback.build(store.read, REQUEST);
    expect(message.text).toContain('Feedback has not been read yet');
    expect(parentText(message)).toContain('*Not read yet*: licenses, transactions, feedback');
    await record(store, OF_WEEK);
    const nameless = await feedback.build(store.read, REQUEST);
    expect(nameless.text).toContain('None is of a paying customer');
    expect(parentText(nameless)).toContain('*Not read yet*: licenses, transactions');
  });
});
