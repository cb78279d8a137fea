import type { OwnThresholds } from '../analytics/thresholds.ts';
import { ALERT_IDS, type AlertSetting } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { AlertsHere } from '../messages/alert-settings.ts';
import type { WaitingFacts } from '../store/alerts.ts';
import type { NamedApp } from './alert.ts';
import { type AlertChannels, rulesOfChannel } from './channel-rules.ts';

export type { AlertsHere };

/** No app in particular. */
const ALL_APPS: NamedApp = { appKey: '', name: '' };

/** A developer space and the thresholds that follow from its sales. */
export interface JudgedSpace {
  readonly developerId: string;
  readonly thresholds: OwnThresholds;
}

/** What there is to know about a channel's alerts. */
export interface HereOptions {
  readonly settings: readonly AlertSetting[];
  readonly waiting: readonly WaitingFacts[];
  readonly channels: AlertChannels;
  readonly spaces: readonly [JudgedSpace, ...JudgedSpace[]];
  /** By which names settings of apps are shown. */
  readonly apps: readonly NamedApp[];
  readonly zone: string;
  readonly now: Instant;
}

/** What a channel hears, from how much on, when, and for whom. */
export function alertsHere(channel: string, options: HereOptions): AlertsHere {
  const { apps, channels, now, settings, waiting, zone } = options;
  const rulesOf = ({ thresholds }: JudgedSpace) =>
    rulesOfChannel(channel, settings, { channels, thresholds, zone });
  // Thresholds alone differ between developer spaces.
  const rules = rulesOf(options.spaces[0]);
  const own = settings.filter((one) => one.channel === channel);
  const nameOf = (key: string): string => apps.find(({ appKey }) => appKey === key)?.name ?? key;
  const countOf = (state: WaitingFacts['state']): number =>
    waiting.find((one) => one.channel === channel && one.state === state)?.facts ?? 0;
  return {
    channel,
    isHome: channel === channels.alert,
    rules: ALERT_IDS.map((rule) => {
      const ownRule = own.filter((one) => one.kind === 'rule').filter((one) => one.rule === rule);
      const mutedUntil = ownRule.find(({ app }) => app === '')?.mutedUntil;
      return {
        rule,
        isOn: rules.hears(rule, ALL_APPS, now),
        ...(mutedUntil !== undefined && mutedUntil > now && { mutedUntil }),
        thresholds: options.spaces.map((space) => ({
          ...rulesOf(space).threshold(rule, ALL_APPS),
          developerId: space.developerId,
        })),
        apps: ownRule.filter(({ app }) => app !== '').map((one) => ({ ...one, app: nameOf(one.app) })),
      };
    }),
    ...(rules.quiet.hours && { hours: rules.quiet.hours }),
    ...(rules.quiet.days && { days: rules.quiet.days }),
    owners: own.flatMap((one) =>
      one.kind === 'owner' && one.userId !== undefined
        ? [{ of: one.owner.of, name: nameOf(one.owner.name), userId: one.userId }]
        : [],
    ),
    held: countOf('held'),
    waiting: countOf('waiting'),
    zone,
  };
}
