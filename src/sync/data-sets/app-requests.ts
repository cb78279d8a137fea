import { appRequests as endpoint } from '../../reporting/endpoints/app-requests.ts';
import { monthly } from './benchmarks.ts';

/** Requests for the apps by people who may not install them, and approvals, by month. */
export const appRequests = monthly('app-requests', endpoint);
