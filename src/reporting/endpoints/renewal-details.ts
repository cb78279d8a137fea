import { eventDetails } from './shapes/event-details.ts';

/** The paid Cloud subscriptions that were renewed, by event date. `monthsValid`: 1 for monthly plans, 12 for annual ones. */
export const renewalDetails = eventDetails('renewal', 'which subscriptions were renewed, and when');
