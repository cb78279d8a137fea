import type { Assessment } from '../../analytics/usual.ts';
import { type Mrkdwn, mrk } from './escape.ts';
import { dollars } from './words.ts';

/**
 * The verdict on what has no exact test, such as money: a week is called unusual where it lies further off than weeks
 * differ among themselves.
 */
export function scatterVerdict({ verdict }: Assessment): Mrkdwn {
  switch (verdict) {
    case 'within':
      return mrk`within the usual range`;
    case 'higher':
      return mrk`*higher than usual*, by more than weeks differ among themselves`;
    case 'lower':
      return mrk`*lower than usual*, by more than weeks differ among themselves`;
    case 'too early':
      return mrk`still filling, so not called low`;
    case 'no history':
      return mrk`too few weeks before it to say what is usual`;
    case 'unknown':
      return mrk`not known yet`;
  }
}

/** An amount beside what is usual: "usual $38.2k (range $29.1k to $47.0k): within the usual range". */
export function moneyComparison(assessment: Assessment): Mrkdwn {
  const { high, low, usual } = assessment;
  if (usual === undefined) return scatterVerdict(assessment);
  const range = low === undefined || high === undefined ? '' : ` (range ${dollars(low)} to ${dollars(high)})`;
  return mrk`usual ${dollars(usual)}${range}: ${scatterVerdict(assessment)}`;
}
