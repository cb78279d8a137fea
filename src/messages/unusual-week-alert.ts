import type { CountAssessment } from '../analytics/unusual-count.ts';
import type { RateAssessment } from '../analytics/unusual-rate.ts';
import type { WeekState } from '../analytics/freshness.ts';
import type { Day, Instant } from '../domain/day.ts';
import { plainName, type ToldAlert, toldAlert } from './alert-words.ts';
import { countComparison, rateComparison } from './kit/comparison.ts';
import { type Mrkdwn, mrk } from './kit/escape.ts';
import { weekNote } from './kit/week-state.ts';
import { instant, quoted, rate, weekName } from './kit/words.ts';

/** A week whose number is unusual, alone or together with the three before it. */
export interface UnusualWeek {
  /** "cancellations", "new evaluations". */
  readonly noun: string;
  /** The digest that tells more. */
  readonly digest: string;
  /** Undefined: all apps. */
  readonly app: string | undefined;
  readonly week: Day;
  readonly state: WeekState;
  /** What the verdict is about: this week, or the four that end with it. */
  readonly span: 'week' | 'four weeks';
  readonly found:
    | { readonly kind: 'rate'; readonly rate: RateAssessment }
    | { readonly kind: 'count'; readonly count: CountAssessment };
  readonly now: Instant;
}

function amount({ found }: UnusualWeek): string {
  if (found.kind === 'rate') return rate(found.rate.value ?? 0, found.rate.whole ?? 0);
  return (found.count.value ?? 0).toLocaleString('en-US');
}

function compared({ found }: UnusualWeek): Mrkdwn {
  return found.kind === 'rate' ? rateComparison(found.rate) : countComparison(found.count);
}

function verdictOf({ found }: UnusualWeek): string {
  const { verdict } = found.kind === 'rate' ? found.rate : found.count;
  return verdict === 'higher'
    ? 'higher than usual'
    : verdict === 'lower'
      ? 'lower than usual'
      : 'within the usual range';
}

/** The alert for a week that an exact test calls unusual. */
export function unusualWeekAlert(unusual: UnusualWeek): ToldAlert {
  const { app, digest, noun, now, span, state, week } = unusual;
  const scope = app === undefined ? 'all apps' : plainName(app);
  const weeks = span === 'week' ? `in the week ${weekName(week)}` : `in the four weeks to ${weekName(week)}`;
  const capital = `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
  return toldAlert({
    title: `${capital}, ${weekName(week)}, ${scope}: ${verdictOf(unusual)}`,
    header: `${capital} ${verdictOf(unusual)}, ${weekName(week)}, ${scope}`,
    sentence: mrk`${capital} of ${scope} ${weeks}: *${amount(unusual)}*; ${compared(unusual)}`,
    next:
      verdictOf(unusual) === 'within the usual range'
        ? undefined
        : mrk`The digest of that week shows what is behind it.`,
    fields: [
      { name: 'Number', value: amount(unusual), isHidden: true },
      { name: 'Verdict', value: verdictOf(unusual), isHidden: true },
    ],
    why: mrk`Rule: fewer than 1 in 100 weeks would be like this by luck, tested against ${span === 'week' ? 'the 12 weeks' : 'the 24 weeks'} before; then quiet about it for four weeks`,
    notes: [weekNote(week, state), mrk`as of ${instant(now)}`],
    shows: {
      label: 'Show Digest',
      asks: `${digest}${app === undefined ? '' : ` ${quoted(app)}`} ${week}`,
    },
  });
}
