import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the renewal digest mean. */
export const renewal: Explanation = {
  topic: 'renewal',
  title: 'Renewals',
  numbers: [
    {
      name: 'Renewed, of customers due',
      words: ['renewal rate', 'opportunities'],
      is: 'Of the paying Cloud customers that had an opportunity to renew in the week, how many did.',
      from: "Renewals and Renewal opportunities of Atlassian's weekly renewal report.",
      care: 'Cancellations and renewals should add up to the customers due; where they do not, the message says so. Below 10 due there are only counts, and four weeks of different customers beside them.',
    },
    {
      name: 'The renewed terms bring us',
      words: ['renewed terms'],
      is: 'Our share of the terms that those who renewed have begun.',
      from: 'Transaction lines of the term that begins around the renewal, refunds and re-bills netted.',
      care: 'Bills come after the event: how many are not known yet is said.',
    },
    {
      name: 'Beside their terms before',
      words: ['change at renewal'],
      is: 'How much more or less the same customers pay a year now than in the term before.',
      from: 'The yearly rate of both terms, where both are known.',
      care: 'Differences below $12 a year or half a percent are rounding and count as unchanged.',
    },
    {
      name: 'Next 60 days',
      words: ['radar', 'due'],
      is: 'Annual renewals ahead and what they bring a year now.',
      from: 'Active and cancelled paid licences by the end of their maintenance, without those billed again already.',
      care: 'Monthly plans are always due and are left out. Seen from today, so only the newest digest has it.',
    },
    {
      name: 'Needs a look',
      words: ['reasons to look'],
      is: 'Renewals ahead with a sign of trouble: cancelled already, feedback within the year, fewer users last time, a last bill that is open or was given up.',
      from: 'Licences, feedback and the lines of the last term.',
      care: 'A sign is not a forecast. That a partner sold it is told, but is no reason by itself.',
    },
    {
      name: 'Late',
      words: ['late renewals', 'grace'],
      is: 'Paid licences whose term ended within 30 days, still active, not billed again and not called churn.',
      from: 'Licences and lines; churn events take them off.',
      care: 'Renewal mails go out up to 15 days after the end: some of these are late, not lost.',
    },
  ],
};
