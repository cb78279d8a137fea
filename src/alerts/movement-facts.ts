import { isHalf } from '../analytics/plan-direction.ts';
import type { NetMovement } from '../analytics/netting.ts';
import type { OwnRule } from '../analytics/thresholds.ts';
import type { ToldAlert } from '../messages/alert-words.ts';
import { mrk } from '../messages/kit/escape.ts';
import { dollars } from '../messages/kit/words.ts';
import type { MovementFacts } from '../messages/movement-parts.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { AlertContext, AlertFact } from './alert.ts';
import { lineMark, seenMovements } from './seen-movements.ts';

/** What tells one rule about movements from another. */
export interface MovementRule {
  readonly id: OwnRule;
  /** The movements it watches, whatever their size. */
  watches(movement: NetMovement): boolean;
  /** What is compared with the threshold, cents. */
  sizeOf(movement: NetMovement): number;
  /** What is at stake, with its sign. */
  amountOf(movement: NetMovement): number;
  tell(facts: MovementFacts): ToldAlert;
}

/** The facts of a rule about movements of money: one per movement, however its lines arrive. */
export function movementFacts(rule: MovementRule, news: RecordedNews, context: AlertContext): AlertFact[] {
  return seenMovements(news, context)
    .filter(({ movement }) => rule.watches(movement))
    .map(({ isNews, movement, original, profile, restatedFrom }): AlertFact => {
      const { appKey, entitlement, main } = movement;
      const app = { appKey, name: main.name };
      const threshold = context.threshold(rule.id, app);
      return {
        id: movement.id,
        subject: `movement ${movement.id}`,
        marks: movement.lines.map(lineMark),
        entitlement,
        app,
        customer: profile?.customer,
        isNews,
        holds: rule.sizeOf(movement) >= threshold.amount,
        // Lines that name no subscription are one each: nothing can come to complete them.
        isHalf: entitlement !== '' && isHalf(movement),
        amount: rule.amountOf(movement),
        aside: mrk`*Less than the threshold of ${dollars(threshold.amount)} now*`,
        tell: () =>
          rule.tell({
            movement,
            who: profile?.who,
            country: profile?.customer.country,
            threshold,
            now: news.at,
            ...(restatedFrom !== undefined && { restatedFrom }),
            ...(original && { original }),
          }),
      };
    });
}
