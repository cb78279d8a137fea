import { eventDetailsExport } from './shapes/event-details.ts';

/** The rows of `conversion-details` in one answer: the evaluations that became paid subscriptions. */
export const conversionDetailsExport = eventDetailsExport(
  'conversion',
  'which evaluations became paid, in one answer',
);
