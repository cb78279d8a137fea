import { type Explanation, SHARED } from '../../messages/explanation.ts';

/** What the numbers of all digests have in common. */
export const shared: Explanation = {
  topic: SHARED,
  title: 'All digests',
  numbers: [
    {
      name: 'Usual and its range',
      words: ['usual', 'range', 'higher than usual', 'lower than usual', 'unusual'],
      is: 'Usual is the median of the 12 weeks before. The range is what an exact test would not call unusual: within it, a difference is no news.',
      from: 'Counts: the binomial test of this week against those before; rates: Fisher; both at a chance of 1 in 100, stricter where a digest tests more than 5 series. Wider where weeks scatter more than chance makes them.',
      care: 'Weeks of 25 December and 1 January are no history. Small numbers have wide ranges: a doubling of one or two a week takes weeks to show.',
    },
    {
      name: 'Last 4 weeks together',
      words: ['4 weeks', 'four weeks'],
      is: 'The same test of four weeks against the 24 before: it finds slow changes that no single week shows.',
      from: 'The same numbers, added up.',
      care: 'It is said only where it finds something, and overlaps with that of next week.',
    },
    {
      name: 'Provisional, settling, final',
      words: ['completeness', 'provisional', 'settling', 'final', 'complete'],
      is: 'A week is provisional for 3 days after its end, settling for 28, then final. "Usually 94 % complete" is how much of weeks this fresh was known at the same age.',
      from: 'Our own observations: the median over at least 8 weeks of the number known at that age over that known after 28 days.',
      care: 'What is still filling is never called low, and a week that is not over is not compared at all.',
    },
    {
      name: 'Changed since my last digest',
      words: ['restated', 'restatement', 'changed'],
      is: 'Weeks that were told before and read differently now, from what to what, and who is behind it.',
      from: 'Stored versions: what was known of those weeks by the newest sync that the last posted digest knew, beside what is known now.',
      care: 'Any change of names is told; numbers from 2 or 5 % on. Each channel has its own last digest; an answer to one person is none.',
    },
    {
      name: 'Still the newest month',
      words: ['newest month', 'monthly'],
      is: 'What comes by calendar month is told once, in full; in other weeks one line says that no month is new.',
      from: 'Stored versions, as for weeks: a month that is restated is told again, from what to what.',
      care: 'Whoever asks gets the month again. Months and weeks never add up: weeks cross the ends of months.',
    },
    {
      name: 'Does not add up',
      words: ['integrity', 'mismatch'],
      is: "Where Atlassian's own numbers contradict each other.",
      from: 'Cancellations plus renewals should be customers due and renewal opportunities; a list should name as many as the report counts.',
      care: 'Neither is corrected here: both are shown, and the message says which do not agree.',
    },
    {
      name: 'Our share',
      words: ['money', 'vendor amount'],
      is: 'All amounts are what we get (vendorAmount), in US dollars, unless said otherwise.',
      from: 'Transaction lines, in whole cents; licences of Atlassian itself, sandboxes, unpaid licence types and $0 lines left out.',
      care: "Atlassian's part changed over the years: an upgrade can bring us less than the plan before it.",
    },
  ],
};
