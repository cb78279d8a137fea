import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the feedback digest mean. */
export const feedback: Explanation = {
  topic: 'feedback',
  title: 'Feedback',
  numbers: [
    {
      name: 'Pieces of feedback',
      words: ['pieces', 'answers'],
      is: 'How many answers people gave in the week when they disabled, uninstalled or unsubscribed an app.',
      from: "Atlassian's list of feedback, by the day it was given.",
      care: 'Most who leave say nothing, and those who only evaluated answer too: it counts answers, neither customers nor cancellations.',
    },
    {
      name: 'Of paying customers',
      words: ['paying'],
      is: 'How many of the answers come from a subscription that was paid for on that day, or until at most 60 days before.',
      from: 'Feedback joined to licences and transaction lines by every identifier that a subscription ever had.',
      care: 'About every fifth answer names no subscription: nobody knows whether those pay.',
    },
    {
      name: 'Dollars a year behind it',
      words: ['money behind', 'worth of feedback'],
      is: 'What the subscriptions that answered paid us a year around that day, our share.',
      from: 'Transaction lines: the rate of the last paid term times 365 days, by the same rule as in the churn digest.',
      care: 'Not all of it is lost: some disable an app for an hour. A customer that answers several times counts with its money once, with its latest answer.',
    },
    {
      name: 'Why they stopped',
      words: ['reasons given', 'most money first'],
      is: 'The reason that was chosen, with its number, what is usual for it, and the money behind it.',
      from: 'One of the reasons that Atlassian offers; each beside its own 12 weeks before.',
      care: 'Reasons and apps are tested together with the whole, so that many of them make no false alarms.',
    },
    {
      name: 'What they said',
      words: ['own words'],
      is: 'Their own words, those of customers who pay most first.',
      from: 'The message of the feedback, cut where it is long.',
      care: 'Addresses and telephone numbers are left out. Words are shown as they were written, never as a link or a mention.',
    },
  ],
};
