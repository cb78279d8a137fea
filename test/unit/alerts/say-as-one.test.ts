import { expect, it } from 'vitest';
import { sayAsOne } from '../../../src/alerts/say-as-one.ts';
import type { OutboxEntry } from '../../../src/store/outbox.ts';
import { aLine } from '../../support/rows.ts';
import { entryOf } from '../../support/delivery-store.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';

const NOW = Date.parse('2026-03-20T06:00:00Z');
const SINCE = NOW - 10 * 86_400_000;

const said = (entries: readonly OutboxEntry[]) => entries.filter(({ silent }) => !silent);

it('more than three alerts for a channel become one message, and each counts as said', () => {
  const entries = ['a', 'b', 'c', 'd'].map((key) => entryOf({ key }));
  const gathered = sayAsOne(entries, SINCE, NOW);
  expect(said(gathered).map(({ key }) => key)).toEqual(['a/away']);
  expect(said(gathered)[0]?.message.text).toBe(
    'While I was away for 10 days, 4 things happened that I would have told one by one.',
  );
  expect(JSON.stringify(said(gathered)[0]?.message.blocks)).toContain('text of b');
  expect(gathered.filter(({ silent }) => silent).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
});

it('replies of an alert that is not said alone are not said either', () => {
  const entries = [
    entryOf({ key: 'a' }),
    entryOf({ key: 'a/1', kind: 'reply', parentKey: 'a' }),
    ...['b', 'c', 'd'].map((key) => entryOf({ key })),
  ];
  expect(said(sayAsOne(entries, SINCE, NOW)).map(({ key }) => key)).toEqual(['a/away']);
});

it('three alerts of a channel stay what they are, and so does what is no alert', () => {
  const entries = [
    ...['a', 'a2', 'a3'].map((key) => entryOf({ key })),
    entryOf({ key: 'b', channel: 'C2' }),
    entryOf({ key: 'ops', kind: 'ops' }),
    entryOf({ key: 'storm', channel: 'C3' }),
    entryOf({ key: 'part', channel: 'C3', silent: true }),
  ];
  expect(sayAsOne(entries, SINCE, NOW)).toEqual(entries);
});

it('names 25 and counts the rest', () => {
  const entries = Array.from({ length: 40 }, (_, index) => entryOf({ key: `k${index}` }));
  const text = JSON.stringify(said(sayAsOne(entries, SINCE, NOW))[0]?.message.blocks);
  expect(text).toContain('and 15 more');
});

it('what was said before is in no such message', async () => {
  const store = await openStore();
  await recordRows(store, { kind: 'lines', rows: [aLine()] }, { at: SINCE });
  await store.outbox.enqueue([entryOf({ key: 'line-2' })], SINCE);
  const runId = await store.syncRuns.start('dev-1', 'transactions', 'full', NOW);
  const load = store.recorder.beginLoad('lines', { developerId: 'dev-1', at: NOW, isFull: true });
  const { lineRow } = await import('../../../src/store/load-rows.ts');
  const rules = { at: NOW, silent: false, contacts: 'none' } as const;
  load.add(
    ['line-1', 'line-2', 'line-3', 'line-4', 'line-5', 'line-6'].map((lineId) =>
      lineRow(aLine({ lineId }), rules),
    ),
  );
  const { NOTHING_SEEN } = await import('../../../src/store/load.ts');
  load.complete(NOTHING_SEEN);
  await store.recorder.recordSync({
    developerId: 'dev-1',
    at: NOW,
    pulls: [
      {
        runId,
        dataset: 'transactions',
        mode: 'full',
        pulled: { kind: 'lines', load },
        silent: false,
        quarantinedRows: 0,
        quarantined: [],
        unmappedFields: new Map(),
      },
    ],
    announce: ({ newLines }) => newLines.map(({ lineId }) => entryOf({ key: lineId })),
    gather: (entries) => sayAsOne(entries, SINCE, NOW),
  });
  expect(await store.outbox.readRow('line-2')).toMatchObject({ state: 'pending' });
  for (const key of ['line-3', 'line-4', 'line-5', 'line-6'])
    expect(await store.outbox.readRow(key)).toMatchObject({ state: 'baseline' });
  const claim = await store.outbox.claim('C1', NOW, 1000);
  expect(claim?.key).toBe('line-2');
  expect(await store.outbox.readRow('line-3/away')).toMatchObject({ state: 'pending' });
});
