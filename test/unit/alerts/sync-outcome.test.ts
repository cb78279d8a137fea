import { describe, expect, it } from 'vitest';
import {
  announceChannelParked,
  announceSyncOutcome,
  type SyncOutcome,
} from '../../../src/alerts/sync-outcome.ts';
import type { Freshness } from '../../../src/store/sync-runs.ts';

const NOW = Date.parse('2026-03-17T23:59:00Z');
const channels = { digest: 'C1', ops: 'C2' };
const good = { developerId: 'dev-1', isFirst: false, changes: [], failures: [] };

function announced(outcome: Partial<Parameters<typeof announceSyncOutcome>[0]>, at = NOW) {
  return announceSyncOutcome({ ...good, ...outcome }, channels, '/pulse', at);
}

describe('after a sync', () => {
  it('the operator hears nothing when nothing is wrong', () => {
    expect(announced({ changes: [{ dataset: 'transactions', rows: 9, isShort: false }] })).toEqual([]);
  });

  it('the operator hears of each cause once a day, with all its data sets', () => {
    const failures = [
      { dataset: 'licenses', code: 'API_UNAUTHORIZED' },
      { dataset: 'transactions', code: 'API_UNAUTHORIZED' },
      { dataset: 'feedback', code: 'API_TIMEOUT' },
    ] as const;
    const entries = announced({ failures });
    expect(entries.map(({ channel, key, kind }) => [key, kind, channel])).toEqual([
      ['ops/1/API_UNAUTHORIZED/dev-1/2026-03-17', 'ops', 'C2'],
      ['ops/1/API_TIMEOUT/dev-1/2026-03-17', 'ops', 'C2'],
    ]);
    expect(entries[0]?.message.text).toBe(
      '2 data sets could not be updated (API_UNAUTHORIZED): licenses, transactions.',
    );
    expect(announced({ failures }, NOW + 60_000)[0]?.key).toBe('ops/1/API_UNAUTHORIZED/dev-1/2026-03-18');
  });

  it('the channel of the digests is greeted once, when the first import brought something', () => {
    const changes = [
      { dataset: 'licenses', rows: 1200, isShort: false },
      { dataset: 'transactions', rows: 31_000, isShort: false },
      { dataset: 'churn', rows: 500, isShort: false },
      { dataset: 'feedback', rows: 0, isShort: false },
    ] as const;
    const [entry, ...rest] = announced({ isFirst: true, changes });
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ key: 'ops/1/STARTED/dev-1', channel: 'C1' });
    expect(entry?.message.text).toBe(
      'I am connected to the Marketplace and have read 1,200 licenses and 31,000 transaction lines.',
    );
    expect(announced({ isFirst: false, changes })).toEqual([]);
    expect(announced({ isFirst: true, changes: changes.slice(0, 1) })).toEqual([]);
  });

  it('the operator hears of answers that are much smaller than what is stored', () => {
    const changes = [
      { dataset: 'licenses', rows: 1, isShort: true },
      { dataset: 'transactions', rows: 5, isShort: false },
    ] as const;
    const [entry, ...rest] = announced({ changes });
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ key: 'ops/1/SHORT_ANSWER/dev-1/2026-03-17', channel: 'C2' });
    expect(entry?.message.text).toContain('licenses was much smaller');
  });
});

describe('the age of the data', () => {
  const HOUR = 3_600_000;
  const before = (ages: Partial<Record<'licenses' | 'transactions', number>>): Freshness[] =>
    Object.entries(ages).map(([dataset, hours]) => ({
      developerId: 'dev-1',
      dataset: dataset as 'licenses',
      goodAt: NOW - hours * HOUR,
    }));
  const both = [
    { dataset: 'licenses', rows: 1, isShort: false },
    { dataset: 'transactions', rows: 1, isShort: false },
  ] as const;
  const keys = (ages: Freshness[], changes: SyncOutcome['changes']): string[] =>
    announceSyncOutcome({ ...good, changes }, channels, '/pulse', NOW, ages).map(({ key }) => key);

  it('is told to the operator once a day when the older of both is 26 hours old', () => {
    expect(keys(before({ licenses: 1, transactions: 25 }), [])).toEqual([]);
    expect(keys(before({ licenses: 1, transactions: 26 }), [])).toEqual(['ops/1/STALE/dev-1/2026-03-17']);
    expect(keys(before({ licenses: 40, transactions: 1 }), both.slice(1))).toEqual([
      'ops/1/STALE/dev-1/2026-03-17',
    ]);
  });

  it('is told when it is over, once per time it lasted', () => {
    expect(keys(before({ licenses: 1, transactions: 50 }), both)).toEqual([
      'ops/1/RECOVERED/dev-1/2026-03-15',
    ]);
    expect(keys(before({ licenses: 1, transactions: 20 }), both)).toEqual([]);
  });

  it('is nothing before both were ever read', () => {
    expect(keys(before({ licenses: 50 }), [])).toEqual([]);
    expect(keys([], both)).toEqual([]);
  });
});

describe('rows that are set aside', () => {
  const aside = (quarantined: number, known?: number, isFirst = false): string[] =>
    announceSyncOutcome(
      { ...good, isFirst, changes: [{ dataset: 'licenses', rows: 9, quarantined, isShort: false }] },
      channels,
      '/pulse',
      NOW,
      known === undefined
        ? []
        : [
            {
              developerId: 'dev-1',
              dataset: 'licenses',
              counts: { rows: 9, added: 0, changed: 0, vanished: 0, quarantined: known },
            },
          ],
    ).map(({ message }) => message.text);

  it('are told to the operator when they are more than at the pull before', () => {
    expect(aside(3, 2)).toEqual([
      'More rows than before were set aside because they do not fit: 3 rows of licenses.',
    ]);
    expect(aside(3, 3)).toEqual([]);
    expect(aside(1)).toHaveLength(1);
    expect(aside(0)).toEqual([]);
  });

  it('of the first import are in status', () => {
    expect(aside(5, undefined, true)).toEqual([]);
  });
});

describe('a channel that Slack refuses', () => {
  const notice = {
    channel: 'C9',
    code: 'not_in_channel',
    reason: 'The bot is not in it.',
    fix: 'Type /invite @pulse there.',
  };

  it('is told to the operator once a day and cause', () => {
    const [entry] = announceChannelParked(notice, 'C2', NOW);
    expect(entry).toMatchObject({
      key: 'ops/1/CHANNEL_PARKED/C9/not_in_channel/2026-03-17',
      channel: 'C2',
      kind: 'ops',
    });
    expect(entry?.message.text).toBe('I cannot post to <#C9> (C9): The bot is not in it.');
  });

  it('is not told in that very channel', () => {
    expect(announceChannelParked(notice, 'C9', NOW)).toEqual([]);
  });
});
