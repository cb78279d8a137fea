import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the funnel digest mean. */
export const funnel: Explanation = {
  topic: 'funnel',
  title: 'Funnel',
  numbers: [
    {
      name: 'Requests',
      words: ['app requests'],
      is: 'How often people who may not install apps asked their administrators for one of ours, in a calendar month.',
      from: "Atlassian's monthly app requests, Cloud only.",
      care: 'Most evaluations need no request: the first step is not the way in for everybody.',
    },
    {
      name: 'Approvals',
      words: ['approved', 'approval rate'],
      is: 'How many requests were approved, of those of the same month.',
      from: 'The same report; the share is judged by that of the 12 months before.',
      care: 'A request of January may be approved in February. Below 10 requests there are only counts.',
    },
    {
      name: 'Evaluations of the month',
      words: ['monthly evaluations'],
      is: 'How many Cloud evaluations started in the calendar month.',
      from: "Atlassian's conversion report by month.",
      care: 'Weeks cross the ends of months, so they never add up to it.',
    },
    {
      name: 'Conversions of the month',
      words: ['monthly conversions'],
      is: 'How many evaluations were bought in the month, whenever they started.',
      from: 'The same report. When the list of conversions names another number, the message says so.',
      care: 'Of the evaluations of the same month it is no cohort, and may be more than they are. How evaluations of one time convert is told by the conversion digest.',
    },
    {
      name: 'Usual month and its range',
      words: ['months before'],
      is: 'Usual is the median of the 12 months before; the range is what an exact test would not call unusual.',
      from: 'The binomial test with days for weights; of approvals Fisher. The range is wider where months scatter more than chance makes them; fewer than 8 known months say nothing.',
      care: 'A month is told once both ends of it are known and it has been over for three days, and again when it is restated by 2, or by 5 %.',
    },
  ],
};
