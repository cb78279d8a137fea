import { describe, expect, it } from 'vitest';
import { announceChannelParked, announceSyncOutcome } from '../../../src/alerts/sync-outcome.ts';

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

describe('a channel that Slack refuses', () => {
  const notice = {
    channel: 'C9',
    code: 'not_in_channel',
    reason: 'the bot is not in it',
    fix: 'Type /invite @pulse there.',
  };

  it('is told to the operator once a day and cause', () => {
    const [entry] = announceChannelParked(notice, 'C2', NOW);
    expect(entry).toMatchObject({
      key: 'ops/1/CHANNEL_PARKED/C9/not_in_channel/2026-03-17',
      channel: 'C2',
      kind: 'ops',
    });
    expect(entry?.message.text).toBe('I cannot post to channel C9: the bot is not in it.');
  });

  it('is not told in that very channel', () => {
    expect(announceChannelParked(notice, 'C9', NOW)).toEqual([]);
  });
});
