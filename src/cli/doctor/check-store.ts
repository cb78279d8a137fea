import { dayOf } from '../../domain/day.ts';
import { PulseError } from '../../domain/errors.ts';
import { listBackups } from '../../store/kept-backups.ts';
import { takeLock } from '../../store/lock.ts';
import { createStore, type Store } from '../../store/store.ts';
import { type Finding, fine, note, problem } from './finding.ts';

const HOUR_MS = 3_600_000;
const STALE_AFTER_MS = 26 * HOUR_MS;
const BACKUP_AFTER_DAYS = 2;

function checkRunning(path: string): Finding {
  try {
    takeLock(path, 'bot')();
    return note('No bot runs with this database', '`npm start` starts it.');
  } catch (error) {
    const isRunning = error instanceof PulseError && error.code === 'INSTANCE_RUNNING';
    return isRunning ? fine('A bot runs with this database') : problem('Lock of the database', error);
  }
}

async function checkAges(store: Store, developerIds: readonly string[], now: number): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const developerId of developerIds) {
    const freshness = await store.read.readFreshness(developerId);
    const goodAt = freshness.flatMap((one) => one.goodAt ?? []);
    if (goodAt.length === 0) {
      findings.push(
        note(
          `Nothing was read of ${developerId} yet`,
          'The first sync does: start the bot, or `pulse sync`.',
        ),
      );
      continue;
    }
    const hours = Math.floor((now - Math.min(...goodAt)) / HOUR_MS);
    const what = `Data of ${developerId}: the oldest data set was read ${hours} hours ago`;
    const isStale = now - Math.min(...goodAt) > STALE_AFTER_MS;
    findings.push(isStale ? note(what, '`pulse status` shows which one, and why.') : fine(what));
  }
  return findings;
}

async function checkDelivery({ outbox }: Store): Promise<Finding[]> {
  const { parked, pending, refused, sending } = await outbox.readCounts();
  const channels = await outbox.readParkedChannels();
  return [
    fine(`Delivery: ${pending + sending + parked} messages wait`),
    ...channels.map(({ channel, fix, reason }) =>
      note(`Channel ${channel} takes no messages: ${reason}`, fix),
    ),
    ...(refused > 0
      ? [
          note(
            `Slack refused ${refused} messages in every form`,
            'Please report it: the messages are at fault.',
          ),
        ]
      : []),
  ];
}

function checkBackups(path: string, now: number): Finding {
  const [newest] = listBackups(path);
  if (!newest) return note('No backup yet', 'The bot makes one a day, after a sync.');
  const days = Math.round((Date.parse(dayOf(now)) - Date.parse(newest.day)) / (24 * HOUR_MS));
  const what = `Newest backup: ${newest.day}`;
  return days <= BACKUP_AFTER_DAYS ? fine(what) : note(what, 'The log says why there is no newer one.');
}

/** The database: sound and writable, how old its data is, what waits, and the backups. */
export async function checkStore(path: string, developerIds: readonly string[]): Promise<Finding[]> {
  let store: Store;
  try {
    store = await createStore(path);
  } catch (error) {
    return [problem('Database', error)];
  }
  const now = Date.now();
  try {
    // Written and read back: a full or read-only disk shows here.
    await store.meta.record('doctor', String(now));
    return [
      fine(`Database: ${path} opens, is sound and can be written`),
      checkRunning(path),
      ...(await checkAges(store, developerIds, now)),
      ...(await checkDelivery(store)),
      checkBackups(path, now),
    ];
  } catch (error) {
    return [problem('Database', error)];
  } finally {
    await store.close();
  }
}
