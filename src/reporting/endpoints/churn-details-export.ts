import { eventDetailsExport } from './shapes/event-details.ts';

/** The rows of `churn-details` in one answer: paying Cloud customers who were due to renew and did not. */
export const churnDetailsExport = eventDetailsExport(
  'churn',
  'which subscriptions were cancelled, in one answer',
);
