import { describe, expect, it } from 'vitest';
import type { RawTransaction } from '../../../demo/world/raw-rows.ts';
import { createWorld, type World } from '../../../demo/world/world.ts';
import type { Day } from '../../../src/domain/day.ts';

const TODAY: Day = '2026-03-17';
const world = createWorld({ seed: 7, today: TODAY });

function shift(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) as Day;
}

function daysApart(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** Every line with the days on which a weekly visitor first and last saw it. */
function watchLines(): { line: RawTransaction; first: Day; versions: RawTransaction[]; isGone: boolean }[] {
  const seen = new Map<string, { line: RawTransaction; first: Day; last: Day; versions: RawTransaction[] }>();
  for (let age = 120; age >= 0; age -= 1) {
    const day = shift(TODAY, -age);
    for (const line of world.at(day).transactions) {
      const known = seen.get(line.transactionLineItemId);
      if (!known) seen.set(line.transactionLineItemId, { line, first: day, last: day, versions: [line] });
      else {
        known.last = day;
        if (known.versions.at(-1) !== line) known.versions.push(line);
      }
    }
  }
  return [...seen.values()].map(({ last, ...rest }) => ({ ...rest, isGone: last !== TODAY }));
}

const watched = watchLines();
const arrived = watched.filter(({ first }) => first > shift(TODAY, -120));

describe('the passing of days', () => {
  it('shows most lines within a day, and a few weeks late', () => {
    const lags = arrived
      .filter(({ line }) => !line.purchaseDetails.paymentTerms && line.purchaseDetails.saleType !== 'Refund')
      .map(({ line, first }) => daysApart(line.purchaseDetails.saleDate, first));
    expect(lags.filter((lag) => lag === 0 || lag === 1).length / lags.length).toBeGreaterThan(0.95);
    expect(lags.filter((lag) => lag >= 9 && lag <= 62).length).toBeGreaterThan(5);
    expect(lags.every((lag) => lag >= 0)).toBe(true);
  });

  it('hides some late lines from whoever asks by lastUpdated', () => {
    const stale = arrived.filter(({ line, first }) => daysApart(line.lastUpdated, first) >= 9);
    const late = arrived.filter(
      ({ line, first }) => daysApart(line.purchaseDetails.maintenanceStartDate, first) >= 9,
    );
    expect(stale.length).toBeGreaterThan(0);
    expect(stale.length).toBeLessThan(late.length);
  });

  it('turns open invoices into paid, uncollectible and refunded ones, and moves lastUpdated', () => {
    const paths = new Set(
      watched.map(({ versions }) => versions.map(({ paymentStatus }) => paymentStatus).join(' ')),
    );
    expect(paths).toContain('Open Paid');
    expect(paths).toContain('Paid Refunded');
    expect([...paths].some((path) => path.endsWith('Open Uncollectible'))).toBe(true);
    const settled = watched.filter(
      ({ versions }) => versions[0]?.paymentStatus === 'Open' && versions.at(-1)?.paymentStatus === 'Paid',
    );
    expect(settled.length).toBeGreaterThan(5);
    expect(
      settled.every(({ line, versions }) => (versions.at(-1)?.lastUpdated ?? '') > line.lastUpdated),
    ).toBe(true);
  });

  it('restates amounts', () => {
    const restated = watched.filter(
      ({ versions }) => new Set(versions.map(({ purchaseDetails }) => purchaseDetails.vendorAmount)).size > 1,
    );
    expect(restated.length).toBeGreaterThan(0);
  });

  it('lets lines, and evaluations, vanish', () => {
    expect(watched.filter(({ isGone }) => isGone).length).toBeGreaterThan(0);
    const now = new Set(world.at(TODAY).licenses.map((row) => row.appEntitlementId ?? row.licenseId));
    const vanished = Array.from({ length: 60 }, (_, index) => world.at(shift(TODAY, -10 * index)).licenses)
      .flat()
      .filter((row) => row.appEntitlementId && !now.has(row.appEntitlementId));
    expect(vanished.length).toBeGreaterThan(0);
  });

  it('moves lastUpdated of licences in which nothing changed', () => {
    const before = new Map(world.at(shift(TODAY, -30)).licenses.map((row) => [row.appEntitlementId, row]));
    const idle = world.at(TODAY).licenses.filter((row) => {
      const old = before.get(row.appEntitlementId);
      return (
        old !== undefined &&
        row.appEntitlementId !== undefined &&
        old.lastUpdated !== row.lastUpdated &&
        JSON.stringify({ ...old, lastUpdated: '' }) === JSON.stringify({ ...row, lastUpdated: '' })
      );
    });
    expect(idle.length).toBeGreaterThan(10);
  });

  it('changes the tier of sandboxes every few days', () => {
    const tiersOn = (day: Day) =>
      world
        .at(day)
        .licenses.filter((row) => row.installedOnSandbox === 'Yes')
        .map(({ tier }) => tier);
    const [before, now] = [tiersOn(shift(TODAY, -10)), tiersOn(TODAY)];
    expect(now.length).toBeGreaterThan(30);
    expect(now.filter((tier, index) => tier !== before[index]).length).toBeGreaterThan(15);
  });

  it('gives most Data Center licences an entitlement number on the way, without a new row', () => {
    const dataCenter = (day: Day) =>
      world.at(day).licenses.filter((row) => row.licenseId !== undefined && row.licenseId < 'SEN-1200999');
    const before = dataCenter(shift(TODAY, -61));
    const now = new Map(dataCenter(TODAY).map((row) => [row.licenseId, row]));
    expect(before.length).toBeGreaterThan(30);
    expect(before.every((row) => row.appEntitlementNumber === undefined)).toBe(true);
    const numbered = before.filter((row) => now.get(row.licenseId)?.appEntitlementNumber);
    expect(numbered.length / before.length).toBeGreaterThan(0.75);
    expect(numbered.length).toBeLessThan(before.length);
    const yesterday = dataCenter(shift(TODAY, -2)).filter((row) => !row.appEntitlementNumber);
    expect(yesterday.filter((row) => now.get(row.licenseId)?.appEntitlementNumber).length).toBeGreaterThan(3);
    const lines = world.at(TODAY).transactions.filter((row) => row.licenseId && row.appEntitlementNumber);
    expect(lines.length).toBeGreaterThan(50);
  });

  it('delivers parent insights two to three days after an evaluation began', () => {
    const young = (age: number) =>
      world
        .at(TODAY)
        .licenses.filter(
          (row) =>
            row.licenseType === 'EVALUATION' &&
            row.licenseSourceType === 'Non-Atlassian' &&
            row.maintenanceStartDate === shift(TODAY, -age),
        );
    expect(young(1).every((row) => row.parentProductEdition === 'Pending')).toBe(true);
    expect(young(1).length).toBeGreaterThan(0);
    const old = [...young(5), ...young(6), ...young(7)].filter(
      // A licence exported twice comes without insights the second time.
      ({ hosting, installedOnSandbox }) => hosting === 'Cloud' && installedOnSandbox !== undefined,
    );
    expect(old.length).toBeGreaterThan(3);
    expect(old.every((row) => row.installedOnSandbox === 'No')).toBe(true);
  });

  it('goes on after today', () => {
    const later = world.at(shift(TODAY, 28));
    const now = world.at(TODAY);
    expect(later.transactions.length).toBeGreaterThan(now.transactions.length + 200);
    expect(later.events('churn').length).toBeGreaterThan(now.events('churn').length + 10);
    expect(world.lastDay).toBe('2026-04-21');
  });
});

describe.each<[number, Day]>([
  [7, TODAY],
  [11, '2026-03-15'],
  // With this seed a late churn event would crowd into the restated week, were it not kept out.
  [72, '2026-03-14'],
  [13, '2028-02-29'],
  [14, '2026-12-31'],
])('the landmarks (seed %i, %s)', (seed, today) => {
  const own: World = createWorld({ seed, today });
  const { landmarks } = own;
  const now = own.at(today);
  const before = own.at(shift(today, -2));

  const linesOf = (number: string | undefined) =>
    now.transactions.filter((row) => row.appEntitlementNumber === number);
  const licenseOf = (number: string | undefined) =>
    now.licenses.filter((row) => row.appEntitlementNumber === number);
  const knew = (lineId: string) => before.transactions.some((row) => row.transactionLineItemId === lineId);

  it('hold Acme GmbH, which pays for two apps', () => {
    expect(landmarks.acme).toMatchObject({
      company: 'Acme GmbH',
      entitlementNumber: 'E-111-AAA-AAA-11A',
      hostname: 'acme.atlassian.net',
    });
    for (const number of ['E-111-AAA-AAA-11A', landmarks.acme.otherApp.entitlementNumber]) {
      expect(licenseOf(number)[0]).toMatchObject({ status: 'active', licenseType: 'COMMERCIAL' });
      expect(linesOf(number).length).toBeGreaterThan(1);
    }
  });

  it('hold a Data Center licence with nothing but a SEN, and an entitlement number of three groups', () => {
    const sen = now.licenses.filter((row) => row.licenseId === 'SEN-1000001');
    expect(sen).toHaveLength(1);
    expect(sen[0]).toMatchObject({ status: 'active', hosting: expect.stringMatching(/^Data [Cc]enter$/) });
    expect(sen[0]).not.toHaveProperty('appEntitlementNumber');
    expect(landmarks.senOnly.entitlementNumber).toBeUndefined();
    expect(licenseOf('E-123-456-789')).toHaveLength(1);
  });

  it('hold a sale of about $24,000 that is new since two days ago and due in the future', () => {
    const { largeSale } = landmarks;
    expect(largeSale.vendorAmount).toBeCloseTo(24_003.6, 2);
    expect(knew(largeSale.lineId)).toBe(false);
    const [line] = linesOf(largeSale.entitlementNumber);
    expect(line).toMatchObject({
      paymentStatus: 'Open',
      transactionId: 'IN-900-000-001',
      lastUpdated: shift(today, -1),
    });
    expect(line && line.purchaseDetails.saleDate > today).toBe(true);
    expect(
      now
        .events('conversion')
        .some(({ licenseDetails }) => licenseDetails.appEntitlementNumber === largeSale.entitlementNumber),
    ).toBe(true);
  });

  it('hold a same-day upgrade and a downgrade, each a refund and a re-bill with one maintenance end', () => {
    for (const pair of [landmarks.upgradePair, landmarks.downgradePair, landmarks.biggerPlan]) {
      expect(knew(pair.refundLineId) || knew(pair.billLineId)).toBe(false);
      const [refund, bill] = [pair.refundLineId, pair.billLineId].map((id) =>
        now.transactions.find((row) => row.transactionLineItemId === id),
      );
      expect(refund?.purchaseDetails.saleDate).toBe(bill?.purchaseDetails.saleDate);
      expect(refund?.purchaseDetails.maintenanceEndDate).toBe(bill?.purchaseDetails.maintenanceEndDate);
      expect(pair.refund).toBeLessThan(-7000);
    }
    expect(landmarks.upgradePair.net).toBe(498);
    expect(landmarks.downgradePair.net).toBe(-3984);
    expect(landmarks.biggerPlan.net).toBe(1909);
  });

  it('hold a line of forty days ago that was corrected yesterday', () => {
    const { lineId } = landmarks.corrected;
    const amounts = [shift(today, -2), today].map(
      (day) =>
        own.at(day).transactions.find((row) => row.transactionLineItemId === lineId)?.purchaseDetails
          .vendorAmount,
    );
    expect(amounts).toEqual([1826, 1643.4]);
  });

  it('hold a week in which many more sites than usual try one app', () => {
    const { appKey, week } = landmarks.busyWeek;
    const begun = (from: Day) =>
      now.licenses.filter(
        ({ addonKey, evaluationStartDate: start }) =>
          addonKey === appKey && start !== undefined && start >= from && start < shift(from, 7),
      ).length;
    const before = Array.from({ length: 12 }, (_, index) => begun(shift(week, -7 * (index + 1))));
    expect(begun(week)).toBeGreaterThanOrEqual(11);
    expect(Math.max(...before)).toBeLessThan(11);
  });

  it('hold a churner of the last complete week who said why and keeps another app', () => {
    const { bigChurner } = landmarks;
    const sunday = shift(today, -new Date(`${today}T00:00:00Z`).getUTCDay());
    expect(bigChurner.week).toBe(shift(sunday, -7));
    expect(bigChurner.eventDate >= bigChurner.week && bigChurner.eventDate < sunday).toBe(true);
    expect(bigChurner.lastTermAmount).toBeGreaterThan(10_000);
    expect(linesOf(bigChurner.entitlementNumber).at(-1)?.purchaseDetails.vendorAmount).toBe(
      bigChurner.lastTermAmount,
    );
    expect(
      now
        .events('churn')
        .filter(({ licenseDetails }) => licenseDetails.appEntitlementNumber === bigChurner.entitlementNumber),
    ).toHaveLength(1);
    expect(
      now.feedback.find((row) => row.appEntitlementNumber === bigChurner.entitlementNumber),
    ).toMatchObject({
      reasonKey: 'cost',
      message: bigChurner.message,
    });
    expect(licenseOf(bigChurner.entitlementNumber)[0]?.status).toBe('inactive');
    const [kept] = licenseOf(bigChurner.keeps.entitlementNumber);
    expect(kept?.status).toBe('active');
    expect(kept?.cloudId).toBe(licenseOf(bigChurner.entitlementNumber)[0]?.cloudId);
  });

  it('hold a restatement: two churn events of the week before last, unknown until yesterday', () => {
    const { restatement } = landmarks;
    const numbers = restatement.subscriptions.map(({ entitlementNumber }) => entitlementNumber);
    const inWeek = (day: Day) =>
      own
        .at(day)
        .events('churn')
        .filter(({ eventDate }) => eventDate >= restatement.week && eventDate < shift(restatement.week, 7));
    expect(inWeek(shift(today, -2)).length).toBe(restatement.before);
    expect(inWeek(shift(today, -5)).length).toBe(restatement.before);
    expect(inWeek(today).length).toBe(restatement.after);
    expect(restatement.after - restatement.before).toBe(2);
    const late = inWeek(today).filter(({ licenseDetails }) =>
      numbers.includes(licenseDetails.appEntitlementNumber),
    );
    expect(late).toHaveLength(2);
    expect(late.every(({ lastUpdated }) => lastUpdated === restatement.visibleFrom)).toBe(true);
  });

  it('hold one piece of news for every alert', () => {
    const statusBefore = (number: string | undefined) =>
      before.licenses.find((row) => row.appEntitlementNumber === number)?.status;
    expect(statusBefore(landmarks.cancelled.entitlementNumber)).toBe('active');
    expect(licenseOf(landmarks.cancelled.entitlementNumber)[0]).toMatchObject({
      status: 'cancelled',
      maintenanceEndDate: landmarks.cancelled.maintenanceEnd,
    });
    const unpaid = (snapshot: typeof now) =>
      snapshot.transactions.find((row) => row.transactionLineItemId === landmarks.paymentProblem.lineId);
    expect(unpaid(before)).toMatchObject({ paymentStatus: 'Open' });
    expect(unpaid(now)).toMatchObject({ paymentStatus: 'Uncollectible' });
    expect(unpaid(now)?.dunningStatus).toHaveLength(3);
    expect(landmarks.refund.vendorAmount).toBe(-6557);
    expect(knew(landmarks.refund.lineId)).toBe(false);
    expect(
      linesOf(landmarks.planSwitch.entitlementNumber).filter((row) => row.lastUpdated === shift(today, -1))
        .length,
    ).toBeGreaterThanOrEqual(4);
    const size = (snapshot: typeof now) =>
      snapshot.licenses.find((row) => row.appEntitlementNumber === landmarks.bigEvaluation.entitlementNumber)
        ?.evaluationOpportunitySize;
    expect([size(before), size(now)]).toEqual(['NA', 2600]);
    expect(before.feedback.some(({ message }) => message === landmarks.feedback.message)).toBe(false);
    expect(now.feedback.some(({ message }) => message === landmarks.feedback.message)).toBe(true);
    expect(landmarks.hostileSale.company).toContain('<!channel>');
    expect(knew(landmarks.hostileSale.lineId)).toBe(false);
  });
});
