import type { AnnounceOptions } from '../../src/alerts/announce-alerts.ts';
import type { OwnThresholds, Threshold } from '../../src/analytics/thresholds.ts';

const floor: Threshold = { amount: 100_000, source: 'floor', movements: 0 };

/** $1,000 for every rule. */
export const FLOORS: OwnThresholds = {
  'large-transaction': floor,
  upgrade: floor,
  downgrade: floor,
  refund: floor,
  'payment-problem': floor,
  'customer-leaving': floor,
};

/** Alerts go to C1, what the operator hears to C9. */
export const ALERTING: AnnounceOptions = {
  channels: { alert: 'C1', ops: 'C9' },
  thresholds: FLOORS,
  apps: [
    { appKey: 'app-1', name: 'App 1' },
    { appKey: 'app-2', name: 'App 2' },
  ],
  zone: 'UTC',
};
