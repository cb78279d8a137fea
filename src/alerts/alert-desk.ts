import type { AlertChange } from '../domain/alert-rules.ts';
import type { Clock } from '../domain/clock.ts';
import type { Cents } from '../domain/money.ts';
import { ownThresholds } from '../analytics/thresholds.ts';
import { dayOf } from '../domain/day.ts';
import type { AlertsHere } from '../messages/alert-settings.ts';
import type { Store } from '../store/store.ts';
import { type ActOutcome, type AlertAct, actOnAlert } from './act-on-alert.ts';
import { readLastBasis } from './alert-basis.ts';
import { alertsHere } from './alerts-here.ts';
import type { AlertChannels } from './channel-rules.ts';
import { releaseAlerts } from './release-alerts.ts';

/** What the desk works with. */
export interface AlertDeskDependencies {
  readonly store: Pick<Store, 'alerts' | 'meta'>;
  readonly developerIds: readonly string[];
  readonly channels: AlertChannels;
  readonly zone: string;
  readonly largeTransaction?: Cents | undefined;
  readonly clock: Clock;
}

/**
 * What people can do about alerts from Slack, and what time does: clicks and typed settings go to the store, and from
 * there into the channel.
 */
export function createAlertDesk(deps: AlertDeskDependencies) {
  const { channels, clock, developerIds, store, zone } = deps;

  async function readOptions() {
    const now = clock();
    const readSpace = async (developerId: string) => {
      const basis = await readLastBasis(store.meta, developerId, deps.largeTransaction);
      return { developerId, thresholds: ownThresholds([], dayOf(now)), apps: [], ...basis };
    };
    // A store without any developer space is asked before the first sync.
    const [first = '', ...others] = developerIds;
    const spaces = [await readSpace(first), ...(await Promise.all(others.map(readSpace)))] as const;
    return {
      settings: await store.alerts.readSettings(),
      waiting: await store.alerts.readWaiting(),
      spaces,
      apps: spaces.flatMap(({ apps }) => apps),
      channels,
      zone,
      now,
    };
  }

  return {
    /** Of the times it names, and of quiet hours. */
    zone,

    /** What a channel hears. */
    async readHere(channel: string): Promise<AlertsHere> {
      return alertsHere(channel, await readOptions());
    },

    /** What every channel hears for which something is set, the usual two first. */
    async readEverywhere(): Promise<AlertsHere[]> {
      const options = await readOptions();
      const set = options.settings.map(({ channel }) => channel);
      return [...new Set([channels.alert, channels.ops, ...set])].map((channel) =>
        alertsHere(channel, options),
      );
    },
    async set(channel: string, changes: readonly AlertChange[], by: string): Promise<void> {
      await store.alerts.putSettings(channel, changes, by, clock());
    },

    /** Notes what somebody did with an alert; its message shows it. */
    async act(
      id: number,
      act: AlertAct,
      { userId: by, channelId: channel }: { readonly userId: string; readonly channelId: string },
    ): Promise<Pick<ActOutcome, 'outcome' | 'title'>> {
      const now = clock();
      const { outcome, title } = await store.alerts.change(
        (book) => actOnAlert(book, id, act, { by, channel, now, zone }),
        now,
      );
      return { outcome, ...(title !== undefined && { title }) };
    },

    /** Says what waited for a time: the end of quiet hours, of a snooze. */
    async release(): Promise<void> {
      const now = clock();
      await store.alerts.change((book) => releaseAlerts(book, { channels, zone, now }), now);
    },
  };
}

/** What people can do about alerts. */
export type AlertDesk = ReturnType<typeof createAlertDesk>;
