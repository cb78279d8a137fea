import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the customers digest mean. */
export const customers: Explanation = {
  topic: 'customers',
  title: 'Customers',
  numbers: [
    {
      name: 'Customers of the month',
      words: ['number of customers'],
      is: 'How many customers all our apps together have in a calendar month, beside the month before and a year ago.',
      from: "Atlassian's monthly distribution by region, added up: it has a group for those of whom nothing is known.",
      care: 'Atlassian calls them users; they are sites, not people. It tells nothing by app.',
    },
    {
      name: 'Regions, editions, sizes',
      words: ['region', 'edition', 'share of customers'],
      is: 'How customers spread over groups: number and share of all customers.',
      from: 'The four distributions of the same month: region, edition and size of their Jira or Confluence, and whether they pay for it.',
      care: 'Who is in no known group is in none, so shares of editions or sizes can add up to less than 100 %.',
    },
    {
      name: 'Times the average',
      words: ['index', 'over-represented', 'under-represented', 'average'],
      is: "A group's share of our customers over its share of the customers of the whole Marketplace: 1.3x is a share 1.3 times as large.",
      from: "Atlassian's index of the same month (usersMarketplaceBenchmark).",
      care: 'It is a ratio, never a percentage: 1.0 is the average. Groups below 20 customers are never called over- or under-represented.',
    },
    {
      name: 'Paying for Jira or Confluence',
      words: ['not paying'],
      is: 'How many customers pay for the Atlassian product our apps run on.',
      from: 'The distribution by activity.',
      care: 'It does not say whether they pay for our apps.',
    },
    {
      name: 'Cloud sites of one app',
      words: ['sites'],
      is: 'Asked for one app: on how many cloud sites a licence of it is in use today, by region, edition and size.',
      from: 'Licences that are not inactive, one for each site, without sandboxes and those of Atlassian itself.',
      care: 'It is counted by another rule than the months of all apps, so the two do not add up, and it has no comparison.',
    },
  ],
};
