import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the evaluation and benchmark digest mean. */
export const evaluationBenchmark: Explanation = {
  topic: 'evaluation-benchmark',
  title: 'Evaluations and benchmark',
  numbers: [
    {
      name: 'Evaluations started',
      words: ['new evaluations'],
      is: 'How many evaluations started in the week, by app and, where there are several, by hosting and type.',
      from: "Atlassian's weekly evaluation report, all hostings.",
      care: 'The names come from licences, without sandboxes, and may be fewer or more than the number: the message says by how much.',
    },
    {
      name: 'Last 4 weeks, and a year ago',
      words: ['a year ago'],
      is: 'Four weeks together, beside the 24 weeks before them and beside the same four weeks of last year.',
      from: 'The same report; 52 weeks back keep the weekday.',
      care: 'A percentage is given from 20 on. While the newest week is still filling, the four weeks before it are compared with last year.',
    },
    {
      name: 'Running now',
      words: ['open evaluations'],
      is: 'Evaluations that are active and not bought, and how many are on sites with more than 500 users.',
      from: 'Licences, as of today.',
      care: 'The size of a site is evaluationOpportunitySize; Atlassian does not know it for every site.',
    },
    {
      name: 'Worth of the running evaluations',
      words: ['pipeline', 'worth'],
      is: 'What they may bring in their first year, as a range and as the expected value, our share.',
      from: 'For each size of site: their number, times how many of that size were bought within 90 days over the last year, times the median first-year value of those. No price list is used.',
      care: 'The range is how far chance alone moves the number of sales (99 %); it knows nothing of prices or seasons. Sizes with fewer than 20 evaluations or 3 sales take the numbers of all sizes.',
    },
    {
      name: 'Extensions and repeats',
      words: ['extended', 'repeat evaluations'],
      is: 'Running evaluations whose end was moved, and sites that had tried the app before.',
      from: 'Ends of maintenance over time, and earlier evaluations of the same app on the same site.',
      care: 'Only ends that we saw move are known: nothing from before the first import.',
    },
    {
      name: 'Benchmark gap',
      words: ['benchmark', 'gap', 'growth', 'marketplace'],
      is: "Own growth minus that of the Marketplace, in percentage points; the Marketplace's growth is own growth minus the gap.",
      from: "Atlassian's monthly evaluation benchmark, Cloud only: its Benchmark fields are the gap. Told when a month of it is new or restated.",
      care: 'Calendar months of Cloud never add up to the weeks. Where its growth does not fit its own counts by half a point, a note says so.',
    },
    {
      name: 'Percentile',
      words: ['position', 'top of the Marketplace'],
      is: 'The position among all partners, of an app among all apps for the same product, and how it moved within a month.',
      from: 'The same benchmark.',
      care: '100 is possible and is the top. It is a rank, not a share: one place is not one percent.',
    },
  ],
};
