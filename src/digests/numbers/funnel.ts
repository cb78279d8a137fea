import type { FunnelMonth } from '../../analytics/funnel.ts';
import type { TracedNumber } from '../../domain/traced-number.ts';
import type { FunnelDigest } from '../../messages/funnel-digest.ts';
import { monthLabel } from '../../messages/kit/words.ts';
import { countedAs, type Rest, sumInOrder } from './trace.ts';

const STEPS = [
  { step: 'requests', title: 'Requests', explained: 'Requests' },
  { step: 'approved', title: 'Approvals', explained: 'Approvals' },
  { step: 'evaluations', title: 'Evaluations', explained: 'Evaluations of the month' },
  { step: 'conversions', title: 'Conversions', explained: 'Conversions of the month' },
] as const satisfies readonly { readonly step: keyof FunnelMonth; title: string; explained: string }[];

/** Atlassian counts all apps together by itself. */
const BESIDE_APPS: Rest = {
  missing: 'Counted for all apps together, for none of them alone',
  surplus: 'Counted for apps, not for all together',
};

/** The steps of the funnel with the apps, and the months before, behind them. */
export function funnelNumbers({ card, scope }: FunnelDigest): TracedNumber[] {
  if (!card) return [];
  const { byApp, months, steps } = card;
  const apps = byApp.length === 0 ? [{ app: scope, steps }] : byApp;
  const before = months.filter(({ month }) => month < steps.month).toReversed();
  return STEPS.flatMap(({ explained, step, title }) => {
    const told = { explained, unit: 'count' } as const;
    const known = before.flatMap(({ month, [step]: amount }) =>
      amount === undefined ? [] : [{ what: monthLabel(month), day: month, amount }],
    );
    return [
      ...countedAs(
        { ...told, id: step, title },
        steps[step],
        apps.flatMap(({ app, steps: { [step]: amount } }) =>
          amount === undefined ? [] : [{ what: app, amount }],
        ),
        BESIDE_APPS,
      ),
      ...(known.length > 0
        ? [sumInOrder({ ...told, id: `${step}-before`, title: `${title}, months before` }, known)]
        : []),
    ];
  });
}
