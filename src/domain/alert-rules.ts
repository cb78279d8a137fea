import type { Instant } from './day.ts';
import type { Cents } from './money.ts';

/** Every alert, in the order of precedence: where several rules see one movement of money, the first one tells it. */
export const ALERT_IDS = [
  'large-transaction',
  'upgrade',
  'downgrade',
  'refund',
  'payment-problem',
  'customer-leaving',
  'big-evaluation',
  'feedback',
  'unusual-week',
  'data-problem',
] as const;
export type AlertId = (typeof ALERT_IDS)[number];

/** What the threshold of a rule counts; absent: the rule has none. Money in cents of partner share. */
export const ALERT_UNITS: Readonly<Partial<Record<AlertId, 'money' | 'users'>>> = {
  'large-transaction': 'money',
  upgrade: 'money',
  downgrade: 'money',
  refund: 'money',
  'payment-problem': 'money',
  'customer-leaving': 'money',
  'big-evaluation': 'users',
  feedback: 'money',
};

/** What an unlimited number of users counts as in amounts. */
export const UNLIMITED_USERS = 1_000_000_000;

/** Minutes after midnight; `from` after `to` is a night. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Whom to mention in alerts of an app, of a region or country, or in all alerts of a channel. */
export interface AlertOwner {
  readonly of: 'all' | 'app' | 'region';
  /** The app's name or key, the region or the country; empty for all. */
  readonly name: string;
}

/** What somebody wants to change in a channel. What is left out stays as it is. */
export type AlertChange =
  | {
      readonly kind: 'rule';
      readonly rule: AlertId;
      /** The app's name or key; empty: all apps. */
      readonly app: string;
      /** `default`: as if nobody had said anything, also of muting. */
      readonly isOn?: boolean | 'default';
      /** Cents or users. */
      readonly threshold?: Cents | 'automatic';
      readonly mutedUntil?: Instant;
    }
  | { readonly kind: 'quiet'; readonly hours?: QuietHours }
  /** 0 is Sunday; absent: every day. */
  | { readonly kind: 'days'; readonly days?: readonly number[] }
  /** Without a user nobody is mentioned any more. */
  | { readonly kind: 'owner'; readonly owner: AlertOwner; readonly userId?: string };

/** A change in a channel. */
export interface ChannelChange {
  readonly channel: string;
  readonly change: AlertChange;
}

/** What a channel wants of a rule, for all apps or one. */
export interface RuleSetting {
  readonly kind: 'rule';
  readonly channel: string;
  readonly rule: AlertId;
  readonly app: string;
  readonly isOn?: boolean;
  readonly threshold?: Cents;
  readonly mutedUntil?: Instant;
}

/** What a channel wants, as it is kept. */
export type AlertSetting =
  | RuleSetting
  | { readonly kind: 'quiet'; readonly channel: string; readonly hours?: QuietHours }
  | { readonly kind: 'days'; readonly channel: string; readonly days?: readonly number[] }
  | {
      readonly kind: 'owner';
      readonly channel: string;
      readonly owner: AlertOwner;
      readonly userId?: string;
    };
