import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the churn digest mean. */
export const churn: Explanation = {
  topic: 'churn',
  title: 'Churn',
  numbers: [
    {
      name: 'Left, of customers due',
      words: ['churn rate', 'left', 'due', 'customers due', 'cancellations'],
      is: 'Of the paying Cloud customers that had an opportunity to renew in the week, how many stopped paying.',
      from: "Cancellations and Customers of Atlassian's weekly churn report, licences of Atlassian itself left out by it.",
      care: 'Monthly customers are due every month and annual ones once a year, so the two are told apart and never averaged: 2 % of monthly customers a month is 21.5 % a year (1 - 0.98^12). Below 10 due there are only counts.',
    },
    {
      name: 'In 4 weeks',
      words: ['four weeks', 'pooled'],
      is: 'Where few are due in a week: how many different customers fell due in four weeks, and how many of them left.',
      from: "Atlassian's lists of cancellations and renewals, each customer once, by what became of it last.",
      care: 'Weekly numbers added up would count a customer for every week it was due (111 instead of 87 in the sample of the API). Nothing is told where the lists name less than 90 % of those counted.',
    },
    {
      name: 'Who left',
      words: ['leavers', 'who'],
      is: 'The subscriptions behind the number, most valuable first.',
      from: "Atlassian's list of cancellations, joined to licences, transactions and feedback by every identifier that a subscription ever had, and by its transaction where no identifier fits.",
      care: 'Somebody who cancelled but has paid until later has not left: those are listed apart, with the day. When the list names another number than the report counts, the message says so.',
    },
    {
      name: 'Lost revenue, a year',
      words: ['lost revenue', 'value', 'annualised'],
      is: 'What those who left paid us a year in the end, our share; and how much of all recurring revenue that is.',
      from: 'Transaction lines: the rate of the last paid term times 365 days, by the same rule as the run-rate, which is that of the Saturday before the week.',
      care: 'It is neither what they paid in all, nor the price. Sandboxes, community licences and free plans show as no revenue.',
    },
    {
      name: 'With us',
      words: ['tenure'],
      is: 'How long a customer paid before it left.',
      from: 'The first transaction line that brought money, until the day of the cancellation.',
      care: 'An evaluation before it does not count. "Never paid" is a customer that Atlassian counts as paying and that brought us nothing, on a free tier for example.',
    },
    {
      name: 'Reason',
      words: ['reasons', 'feedback', 'why'],
      is: 'What the customer chose when it unsubscribed, disabled or uninstalled the app, and its own words.',
      from: 'Feedback within 60 days of leaving, of the same subscription, or else of the same app on the same site.',
      care: 'Most give none, and some come days after the digest: those who did speak are not all who left.',
    },
    {
      name: 'Kept another app of ours',
      words: ['isolated', 'still uses', 'kept'],
      is: 'How many of those who left still pay for another app of ours on the same site: they left the app, not us.',
      from: 'Active commercial and academic licences of our other apps on the same cloud site or host subscription.',
      care: 'Evaluations and sandboxes are no customers. Whether they kept Jira or Confluence itself is not known here.',
    },
    {
      name: 'Churn benchmark',
      words: ['churn index', 'isolated churn'],
      is: 'Licences active on the last day of a month and gone by the last day of the next, beside the average app of the same product; and the part that left only this app.',
      from: "Atlassian's monthly churn benchmark, published two to three months later; told when a month of it is new or restated.",
      care: 'The benchmark is read as a ratio: 1.3x is 1.3 times the average, never 1.3 %; Atlassian does not say so itself. Annual licences count as exposed every month, so it is no relation of the weekly churn.',
    },
  ],
};
