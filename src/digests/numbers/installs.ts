import { ONE_WEEK } from '../../analytics/usual.ts';
import { addDays } from '../../domain/day.ts';
import type { TracedNumber } from '../../domain/traced-number.ts';
import type { InstallsDigest } from '../../messages/installs-digest.ts';
import { count } from '../../messages/kit/words.ts';
import { countedAs, type Rest, usualWeeks } from './trace.ts';

/** Atlassian counts all apps together by itself. */
const BESIDE_APPS: Rest = {
  missing: 'Apps of which the number is not known',
  surplus: 'Counted for apps, not for all together',
};

/** The numbers of the digest of installations with the apps behind them. */
export function installsNumbers(facts: InstallsDigest): TracedNumber[] {
  const { byApp, change, fourWeeksAgo, installs, monday, scope, weeklyChanges, yearAgo } = facts;
  const apps = byApp.length === 0 ? [{ app: scope, change, installs }] : byApp;
  const part = (words: string, before: number | undefined) =>
    before === undefined ? [] : [`${words} ${before.toLocaleString('en-US')}`];
  const arithmetic = [...part('four weeks ago', fourWeeksAgo), ...part('a year ago', yearAgo)].join(', ');
  return [
    ...countedAs(
      {
        id: 'installs',
        title: 'Active installations',
        explained: 'Active installations',
        unit: 'count',
        ...(arithmetic !== '' && { arithmetic }),
      },
      installs,
      apps.flatMap((one) => (one.installs === undefined ? [] : [{ what: one.app, amount: one.installs }])),
      BESIDE_APPS,
    ),
    ...countedAs(
      {
        id: 'change',
        title: 'Change in the week',
        explained: 'Change in the week',
        unit: 'count',
        ...(installs !== undefined &&
          change.value !== undefined && {
            arithmetic: `from ${count(installs - change.value, 'installation')} to ${count(installs, 'installation')}`,
          }),
      },
      change.value,
      apps.flatMap((one) =>
        one.change.value === undefined ? [] : [{ what: one.app, amount: one.change.value }],
      ),
      BESIDE_APPS,
    ),
    ...usualWeeks(
      {
        id: 'usual',
        title: 'Usual change',
        explained: 'Usual change and its range',
        unit: 'count',
      },
      weeklyChanges.map(({ value, week }) => ({ week: addDays(week, -1), value })),
      addDays(monday, -1),
      ONE_WEEK,
    ),
  ];
}
