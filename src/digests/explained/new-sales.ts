import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the new-sales digest mean. */
export const newSales: Explanation = {
  topic: 'new-sales',
  title: 'New sales and run-rate',
  numbers: [
    {
      name: 'Run-rate',
      words: ['mrr', 'recurring revenue', 'run rate'],
      is: 'What paid subscriptions bring a month on a day, our share.',
      from: 'Transaction lines by coverage: each amount over the days it pays for, times 365 / 12, a whole month counting as a month however many days it has; refunds with a negative sign, so refund and re-bill cancel out.',
      care: 'A subscription keeps its rate for 7 days after its end, because renewals are billed late, unless it was reported as churn or is inactive. Open bills count, given-up and refunded ones do not.',
    },
    {
      name: 'New, bigger plans, smaller plans, left, back',
      words: ['movements', 'expansion', 'contraction', 'reactivation', 'change of run-rate'],
      is: 'How the run-rate moved from the Saturday before to the Saturday of the week, customer by customer. Back is who paid before, but not at the start.',
      from: 'The run-rate of each subscription on the two days. An upgrade in the middle of a term counts from the day it was made.',
      care: 'Changes below $1 or half a percent a month are told together as too small to name. Who comes and goes within the week does not show.',
    },
    {
      name: 'Kept of run-rate (GRR, NRR)',
      words: ['grr', 'nrr', 'retention'],
      is: 'Of the run-rate of a day, how much the same customers bring later: gross without bigger plans, net with them; new and returning customers are no part of it.',
      from: 'The run-rate four weeks and twelve months before the end of the week, and at its end.',
      care: 'Gross is never above 100 %. Four weeks of annual plans move little: twelve months is the number for a board.',
    },
    {
      name: 'Invoiced',
      words: ['lines', 'sales', 'customers billed'],
      is: 'Our share of all paid lines that count for the week, refunds included, and how many customers were billed.',
      from: 'Transaction lines by sale date when they appear within two days of it, otherwise by the day they appeared: a Net30 invoice is dated by its due date, and late lines would be lost.',
      care: 'Usual is compared by customers, not lines: one site with five apps is one decision. Amounts have no exact test: a week is called unusual where it lies further off than weeks differ among themselves.',
    },
    {
      name: 'Not paid yet, uncollectible, refunded by now',
      words: ['open', 'uncollectible', 'refunded'],
      is: 'Lines of the week by what became of the payment; each is part of the invoiced amount.',
      from: 'paymentStatus: Open, Uncollectible, Refunded.',
      care: 'They change for weeks: the next digest says which lines are paid or given up by now.',
    },
    {
      name: 'Refunds without a new bill',
      words: ['refunds', 'netting'],
      is: 'Money given back that nothing was billed in place of.',
      from: 'Refund lines left after netting: a refund and the bill that replaces it, on one day or up to 5 days apart with the same end, are one change.',
      care: 'Since Atlassian bills an upgrade as a full refund and a full new bill, most refund lines are no refunds in this sense.',
    },
    {
      name: 'Discounts',
      words: ['discount'],
      is: "What was taken off customers' prices, by kind, and its share of the prices before.",
      from: 'discounts[] of the lines that are no refunds.',
      care: 'All amounts are net of them already. partnerDiscountAmount is documented as faulty and is never used.',
    },
    {
      name: 'New sales',
      words: ['new customers'],
      is: 'Sales of type New that count for the week, net of what was refunded with them.',
      from: 'Net movements of transaction lines: one for each subscription and day.',
      care: 'A change from monthly to annual is billed as New too, but netted it is a change of plan and no new sale.',
    },
  ],
};
