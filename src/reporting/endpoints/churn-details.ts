import { eventDetails } from './shapes/event-details.ts';

/**
 * The subscriptions behind the churn counts: paying Cloud customers who were due to renew and did not, by event date.
 * Lag: days; rows were seen to change nine and sixty-two days after their event. Quirk: the sample's `licenseDetails`
 * is null and its fields stand beside it.
 */
export const churnDetails = eventDetails('churn', 'which subscriptions were cancelled, and when');
