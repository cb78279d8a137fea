import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the sales benchmark digest mean. */
export const salesBenchmark: Explanation = {
  topic: 'sales-benchmark',
  title: 'Sales benchmark',
  numbers: [
    {
      name: 'Our share of Cloud sales',
      words: ['cloud sales', 'benchmark sales'],
      is: 'What Cloud customers brought us in a calendar month, as Atlassian adds it up.',
      from: "Atlassian's monthly sales benchmark: sale and previousMonthSale, salesYTD for the year so far.",
      care: 'It comes out in February, May, August and November, so the newest month is one to several months old. It is no sum of the weeks of the new-sales digest, which count other hostings too.',
    },
    {
      name: 'Year to date beside the Marketplace',
      words: ['sales gap', 'ytd', 'sales growth'],
      is: 'Growth since January over the same months of the year before, and by how many percentage points it is above or below that of the Marketplace.',
      from: "The same benchmark: its Benchmark fields are the gap, so the Marketplace's growth is own growth minus the gap. 14.2 % and 3.1 pp better: the Marketplace grew 11.1 %.",
      care: 'All apps together are compared with all partners, an app with all apps for the same product. It begins anew in January, and there is none where nothing was sold a year ago.',
    },
    {
      name: 'Month beside the Marketplace',
      words: ['month over month', 'mom'],
      is: 'The same comparison of a single month with the month before it.',
      from: 'salesMoMGrowth of the same benchmark, and the gap that belongs to it.',
      care: 'Annual invoices make single months jump: the year to date is the steadier number.',
    },
    {
      name: 'Three months together',
      words: ['quarter'],
      is: 'Sales of the three newest months, beside the three before and the same three a year ago.',
      from: 'The published months, added up; only where all three are published.',
      care: 'Nobody publishes a benchmark for them, and none is made up. A percentage is given from a base of $20 on.',
    },
    {
      name: 'Position in sales',
      words: ['sales percentile'],
      is: 'The position among all partners, of an app among all apps for the same product, and how it moved within a month.',
      from: 'salesPercentile and salesYTDPercentile.',
      care: '100 is possible and is the top. It is a rank, not a share.',
    },
    {
      name: 'Beside Jira or Confluence itself',
      words: ['base product', 'product itself'],
      is: 'Own growth minus that of the product the app is for, in percentage points.',
      from: 'The BaseProduct fields, which some apps have.',
      care: 'It compares with what Atlassian sells of that product, not with other apps.',
    },
  ],
};
