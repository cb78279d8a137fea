import { readLastBasis } from '../alerts/alert-basis.ts';
import { replayAlerts } from '../alerts/replay-alerts.ts';
import type { AlertSetting } from '../domain/alert-rules.ts';
import { readAlertRequest } from '../domain/alert-request.ts';
import { type Day, dayOf, isDay, MARKETPLACE_OPENED } from '../domain/day.ts';
import { print, readChannels, UsageError, withStore } from './context.ts';
import { replayText } from './replay-text.ts';

/** The options of `pulse alerts`. */
export interface AlertsOptions {
  readonly since: string;
  readonly dryRun?: boolean;
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** The numbers that the rules about weeks look at. */
const METRICS = ['churn', 'conversion', 'evaluations'];

function readSince(text: string, today: Day): Day {
  if (!isDay(text) || text < MARKETPLACE_OPENED || text > today)
    throw new UsageError(`--since is "${text}": give a date of the past such as 2025-01-01.`);
  return text;
}

/** What is to be tried instead of what a channel has set: "refund 500", "upgrade off", "feedback 100 App 1". */
function readTrials(texts: readonly string[], channel: string, now: number): AlertSetting[] {
  return texts.flatMap((text) => {
    const request = readAlertRequest(text.split(/\s+/), { now });
    const changes = request.kind === 'change' ? request.changes : [];
    const settings = changes.flatMap((change): AlertSetting[] => {
      if (change.kind !== 'rule') return [];
      const { app, isOn, rule, threshold } = change;
      const amount = threshold === 'automatic' ? undefined : threshold;
      const on = isOn === 'default' ? undefined : isOn;
      return [
        {
          kind: 'rule',
          channel,
          rule,
          app,
          ...(on !== undefined && { isOn: on }),
          ...(amount !== undefined && { threshold: amount }),
        },
      ];
    });
    if (settings.length === 0)
      throw new UsageError(
        `--set is "${text}": give a rule and an amount, "on" or "off", such as "refund 500" or "upgrade off".`,
      );
    return settings;
  });
}

/**
 * `pulse alerts --since YYYY-MM-DD --dry-run [--set "RULE AMOUNT"] [--json]`: what the rules would have said of the stored
 * history, so that thresholds are chosen on one's own past. Reads the store, writes nothing.
 */
export async function alerts(options: AlertsOptions): Promise<void> {
  const now = Date.now();
  const today = dayOf(now);
  const since = readSince(options.since, today);
  if (!options.dryRun)
    throw new UsageError(
      'History is never posted: add --dry-run to see what the rules would have said of it.',
    );
  await withStore(async (store, config) => {
    const developerIds = await store.read.readDeveloperIds();
    const channels = (await readChannels(store)) ?? { alert: 'alerts', ops: 'ops' };
    const settings = [
      ...readTrials(options.set, channels.alert, now),
      ...(await store.alerts.readSettings()),
    ];
    const channelNames = { [channels.alert]: 'alerts', [channels.ops]: 'operator' };
    const replays: object[] = [];
    for (const developerId of developerIds) {
      const basis = await readLastBasis(store.meta, developerId, config.largeTransaction);
      if (!basis) continue;
      const rules = { ...basis, channels, zone: config.timeZone };
      const { imported, replay } = await store.history.replay(developerId, METRICS, (past) => ({
        replay: replayAlerts(past, { since, until: today }, settings, rules),
        imported: past.silences.find(({ dataset }) => dataset === 'transactions'),
      }));
      const importedOn = imported && dayOf(imported.from);
      replays.push({ developerId, importedOn, thresholds: basis.thresholds, ...replay });
      if (!options.json) print(replayText(replay, { importedOn, channelNames }));
    }
    if (replays.length === 0) throw new UsageError('The store is empty: run `npm run pulse -- sync` first.');
    if (options.json) print(JSON.stringify(replays, null, 2));
  });
}
