import { describe, expect, it } from 'vitest';
import { createMemoryBook } from '../../../src/alerts/memory-book.ts';
import { createAnnounce } from '../../../src/schedule/run-sync.ts';
import type { RecordedNews } from '../../../src/store/recorded-news.ts';
import { ALERTING } from '../../support/alert-options.ts';
import { keysOf } from '../../support/alerting.ts';
import { createLogBook } from '../../support/log-book.ts';
import { feedback, license, line } from '../analytics/rows.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const CHANNELS = { digest: 'C1', alert: 'C1', ops: 'C9' };
const sale = line({ saleDate: '2026-03-16', vendorAmount: 900_000, firstSeenAt: NOW });
const paid = line({ maintenanceStart: '2025-09-01', maintenanceEnd: '2026-09-01' });
const written = feedback({ date: '2026-03-16', message: 'Hello', firstSeenAt: NOW });

/** A sync with a large sale and a message of a paying customer. */
function news(changes: Partial<RecordedNews> = {}): RecordedNews {
  return {
    developerId: 'dev-1',
    at: NOW,
    newLines: [sale],
    changedLines: [],
    vanishedLines: [],
    newLicenses: [],
    changedLicenses: [],
    newEvents: [],
    newFeedback: [written],
    bulk: [],
    linesOf: () => [paid, sale],
    licensesOf: () => [license()],
    eventsOf: () => [],
    feedbackOf: () => [written],
    licensesOnSite: () => [],
    firstEndOf: () => undefined,
    readSeries: () => [],
    readObserved: () => ({ points: [], firstSeenAt: new Map() }),
    vanishedOf: () => 0,
    isHistory: () => false,
    silentAt: () => undefined,
    ...changes,
  };
}

const announce = (log = createLogBook()) => createAnnounce(ALERTING, { channels: CHANNELS, log });

describe('what a sync brought', () => {
  it('is announced in the channel for alerts', () => {
    expect(keysOf(announce()(news(), createMemoryBook([])))).toEqual([
      expect.stringMatching(/^alert\/1\/C1\/large-transaction\//),
      expect.stringMatching(/^alert\/1\/C1\/feedback\//),
    ]);
  });

  it('is announced nowhere where no channel is known', () => {
    const quiet = createAnnounce(undefined, { channels: undefined, log: createLogBook() });
    expect(quiet(news(), createMemoryBook([])).entries).toEqual([]);
  });

  it('is announced by every rule that does not fail; the operator hears which one does', () => {
    const log = createLogBook();
    const broken = news({
      feedbackOf: () => {
        throw new Error('no such column');
      },
    });
    const said = announce(log)(broken, createMemoryBook([]));
    expect(keysOf(said)).toEqual([
      expect.stringMatching(/^alert\/1\/C1\/large-transaction\//),
      'ops/1/ALERT_RULE_FAILED/feedback/2026-03-17',
    ]);
    expect(said.entries.at(-1)).toMatchObject({ kind: 'ops', channel: 'C9' });
    expect(log.asText()).toContain('no such column');
  });

  it('never keeps the sync from being recorded', () => {
    const log = createLogBook();
    const book = {
      ...createMemoryBook([]),
      openFacts: () => {
        throw new Error('no such table');
      },
    };
    const said = announce(log)(news(), book);
    expect(keysOf(said)).toEqual(['ops/1/ALERT_RULE_FAILED/all/2026-03-17']);
    expect([said.facts, said.messages]).toEqual([[], []]);
    expect(log.asText()).toContain('no such table');
  });
});
