import { eventDetails } from './shapes/event-details.ts';

/**
 * The evaluations that became paid subscriptions, by event date. Lag: days; links between evaluation and sale arrive 48
 * to 72 hours late. `monthsValid` is the length of the first paid term.
 */
export const conversionDetails = eventDetails('conversion', 'which evaluations became paid, and when');
