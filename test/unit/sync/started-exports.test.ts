import { describe, expect, it } from 'vitest';
import { transactions } from '../../../src/sync/data-sets/transactions.ts';
import { createStartedExports } from '../../../src/sync/started-exports.ts';
import { openStore } from '../../support/store-on-disk.ts';

const AT = Date.parse('2026-03-16T06:50:00Z');
const MINUTE = 60_000;
const PLAN = { mode: 'full', since: undefined, today: '2026-03-16', at: AT } as const;

/** What a process before this one started, and what the next one plans. */
async function setUp() {
  const { meta } = await openStore();
  const before = await createStartedExports(meta, 'dev-1').plan(transactions, PLAN);
  await before.note(0, 'export-7');
  return { before, next: createStartedExports(meta, 'dev-1'), meta };
}

describe('an export that was started and not recorded', () => {
  it('is gone on with by the next process, as it was asked for', async () => {
    const { before, next } = await setUp();
    const { exports } = await next.plan(transactions, { ...PLAN, at: AT + 20 * MINUTE });
    expect(exports[0]).toEqual({ ...before.exports[0], exportId: 'export-7' });
    expect(exports.slice(1)).toEqual(before.exports.slice(1));
  });

  it.each([
    ['after an hour', { at: AT + 60 * MINUTE }],
    ['when the clock was set back', { at: AT - 1 }],
    ['when something else is due', { mode: 'incremental', since: '2026-03-15' }],
  ] as const)('is asked for anew %s', async (_when, change) => {
    const { next } = await setUp();
    const { exports } = await next.plan(transactions, { ...PLAN, ...change });
    expect(exports.map(({ exportId }) => exportId)).not.toContain('export-7');
  });

  it('belongs to its developer space', async () => {
    const { meta } = await setUp();
    const { exports } = await createStartedExports(meta, 'dev-2').plan(transactions, PLAN);
    expect(exports[0]?.exportId).toBeUndefined();
  });

  it.each([
    ['API_UNAVAILABLE', 'export-7'],
    ['API_LIMITED', 'export-7'],
    ['EXPORT_TIMED_OUT', 'export-7'],
    ['EXPORT_FAILED', undefined],
    ['API_TRUNCATED', undefined],
  ])('after %s is %s', async (code, exportId) => {
    const { next } = await setUp();
    await next.noteFailure('transactions', code);
    expect((await next.plan(transactions, PLAN)).exports[0]?.exportId).toBe(exportId);
  });

  it('is forgotten once its rows are recorded', async () => {
    const { next } = await setUp();
    await next.forget('transactions');
    expect((await next.plan(transactions, PLAN)).exports[0]?.exportId).toBeUndefined();
  });
});
