import type { Explanation } from '../../messages/explanation.ts';

/** What the numbers of the installs digest mean. */
export const installs: Explanation = {
  topic: 'installs',
  title: 'Installations',
  numbers: [
    {
      name: 'Active installations',
      words: ['installs', 'installation count'],
      is: 'On how many sites an app is installed and in use, paid for or not.',
      from: "Atlassian's weekly installation count by app, within its commercial compliance boundary; all apps together are the sum of the apps.",
      care: 'A site with two of our apps counts twice. Free and evaluating sites count as well, so it is no number of customers.',
    },
    {
      name: 'Change in the week',
      words: ['gained or lost', 'more or fewer'],
      is: 'By how many installations the week differs from the week before: those that came, less those that went.',
      from: 'Two neighbouring weeks of the same count.',
      care: 'Those who came and those who went are not told apart: no change may be ten of each.',
    },
    {
      name: 'Usual change and its range',
      words: ['usual change'],
      is: 'What is judged is the change, because the number itself is always close to that of the week before.',
      from: 'Usual is the median change of the 12 weeks before; the range is 2.66 times the mean difference between neighbouring weeks of half a year, to both sides.',
      care: 'No exact test fits a number that goes up and down, so no chance is told. A week that is still filling is never called low.',
    },
    {
      name: 'Four weeks and a year ago',
      words: ['installs a year ago'],
      is: 'The number then, and by how much it is different now.',
      from: 'The same count 4 and 52 weeks before.',
      care: 'A percentage is given from a base of 20 on.',
    },
    {
      name: 'Weeks from Monday',
      words: ['monday'],
      is: 'The week told runs from Monday to Sunday.',
      from: "Atlassian's count of installations, which begins its weeks on a Monday; all other digests have weeks from Sunday to Saturday.",
      care: 'It ends a day later than the week of the other digests, and is provisional a day longer.',
    },
  ],
};
