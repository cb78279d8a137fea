import { appRequests as endpoint } from '../../reporting/endpoints/app-requests.ts';
import { monthly } from './benchmarks.ts';

/** A year of months, each with the year before it that says what is usual. */
const MONTHS = 26;

/** Requests for the apps by people who may not install them, and approvals, by month. */
export const appRequests = monthly('app-requests', endpoint, MONTHS);
