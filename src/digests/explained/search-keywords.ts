import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the digest of searches mean. */
export const searchKeywords: Explanation = {
  topic: 'search-keywords',
  title: 'Searches',
  numbers: [
    {
      name: 'Appearances in searches',
      words: ['appearances', 'shown', 'times shown'],
      is: 'How often searches in the week showed our apps: one app among the results of one search is one appearance.',
      from: "Atlassian's weekly count of search appearances by app; all apps together are the sum of the apps.",
      care: 'A search that shows two of our apps counts twice. Nothing says whether anybody looked further.',
    },
    {
      name: 'Keywords that showed us',
      words: ['keyword'],
      is: 'The words people searched for when they were shown an app, with what is usual for each.',
      from: "Atlassian's list of keywords by app and week; the 100 most frequent are tested.",
      care: 'New is a keyword that showed the app in none of the weeks known before. Apps and keywords share one limit for false alarms, so a keyword has to stand out far.',
    },
    {
      name: 'Last 4 weeks of searches',
      words: ['searches a year ago'],
      is: 'Four weeks together, beside the 24 before them and the same four a year ago.',
      from: 'The same count; 52 weeks back keep the weekday.',
      care: 'Searches scatter more than chance does, so their ranges are wider than those of sales.',
    },
    {
      name: 'Place among all searches',
      words: ['place', 'rank', 'on the marketplace', 'within products'],
      is: 'The rank of a keyword among the 500 that everybody searches for, on the Marketplace and within Jira and Confluence.',
      from: "Atlassian's monthly keywords by source, which come with their share of all searches in percent.",
      care: 'They are of a calendar month, mostly the one before; a keyword that is not listed may still be searched for. A month is told when it is new or its first ten changed.',
    },
    {
      name: 'Product ideas',
      words: ['zero results', 'nothing found'],
      is: 'What people searched the Marketplace for in a month without finding anything, most searches first, with the filters they had set.',
      from: "Atlassian's monthly keywords without results, spellings that differ in capitals or accents together.",
      care: 'A word that is a letter or two away from a keyword of ours may be a misspelling of it, which is said; a filter such as a hosting can be what left nothing.',
    },
  ],
};
