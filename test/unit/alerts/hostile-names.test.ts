/** Customer text in every alert: names that ping, link, restyle and reorder. */
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../demo/slack/message-tokens.ts';
import { validateBlocks } from '../../../demo/slack/validate-blocks.ts';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import { limitProblems } from '../../../src/messages/kit/limits.ts';
import { createAlertWorld } from '../../support/alert-world.ts';
import { churn, evaluation, feedback, license, line } from '../analytics/rows.ts';
import { hostileNames } from '../messages/kit/hostile-names.ts';

const TODAY: Day = '2026-03-16';
const NOW = startOf('2026-03-17') + 9 * 3_600_000;
const OVER = { maintenanceStart: addDays(TODAY, -365), maintenanceEnd: TODAY } as const;
const RUNNING = { maintenanceStart: addDays(TODAY, -30), maintenanceEnd: addDays(TODAY, 335) } as const;
/** What our own words bring. */
const OURS = new Set(['bold', 'italic', 'code', 'date']);

/** Everything that a customer, a partner or an app can call itself. */
function called(entitlement: string, name: string) {
  return {
    entitlement,
    name,
    customer: { company: name, country: name, region: name, mailDomain: name },
    partner: { name, type: name },
    host: { cloudId: entitlement, siteHostname: name },
    tier: name,
  };
}

/** Five customers of five such names: one buys, one leaves, one tries, one asks for its money, one does not pay. */
function play(names: readonly string[]) {
  const [buyer = '', leaver = '', trier = '', refunded = '', debtor = ''] = names;
  const world = createAlertWorld();
  const active = (entitlement: string, name: string, term: typeof OVER | typeof RUNNING) =>
    license({ ...called(entitlement, name), ...term });
  const bill = (entitlement: string, name: string, id: string, term: typeof OVER | typeof RUNNING) =>
    line({
      ...called(entitlement, name),
      ...term,
      saleDate: term.maintenanceStart,
      transactionId: id,
      lineId: id,
      vendorAmount: 900_000,
    });
  const before = bill('E-4', refunded, 'IN-4', RUNNING);
  world.sync(
    NOW - 86_400_000,
    {
      licenses: [
        active('E-2', leaver, OVER),
        active('E-4', refunded, RUNNING),
        active('E-5', debtor, RUNNING),
      ],
      lines: [bill('E-2', leaver, 'IN-2', OVER), before],
    },
    { silent: true },
  );
  const back = {
    saleDate: TODAY,
    saleType: 'Refund',
    vendorAmount: -900_000,
    originalTransactionId: 'IN-4',
  } as const;
  const said = world.sync(NOW, {
    lines: [
      { ...bill('E-1', buyer, 'IN-1', RUNNING), saleDate: TODAY },
      { ...before, ...back, transactionId: 'IN-4b', lineId: 'IN-4b' },
      { ...bill('E-5', debtor, 'IN-5', RUNNING), saleDate: TODAY, paymentStatus: 'Uncollectible' },
    ],
    events: [churn({ entitlement: 'E-2', eventDate: TODAY, maintenanceEnd: TODAY })],
    feedback: [feedback({ entitlement: 'E-2', date: TODAY, reason: leaver, message: leaver })],
    licenses: [{ ...evaluation('E-3', TODAY, { opportunityUsers: 5000 }), ...called('E-3', trier) }],
  });
  // A refund waits a day for the bill that may replace it.
  return [...said.entries, ...world.sync(NOW + 86_400_000, {}).entries];
}

describe('10,000 hostile names', () => {
  it('in the alerts of buyers, leavers, evaluations, refunds and unpaid bills bring nothing but words', () => {
    const names = hostileNames(10_000, 5);
    const rules = new Set<string>();
    const wrong: unknown[] = [];
    for (let index = 0; index < names.length; index += 5) {
      const batch = names.slice(index, index + 5);
      for (const { key, message } of play(batch)) {
        rules.add(key.split('/')[3] ?? '');
        const foreign = tokensOf(message).filter(({ kind }) => !OURS.has(kind));
        const problems = [...limitProblems(message), ...validateBlocks(message.blocks)];
        if (foreign.length + problems.length > 0) wrong.push({ batch, key, foreign, problems });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect([...rules].toSorted()).toEqual([
      'big-evaluation',
      'customer-leaving',
      'large-transaction',
      'payment-problem',
      'refund',
    ]);
  });
});
