import type { AlertChange, AlertId, AlertSetting, ChannelChange } from '../domain/alert-rules.ts';
import { ALERT_IDS } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import { type AlertBook, type AlertWrites, createAlertBook } from './alert-book.ts';
import type { Database } from './database.ts';
import { enqueueWithin } from './outbox.ts';

interface SettingCells {
  readonly channel: string;
  readonly name: string;
  readonly scope: string;
  readonly value: string;
}

/** How many facts wait, for `status`. */
export interface WaitingFacts {
  readonly channel: string;
  readonly state: 'waiting' | 'held';
  readonly facts: number;
}

/** Alerts of a channel that somebody snoozed, and when the first of them comes back. */
export interface SnoozedAlerts {
  readonly channel: string;
  readonly alerts: number;
  readonly until: Instant;
}

type Value = Readonly<Record<string, unknown>>;

/** Messages older than this are not changed any more, and their words are forgotten. */
const KEPT_DAYS = 120;
const DAY_MS = 86_400_000;

function toSetting({ channel, name, scope, value }: SettingCells): AlertSetting {
  const parsed = JSON.parse(value) as Value;
  if (name === 'quiet' || name === 'days') return { ...parsed, kind: name, channel };
  if (name === 'owner') {
    const [of, ...rest] = scope.split(' ');
    return { ...parsed, kind: 'owner', channel, owner: { of, name: rest.join(' ') } } as AlertSetting;
  }
  return { ...parsed, kind: 'rule', channel, rule: name as AlertId, app: scope };
}

/** Where a change is kept. */
function placeOf(change: AlertChange): { readonly name: string; readonly scope: string } {
  if (change.kind === 'rule') return { name: change.rule, scope: change.app };
  if (change.kind === 'owner')
    return { name: 'owner', scope: `${change.owner.of} ${change.owner.name}`.trim() };
  return { name: change.kind, scope: '' };
}

/** What a setting is after a change; what a change of a rule leaves out stays as it was. */
function valueAfter(before: Value, change: AlertChange): Value {
  switch (change.kind) {
    case 'rule': {
      const { isOn, mutedUntil, threshold } = change;
      const { isOn: _, mutedUntil: __, ...reset } = before;
      const { threshold: known, ...rest } = isOn === 'default' ? reset : before;
      const isKept = threshold === undefined && known !== undefined;
      return {
        ...rest,
        ...(isKept && { threshold: known }),
        ...(threshold !== undefined && threshold !== 'automatic' && { threshold }),
        ...(isOn !== undefined && isOn !== 'default' && { isOn }),
        ...(mutedUntil !== undefined && { mutedUntil }),
      };
    }
    case 'quiet':
      return change.hours ? { hours: change.hours } : {};
    case 'days':
      return change.days ? { days: change.days } : {};
    case 'owner':
      return change.userId === undefined ? {} : { userId: change.userId };
  }
}

/** What was said of which fact, what people did with it, and what each channel wants to hear. */
export function createAlerts(db: Database) {
  const readAll = db.prepare<[], SettingCells>(
    'SELECT channel, name, scope, value FROM alert_settings ORDER BY channel, name, scope',
  );
  const readOne = db
    .prepare<[string, string, string], string>(
      'SELECT value FROM alert_settings WHERE channel = ? AND name = ? AND scope = ?',
    )
    .pluck();
  const put = db.prepare(
    `INSERT OR REPLACE INTO alert_settings (channel, name, scope, value, origin, changed_by, changed_at)
     VALUES (@channel, @name, @scope, @value, @origin, @changedBy, @now)`,
  );
  const isOfSlack = db.prepare<[string, string, string]>(
    "SELECT 1 FROM alert_settings WHERE channel = ? AND name = ? AND scope = ? AND origin = 'slack'",
  );
  const forgetEnvironment = db.prepare("DELETE FROM alert_settings WHERE origin = 'environment'");
  const countWaiting = db.prepare<[], WaitingFacts>(
    `SELECT channel, state, count(*) AS facts FROM alert_facts WHERE state IN ('waiting', 'held')
     GROUP BY channel, state ORDER BY channel, state`,
  );
  const countSnoozed = db.prepare<[Instant], SnoozedAlerts>(
    `SELECT channel, count(*) AS alerts, min(snoozed_until) AS until FROM alert_messages
     WHERE snoozed_until > ? AND handled_at IS NULL GROUP BY channel ORDER BY channel`,
  );
  const forgetBodies = db.prepare(
    'UPDATE alert_messages SET body = NULL WHERE said_at < ? AND body IS NOT NULL',
  );

  const settings = (): AlertSetting[] =>
    readAll
      .all()
      // Written by a version that knew other rules.
      .filter(({ name }) => ['quiet', 'days', 'owner', ...ALERT_IDS].includes(name))
      .map(toSetting);
  const alertBook = createAlertBook(db, settings);

  function record(
    channel: string,
    change: AlertChange,
    origin: string,
    changedBy: string | null,
    now: Instant,
  ) {
    const { name, scope } = placeOf(change);
    const before = JSON.parse(readOne.get(channel, name, scope) ?? '{}') as Value;
    const value = JSON.stringify(valueAfter(before, change));
    put.run({ channel, name, scope, value, origin, changedBy, now });
  }

  return {
    /** For the transaction that records a sync. */
    within: alertBook,

    /** Reads, decides and writes in one transaction. `decide` must not await; its result goes to the caller. */
    async change<Result extends AlertWrites>(
      decide: (book: AlertBook) => Result,
      now: Instant,
    ): Promise<Result> {
      return db
        .transaction(() => {
          const result = decide(alertBook.book);
          alertBook.write(result);
          enqueueWithin(db, result.entries, now);
          forgetBodies.run(now - KEPT_DAYS * DAY_MS);
          return result;
        })
        .immediate();
    },

    async readSettings(): Promise<AlertSetting[]> {
      return settings();
    },

    /** Changes what a channel wants, as somebody asked in Slack: from then on Slack decides, not the configuration. */
    async putSettings(
      channel: string,
      changes: readonly AlertChange[],
      changedBy: string,
      now: Instant,
    ): Promise<void> {
      db.transaction(() => {
        for (const change of changes) record(channel, change, 'slack', changedBy, now);
      }).immediate();
    },

    /** Makes the configuration's settings equal to the list; what was set in Slack stays. */
    async putEnvironment(wanted: readonly ChannelChange[], now: Instant): Promise<void> {
      db.transaction(() => {
        forgetEnvironment.run();
        for (const { channel, change } of wanted) {
          const { name, scope } = placeOf(change);
          if (isOfSlack.get(channel, name, scope)) continue;
          record(channel, change, 'environment', null, now);
        }
      }).immediate();
    },

    async readSnoozed(now: Instant): Promise<SnoozedAlerts[]> {
      return countSnoozed.all(now);
    },

    async readWaiting(): Promise<WaitingFacts[]> {
      return countWaiting.all();
    },
  };
}

/** What was said, what people did with it, and what each channel wants to hear. */
export type Alerts = ReturnType<typeof createAlerts>;
