import type { Alert } from './alert.ts';
import { bigEvaluation } from './big-evaluation.ts';
import { customerLeaving } from './customer-leaving.ts';
import { dataProblem } from './data-problem.ts';
import { downgrade } from './downgrade.ts';
import { feedback } from './feedback.ts';
import { largeTransaction } from './large-transaction.ts';
import { paymentProblem } from './payment-problem.ts';
import { refund } from './refund.ts';
import { unusualWeek } from './unusual-week.ts';
import { upgrade } from './upgrade.ts';

/** Every rule, in the order of precedence: of several that see one thing, the first one tells it. */
export const ALERTS: readonly Alert[] = [
  largeTransaction,
  upgrade,
  downgrade,
  refund,
  paymentProblem,
  customerLeaving,
  bigEvaluation,
  feedback,
  unusualWeek,
  dataProblem,
];
