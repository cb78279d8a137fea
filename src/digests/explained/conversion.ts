import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the conversion digest mean. */
export const conversion: Explanation = {
  topic: 'conversion',
  title: 'Conversion',
  numbers: [
    {
      name: 'Bought within 30, 60 and 90 days',
      words: ['cohort', 'conversion rate', 'bought within 30 days'],
      is: 'Of the evaluations that started in one week, how many were bought within so many days of their start.',
      from: "Licences with data insights: Atlassian's own date of the sale, otherwise the first paid transaction line. Data Center changes its SEN when an evaluation is bought, so its sale is found through the licence that names the evaluation.",
      care: 'A week is told once all its evaluations had the days and 3 more for the data: the newest one with 30 days is about five weeks old. Younger ones would only look low.',
    },
    {
      name: 'Evaluations started',
      words: ['net new', 'evaluation'],
      is: 'Net-new evaluations: one for each site and app in 90 days, however often it was tried, bought when any of the tries was.',
      from: 'Licences of all hostings, without sandboxes, those of Atlassian and of partners themselves, and subscriptions that had paid before.',
      care: "It is not Atlassian's count, which knows sandboxes and second tries as evaluations, so the two do not add up.",
    },
    {
      name: 'Bought this week',
      words: ['bought', 'conversions'],
      is: 'Evaluations that were bought in the week, whenever they started.',
      from: 'The same licences and lines, by the day of the sale.',
      care: 'These are sales of several cohorts: no rate can be made of them and the evaluations of the week.',
    },
    {
      name: 'Atlassian ratio (same week, not a cohort)',
      words: ['ratio', 'atlassian ratio'],
      is: 'Conversions of a week divided by the evaluations of the same week, Cloud only.',
      from: "Atlassian's weekly conversion report.",
      care: 'Those who bought started in other weeks, so it moves when the number of evaluations does, and may exceed 100 %. It is shown because other reports of Atlassian use it.',
    },
    {
      name: 'Median time to buy',
      words: ['days to buy'],
      is: 'Half of those who bought in the week did so within so many days of the start.',
      from: 'Start of the evaluation and day of the sale, in days; beside it the same of the 12 weeks before.',
      care: "Atlassian's own daysToConvertEval counts from the end of the evaluation, and may be negative: it is not used.",
    },
    {
      name: 'First year',
      words: ['first-year value'],
      is: 'What a customer that bought is worth in a year, our share.',
      from: 'Transaction lines: the rate of the first paid term times 365 days.',
      care: '"No paid line yet" is a sale that licences know and transactions do not: the line comes up to a day later.',
    },
    {
      name: 'Running out',
      words: ['expiring', 'extended'],
      is: 'Evaluations that end within 7 days of today and are not bought, those on sites with more than 500 users counted apart.',
      from: 'The end of maintenance of the licence, which moves when an evaluation is extended; an extension is known from the first end we saw.',
      care: 'It is about today, so only the digest of the newest week has it.',
    },
    {
      name: 'By site size and by app',
      words: ['by size', 'by app'],
      is: 'Conversion within 30 days over half a year of cohorts, split by users of the site and by app.',
      from: 'evaluationOpportunitySize while an evaluation runs; afterwards the tier first paid for.',
      care: 'Everybody who bought has a size, not everybody who did not, so the known sizes read a little high.',
    },
  ],
};
