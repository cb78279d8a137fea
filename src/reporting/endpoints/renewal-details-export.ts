import { eventDetailsExport } from './shapes/event-details.ts';

/** The rows of `renewal-details` in one answer: the paid Cloud subscriptions that were renewed. */
export const renewalDetailsExport = eventDetailsExport(
  'renewal',
  'which subscriptions were renewed, in one answer',
);
