/** What the rules would have said of days gone by, and what is known of rows that were imported. */
import { describe, expect, it } from 'vitest';
import { replayAlerts } from '../../../src/alerts/replay-alerts.ts';
import type { AlertSetting } from '../../../src/domain/alert-rules.ts';
import { addDays, type Day, startOf } from '../../../src/domain/day.ts';
import type {
  Recorded,
  RecordedEvent,
  RecordedFeedback,
  RecordedLicense,
  RecordedLine,
} from '../../../src/domain/recorded.ts';
import type { PastRows, PastTable, RowLife } from '../../../src/store/row-history.ts';
import { ALERTING } from '../../support/alert-options.ts';
import { churn, feedback, license, line } from '../analytics/rows.ts';

const IMPORTED_ON: Day = '2026-03-01';
const importedAt = startOf(IMPORTED_ON) + 3_600_000;
const span = { since: '2026-01-01', until: '2026-03-31' } as const;

type Life<Row> = Omit<RowLife<Row>, 'id'>;

/** A sale of some dollars that is known from an instant on. */
function sale(
  day: Day,
  dollars: number,
  from: number,
  changes: Partial<RecordedLine> = {},
): Life<RecordedLine> {
  const row = line({
    entitlement: `E-${day}`,
    transactionId: `IN-${day}`,
    lineId: `L-${day}`,
    saleDate: day,
    lastUpdated: day,
    bookedOn: day,
    vendorAmount: dollars * 100,
    firstSeenAt: from,
    ...changes,
  });
  return { states: [{ from, row }] };
}

interface Lives {
  readonly lines?: readonly Life<RecordedLine>[];
  readonly licenses?: readonly Life<RecordedLicense>[];
  readonly events?: readonly Life<RecordedEvent>[];
  readonly feedback?: readonly Life<RecordedFeedback>[];
}

function table<Row extends Recorded>(lives: readonly Life<Row>[] = []): PastTable<Row> {
  const known = lives.map((life, id): RowLife<Row> => ({ ...life, id }));
  return {
    each: () => known,
    read: (id) => known[id],
    of: (entitlement) => known.filter(({ states }) => states.at(-1)?.row.entitlement === entitlement),
  };
}

function past(lives: Lives): PastRows {
  const licenses = table(lives.licenses);
  return {
    developerId: 'dev-1',
    lines: table(lives.lines),
    licenses,
    licensesOnSite: (cloudId) =>
      [...licenses.each()].filter(({ states }) => states.at(-1)?.row.host.cloudId === cloudId),
    events: table(lives.events),
    feedback: table(lives.feedback),
    points: [],
    silences: (['transactions', 'licenses', 'churn-events', 'feedback'] as const).map((dataset) => ({
      dataset,
      from: importedAt - 60_000,
      to: importedAt,
    })),
  };
}

const replay = (rows: Lives, settings: readonly AlertSetting[] = []) =>
  replayAlerts(past(rows), span, settings, ALERTING);

const told = (rows: Lives, settings?: readonly AlertSetting[]) =>
  replay(rows, settings).alerts.map(({ day, rule, title }) => `${day} ${rule} ${title}`);

describe('a replay', () => {
  it('tells an imported sale on the day it counts for, and one that was seen live on that day', () => {
    const lines = [
      sale('2026-01-20', 5_000, importedAt),
      sale('2026-03-10', 7_000, startOf('2026-03-12') + 1, { bookedOn: '2026-03-12' }),
    ];
    expect(told({ lines })).toEqual([
      expect.stringMatching(/^2026-01-20 large-transaction .*\+\$5,000/),
      expect.stringMatching(/^2026-03-12 large-transaction .*\+\$7,000/),
    ]);
  });

  it('leaves out what lies before its first day, and what is too small', () => {
    expect(
      told({ lines: [sale('2025-12-20', 5_000, importedAt), sale('2026-02-01', 900, importedAt)] }),
    ).toEqual([]);
  });

  it('says why, and counts alerts and messages by week and rule', () => {
    const lines = Array.from({ length: 7 }, (_, index) =>
      sale('2026-02-03', 2_000 + index, importedAt, {
        entitlement: `E-${index}`,
        transactionId: `IN-${index}`,
        lineId: `L-${index}`,
      }),
    );
    const { alerts, rules, weeks } = replay({ lines });
    expect(alerts[0]?.why).toContain('net amount of $1,000 or more');
    expect(rules).toEqual({ 'large-transaction': 7 });
    // Seven of one rule on one day are one message.
    expect(weeks.find(({ week }) => week === '2026-02-01')).toEqual({
      week: '2026-02-01',
      rules: { 'large-transaction': 7 },
      alerts: 7,
      messages: 1,
    });
    expect(weeks).toHaveLength(14);
    expect(weeks.reduce((sum, week) => sum + week.alerts, 0)).toBe(7);
  });

  it('holds a refund for its bill, and tells a restated amount again', () => {
    const from = (day: Day) => startOf(day) + 7_200_000;
    const first = sale('2026-03-05', 4_000, from('2026-03-05'));
    const restated: Life<RecordedLine> = {
      states: [
        ...first.states,
        { from: from('2026-03-09'), row: { ...first.states[0].row, vendorAmount: 900_000 } },
      ],
    };
    const refund = sale('2026-03-10', -6_000, from('2026-03-10'), { saleType: 'Refund' });
    const { alerts } = replay({ lines: [restated, refund] });
    expect(alerts.map(({ day, rule, what }) => [day, rule, what])).toEqual([
      ['2026-03-05', 'large-transaction', 'told'],
      ['2026-03-09', 'large-transaction', 'again'],
      ['2026-03-11', 'refund', 'told'],
    ]);
  });

  it('tells of a customer who leaves, with what was known of it that day', () => {
    const on: Day = '2026-02-10';
    const bought = sale('2025-06-01', 3_650, importedAt, {
      entitlement: 'E-1',
      maintenanceStart: '2025-06-01',
      maintenanceEnd: '2026-06-01',
    });
    const lives = <Row>(row: Row) => [{ states: [{ from: importedAt, row }] as const }];
    const rows = {
      lines: [bought],
      licenses: lives(license({ entitlement: 'E-1', status: 'inactive' })),
      events: lives(churn({ entitlement: 'E-1', eventDate: on, firstSeenAt: importedAt })),
      feedback: lives(feedback({ entitlement: 'E-1', date: addDays(on, -1), message: 'Too slow' })),
    };
    expect(told(rows)).toEqual([
      expect.stringMatching(/^2026-02-09 feedback /),
      expect.stringMatching(/^2026-02-10 customer-leaving .*-\$3,650 a year/),
    ]);
  });

  it('goes by what channels have set, but not by quiet hours and mutes', () => {
    const lines = [sale('2026-02-03', 2_000, importedAt), sale('2026-02-05', 9_000, importedAt)];
    const rule = { kind: 'rule', channel: 'C1', rule: 'large-transaction', app: '' } as const;
    expect(told({ lines }, [{ ...rule, threshold: 500_000 }])).toHaveLength(1);
    expect(told({ lines }, [{ ...rule, isOn: false }])).toEqual([]);
    const muted = { ...rule, mutedUntil: startOf('2027-01-01') };
    const quiet = { kind: 'quiet', channel: 'C1', hours: { from: 0, to: 1439 } } as const;
    expect(told({ lines }, [muted, quiet])).toHaveLength(2);
  });
});
