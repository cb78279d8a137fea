import { PERCENTILES, type OwnRule, type OwnThresholds, type Threshold } from '../analytics/thresholds.ts';
import type { AlertId, AlertSetting, RuleSetting } from '../domain/alert-rules.ts';
import type { Instant } from '../domain/day.ts';
import type { Customer } from '../domain/entitlement.ts';
import { fold } from '../domain/fold.ts';
import { isQuiet, type QuietTimes } from '../domain/quiet-time.ts';
import type { NamedApp } from './alert.ts';

/** Where alerts go unless somebody says otherwise. */
export interface AlertChannels {
  readonly alert: string;
  readonly ops: string;
}

/** Users of a site from which on its evaluation is big. */
const BIG_EVALUATION = 500;

/** What a channel wants to hear. */
export interface ChannelRules {
  readonly channel: string;
  readonly quiet: QuietTimes;
  /** On, and not muted at that instant. */
  hears(rule: AlertId, app: NamedApp, at: Instant): boolean;
  threshold(rule: AlertId, app: NamedApp): Threshold;
  isQuiet(at: Instant): boolean;
  /** User ids to mention. */
  ownersOf(app: NamedApp, customer: Customer | undefined): string[];
}

/** On in the channel for alerts: everything but what the operator hears. */
function isOnByDefault(rule: AlertId, channel: string, { alert, ops }: AlertChannels): boolean {
  return rule === 'data-problem' ? channel === ops : channel === alert;
}

/** Whether a setting's name of an app means this one. */
export function isApp(name: string, app: NamedApp): boolean {
  return name === app.appKey || fold(name) === fold(app.name);
}

/** The channel's own word on a rule: of the app where there is one, otherwise of all apps. */
function ownWord<Key extends 'isOn' | 'threshold' | 'mutedUntil'>(
  settings: readonly RuleSetting[],
  rule: AlertId,
  app: NamedApp,
  key: Key,
): RuleSetting[Key] | undefined {
  const own = settings.filter((one) => one.rule === rule && one[key] !== undefined);
  return (own.find((one) => one.app !== '' && isApp(one.app, app)) ?? own.find((one) => one.app === ''))?.[
    key
  ];
}

function defaultThreshold(rule: AlertId, own: OwnThresholds): Threshold {
  if (rule in PERCENTILES) return own[rule as OwnRule];
  return { amount: rule === 'big-evaluation' ? BIG_EVALUATION : 0, source: 'default', movements: 0 };
}

/** What one channel wants, whether it hears anything or not. */
export function rulesOfChannel(
  channel: string,
  settings: readonly AlertSetting[],
  { channels, thresholds, zone }: RuleOptions,
): ChannelRules {
  const own = settings.filter((setting) => setting.channel === channel);
  const rules = own.filter((setting) => setting.kind === 'rule');
  const quiet: QuietTimes = {
    hours: own.find((setting) => setting.kind === 'quiet')?.hours,
    days: own.find((setting) => setting.kind === 'days')?.days,
  };
  const owners = own.filter((setting) => setting.kind === 'owner');
  return {
    channel,
    quiet,
    hears(rule, app, at) {
      const isOn = ownWord(rules, rule, app, 'isOn') ?? isOnByDefault(rule, channel, channels);
      const mutedUntil = ownWord(rules, rule, app, 'mutedUntil');
      return isOn && (mutedUntil === undefined || mutedUntil <= at);
    },
    threshold(rule, app) {
      const amount = ownWord(rules, rule, app, 'threshold');
      const usual = defaultThreshold(rule, thresholds);
      return amount === undefined ? usual : { ...usual, amount, source: 'here' };
    },
    isQuiet: (at) => isQuiet(quiet, at, zone),
    ownersOf(app, customer) {
      const found = owners.filter(({ owner: { name, of }, userId }) => {
        if (userId === undefined) return false;
        if (of === 'all') return true;
        if (of === 'app') return isApp(name, app);
        return [customer?.region, customer?.country].some(
          (one) => one !== undefined && fold(one) === fold(name),
        );
      });
      return [...new Set(found.flatMap(({ userId }) => userId ?? []))];
    },
  };
}

/** What the rules of channels are made of besides what people set. */
export interface RuleOptions {
  readonly channels: AlertChannels;
  readonly thresholds: OwnThresholds;
  /** Of quiet hours. */
  readonly zone: string;
}

/** Every channel that may want to hear something, with what it wants. */
export function channelRules(settings: readonly AlertSetting[], options: RuleOptions): ChannelRules[] {
  const { alert, ops } = options.channels;
  const asked = settings.flatMap((setting) =>
    setting.kind === 'rule' && setting.isOn ? [setting.channel] : [],
  );
  return [...new Set([alert, ops, ...asked])].map((channel) => rulesOfChannel(channel, settings, options));
}
