import { describe, expect, it } from 'vitest';
import { badArgument, badDate } from '../../src/messages/bad-argument.ts';
import { EXPLANATIONS } from '../../src/digests/explained/index.ts';
import { LIMITS, sizeOf } from '../../src/messages/kit/limits.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { explanation, explanationList, numberExplanation } from '../../src/messages/explanation.ts';
import { help } from '../../src/messages/help.ts';
import {
  anotherInstance,
  backupFailed,
  clockWrong,
  diskFilling,
  manyQuestions,
  storeRecovered,
  tokenExpires,
} from '../../src/messages/operator.ts';
import { outcomeOf } from '../../src/slack/outcome.ts';
import { channelParked, messageRefused, started, syncFailed, syncShort } from '../../src/messages/ops.ts';
import { type DatasetStatus, type Status, status } from '../../src/messages/status.ts';
import { syncRequested } from '../../src/messages/sync-requested.ts';
import { expectGolden, expectSendable } from '../support/golden.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const MINUTE = 60_000;

describe('help', () => {
  const entries = [
    { word: 'lookup', usage: '<entitlement | company>', summary: 'who is this customer' },
    { word: 'churn', usage: '[app] [weeks]', summary: 'who left last week, what they were worth and why' },
    { word: 'status', usage: '', summary: 'data age, delivery and the next runs' },
  ];

  it('lists every command with what it takes, and examples', () => {
    expectGolden('help', help('/pulse', entries));
  });

  it('of many commands leaves none out', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      word: `command-${index}`,
      usage: '[app] [weeks in the chart] [date in the week] [details]',
      summary: `what command ${index} answers, in a sentence of a usual length`,
    }));
    const text = JSON.stringify(help('/pulse', many));
    for (const { summary, word } of many) {
      expect(text).toContain(`/pulse ${word} [app]`);
      expect(text).toContain(summary);
    }
    expect(text).not.toContain('…');
  });
});

function dataset(name: string, changes: Partial<DatasetStatus> = {}): DatasetStatus {
  return {
    dataset: name,
    goodAt: NOW - 40 * MINUTE,
    counts: { rows: 31_204, added: 12, changed: 3, quarantined: 0 },
    ...changes,
  };
}

function report(changes: Partial<Status> = {}): Status {
  return {
    spaces: [
      { developerId: 'dev-1', datasets: [dataset('licenses'), dataset('transactions'), dataset('churn')] },
    ],
    waiting: 0,
    refused: 0,
    parked: [],
    nextRuns: [
      { name: 'churn', channel: 'C0DIGEST', at: Date.parse('2026-03-24T08:00:00Z') },
      { name: 'conversion', channel: 'C0DIGEST', at: Date.parse('2026-03-31T07:00:00Z') },
    ],
    alerts: [],
    timeZone: 'Europe/Berlin',
    ...changes,
  };
}

describe('status', () => {
  it('that is fine says so first, and how old the data is', () => {
    expectGolden('status-fine', status(report(), NOW));
  });

  it('of a failing sync names what failed, and since when there is no news', () => {
    const failed = {
      failedCode: 'API_UNAUTHORIZED',
      failedAt: NOW - MINUTE,
      goodAt: NOW - 5 * 1440 * MINUTE,
    };
    const datasets = [dataset('licenses', failed), dataset('transactions', failed), dataset('churn')];
    expectGolden('status-failing', status(report({ spaces: [{ developerId: 'dev-1', datasets }] }), NOW));
  });

  it('with parked channels and refused messages says what to do', () => {
    const parked = [
      {
        channel: 'C0DIGEST',
        reason: 'the bot is not in the channel',
        fix: 'Type /invite @pulse in it.',
      },
    ];
    expectGolden('status-parked', status(report({ waiting: 7, refused: 2, parked }), NOW));
  });

  it('before the first sync knows nothing, and says nothing as 0', () => {
    const message = status(report({ spaces: [], nextRuns: [] }), NOW);
    expect(message.text).toBe('No data yet: the first sync has not finished.');
    expectGolden('status-empty', message);
  });

  it('of several developer spaces tells which data set belongs to which', () => {
    const spaces = ['dev-1', 'dev-2'].map((developerId) => ({
      developerId,
      datasets: [dataset('licenses', developerId === 'dev-2' ? { dataset: 'licenses' } : {})],
    }));
    const words = JSON.stringify(status(report({ spaces }), NOW));
    expect(words).toContain('licenses, dev-1');
    expect(words).toContain('licenses, dev-2');
  });

  it.each([
    [
      { spaces: [{ developerId: 'd', datasets: [dataset('licenses', { goodAt: NOW - 27 * 60 * MINUTE })] }] },
      'The data is old. The oldest data set is 27 hours old.',
    ],
    [
      { syncFailure: 'STORE_UNWRITABLE' },
      'The newest sync came to nothing: the disk of the database takes nothing, or has less than 10 MB left. Nothing is lost; what waits is recorded and posted once there is room. The oldest data set is 40 minutes old.',
    ],
    [
      { syncFailure: 'STORE_BUSY' },
      'The newest sync came to nothing: another program holds the database, a backup tool or an SQLite shell for example. Nothing is lost; it goes on when that ends. The oldest data set is 40 minutes old.',
    ],
    [
      { syncFailure: 'THREAD_ENDED' },
      'The newest sync came to nothing: THREAD_ENDED. The oldest data set is 40 minutes old.',
    ],
    [{ refused: 1 }, '1 message refused by Slack. The oldest data set is 40 minutes old.'],
    [{}, 'Everything works. The oldest data set is 40 minutes old.'],
  ])('does not call everything fine that is not: %#', (changes, sentence) => {
    expect(status(report(changes), NOW).text).toBe(sentence);
  });

  it('names a data set that was never read, without a number for it', () => {
    const { goodAt: _, counts: __, ...never } = dataset('feedback');
    const message = status(
      report({ spaces: [{ developerId: 'd', datasets: [dataset('licenses'), never] }] }),
      NOW,
    );
    expect(message.text).toBe('1 data set not read yet: feedback. The oldest data set is 40 minutes old.');
    expect(JSON.stringify(message.blocks)).toContain(
      '[{"type":"raw_text","text":"feedback"},{"type":"raw_text","text":"never"},{"type":"raw_text","text":"next sync"},{"type":"raw_text","text":"-"}',
    );
  });

  it('shows the next runs in the zone of the schedules, across a change to summer time', () => {
    const words = JSON.stringify(status(report(), NOW));
    expect(words).toContain('churn: Tue 24 Mar 09:00 Europe/Berlin');
    expect(words).toContain('conversion: Tue 31 Mar 09:00 Europe/Berlin');
  });
});

describe('messages to the operator', () => {
  it('greet the channel once, with what was read', () => {
    const rows = [
      { name: 'licenses', count: 12_034 },
      { name: 'transaction lines', count: 310_442 },
      { name: 'pieces of feedback', count: 0 },
    ];
    expectGolden('ops-started', started({ rows, slash: '/pulse' }));
  });

  it('tell what a failing sync needs', () => {
    const failures = [
      { dataset: 'licenses', code: 'API_UNAUTHORIZED' },
      { dataset: 'transactions', code: 'API_UNAUTHORIZED' },
    ];
    expectGolden('ops-sync-failed', syncFailed('API_UNAUTHORIZED', failures, '/pulse'));
  });

  it('tell that an unknown failure is tried again', () => {
    const message = syncFailed('API_TIMEOUT', [{ dataset: 'churn', code: 'API_TIMEOUT' }], '/pulse');
    expect(JSON.stringify(message)).toContain('it is tried again by itself');
  });

  it('tell of an answer that is too short to be believed', () => {
    expectGolden('ops-sync-short', syncShort(['licenses', 'transactions']));
  });

  it('tell what a refused channel needs', () => {
    const error = { code: 'slack_webapi_platform_error', data: { ok: false, error: 'not_in_channel' } };
    const outcome = outcomeOf({ error });
    if (outcome.kind !== 'parked') throw new Error(`not parked: ${outcome.kind}`);
    const { fix, reason } = outcome;
    expectGolden('ops-channel-parked', channelParked({ channel: 'C0DIGEST', fix, reason }), ['C0DIGEST']);
    expectGolden('ops-message-refused', messageRefused({ channel: 'C0DIGEST', code: 'invalid_blocks' }), [
      'C0DIGEST',
    ]);
  });
});

describe('messages to the operator about what is not as it should be', () => {
  it.each([
    ['backup', backupFailed('STORE_UNWRITABLE')],
    ['token-expires', tokenExpires('2026-04-09', 30)],
    ['token-expires-today', tokenExpires('2026-03-17', 0)],
    ['token-expired', tokenExpires('2026-03-16', -1)],
    ['disk-filling', diskFilling(0.934, 1210)],
    ['clock-wrong', clockWrong(312)],
    ['store-recovered', storeRecovered('2026-03-16', 'data/pulse.db.replaced-2026-03-17T09-00-00Z')],
    ['another-instance', anotherInstance({ channel: 'C0DIGEST', messages: 2, startedAt: NOW - 90 * MINUTE })],
    ['another-nameless', anotherInstance({ channel: 'C0DIGEST', messages: 1 })],
    ['many-questions', manyQuestions('U0123ABCD', 51)],
  ])('say what to do: %s', (name, message) => {
    expectGolden(`ops-${name}`, message, ['C0DIGEST']);
  });
});

describe('answers to what cannot be done', () => {
  it('say what was taken for an app, and which there are', () => {
    expectGolden(
      'bad-app',
      badArgument('/pulse', 'churn', '<!here> Diagrams', ['Checklists', 'Diagrams for Jira', 'R&D *Tool*']),
    );
  });

  it('say what was taken for a date', () => {
    expectGolden('bad-date', badDate('/pulse', 'churn', '31.02.2026', 'unreadable', '2026-03-08'));
    expectGolden('future-date', badDate('/pulse', 'churn', '2027-01-01', 'future', '2026-03-08'));
    expectGolden('early-date', badDate('/pulse', 'churn', '0000-01-05', 'too early', '2026-03-08'));
  });

  it('say how a sync is doing', () => {
    expectGolden('sync-started', syncRequested('started', '/pulse'));
  });

  it('explain what the numbers mean', () => {
    for (const entry of EXPLANATIONS) {
      expectGolden(`explain-${entry.topic}`, explanation({ ...entry, intro: 'What it tells.' }));
      const intro = DIGESTS.find(({ id }) => id === entry.topic)?.definition ?? '';
      const whole = explanation({ ...entry, intro });
      expectSendable(whole);
      expect(sizeOf(whole.blocks)).toBeLessThanOrEqual(LIMITS.blockBudget);
      // The sentence that opens it is not cut.
      expect(JSON.stringify(whole.blocks)).not.toContain('…');
      for (const number of entry.numbers) expectSendable(numberExplanation(number, entry));
    }
    expectGolden('explain-unknown', explanationList('/pulse', EXPLANATIONS, 'chrun <x>'));
  });
});
