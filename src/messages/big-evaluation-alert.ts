import type { SubscriptionProfile } from '../analytics/subscription-profile.ts';
import type { Threshold } from '../analytics/thresholds.ts';
import { type Day, dayOf, daysBetween, type Instant } from '../domain/day.ts';
import { listed, plainName, thresholdSource, type ToldAlert, toldAlert } from './alert-words.ts';
import { siteSize } from './evaluating-customer.ts';
import { customer, type Mrkdwn, mrk } from './kit/escape.ts';
import { count, date, duration, instant } from './kit/words.ts';
import { partnerName } from './movement-parts.ts';

/** An evaluation on a site that is worth a call. */
export interface BigEvaluation {
  readonly profile: SubscriptionProfile;
  readonly state: 'running' | 'bought' | 'over';
  readonly users: number;
  readonly start: Day;
  readonly end: Day | undefined;
  /** The day the site began to evaluate this app before, if it did. */
  readonly triedOn: Day | undefined;
  readonly extendedDays: number;
  /** Names of our other apps that the site uses. */
  readonly uses: readonly string[];
  readonly runsOn: string;
  readonly id: string;
  readonly threshold: Threshold;
  readonly now: Instant;
}

function nextStep({ state }: BigEvaluation): Mrkdwn | undefined {
  if (state === 'bought') return undefined;
  return state === 'running' ? mrk`Offer help while it lasts.` : mrk`Ask what was missing.`;
}

const NAMES: Record<BigEvaluation['state'], string> = {
  running: 'Big evaluation',
  bought: 'Big evaluation bought',
  over: 'Big evaluation over',
};

function flags({ extendedDays, triedOn }: BigEvaluation): string {
  const words = [
    triedOn === undefined ? undefined : `tried before on ${date(triedOn)}`,
    extendedDays > 0 ? `extended by ${count(extendedDays, 'day')}` : undefined,
  ];
  return listed(...words);
}

function headline(evaluation: BigEvaluation): Mrkdwn {
  const { end, now, profile, state, users } = evaluation;
  const left = end === undefined ? undefined : daysBetween(dayOf(now), end);
  const until =
    end === undefined ? '' : ` until ${date(end)}${left && left > 0 ? ` (${duration(left)} left)` : ''}`;
  const app = profile.appName;
  const noted = flags(evaluation);
  const more = noted === '' ? mrk`` : mrk`; *${noted}*`;
  const site = mrk`*${siteSize(users)}*`;
  const who = customer(profile.who);
  if (state === 'bought') return mrk`*${who}* (${site}) *bought* ${app} after evaluating it${more}`;
  if (state === 'over') return mrk`*${who}* (${site}) stopped evaluating ${app} without buying it${more}`;
  return mrk`*${who}* is evaluating ${app} on a site with ${site}${until}${more}`;
}

/** The alert for an evaluation of many users. */
export function bigEvaluationAlert(evaluation: BigEvaluation): ToldAlert {
  const { end, extendedDays, id, now, profile, runsOn, start, state, threshold, triedOn, users, uses } =
    evaluation;
  const name = plainName(profile.who);
  return toldAlert({
    title: `${name}: ${NAMES[state].toLowerCase()}, ${siteSize(users)}`,
    header: `${NAMES[state]}, ${siteSize(users)}, ${name}`,
    sentence: headline(evaluation),
    next: nextStep(evaluation),
    fields: [
      { name: 'What', value: NAMES[state], isHidden: true },
      { name: 'Site', value: siteSize(users), isHidden: true },
      { name: 'App', value: listed(profile.appName, profile.edition) },
      { name: 'Started', value: date(start) },
      { name: 'Ends', value: end && date(end) },
      {
        name: 'Extended',
        value: extendedDays > 0 ? `by ${count(extendedDays, 'day')}` : undefined,
        isHidden: true,
      },
      { name: 'Tried before', value: triedOn && `on ${date(triedOn)}`, isHidden: true },
      { name: 'Also uses', value: uses.length > 0 ? uses.join(', ') : 'none of our apps yet' },
      { name: 'Hostname', value: profile.host.siteHostname },
      { name: 'Runs on', value: runsOn },
      { name: 'Country', value: profile.customer.country },
      { name: 'Sold by', value: partnerName({ ...(profile.partner && { partner: profile.partner }) }) },
      { name: 'Entitlement', value: id },
    ],
    why: mrk`Rule: an evaluation on a site with ${count(threshold.amount, 'user')} or more (${thresholdSource(threshold, 0, '')})`,
    notes: [mrk`Data as of ${instant(now)}`],
    shows: { label: 'Show Customer', asks: `lookup ${id}` },
  });
}
