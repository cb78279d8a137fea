import type { SaleDetails } from './billing.ts';
import type { Offset } from './calendar.ts';
import { drawFeedback } from './feedback.ts';
import type { SubscriptionDraft } from './history.ts';
import { createQuota } from './random.ts';
import type { Subscription } from './subscription.ts';
import { createTerms, type TermsDeps } from './terms.ts';
import type { CustomerSource } from './customers.ts';

/** What lives are drawn from and written to. */
export interface LivesDeps extends TermsDeps {
  readonly nextCustomer: CustomerSource;
}

const EVALUATION_DAYS = 30;
/** Share of evaluations that are bought in the end. */
const CONVERSION = 0.27;

/** Evaluations and their outcomes, on top of the paid terms: all that can happen to one subscription. */
export function createLives({ nextCustomer, ...deps }: LivesDeps) {
  const { random, agenda, history } = deps;
  const terms = createTerms(deps);
  const converts = createQuota(random.fork('converts'));

  /** Starts an evaluation and decides what becomes of it. */
  function evaluate(draft: SubscriptionDraft, outcome: 'by chance' | 'scripted' = 'by chance'): Subscription {
    const on = draft.begun;
    const subscription = terms.open({ evaluationStart: on, ...draft });
    const end = on + EVALUATION_DAYS;
    const tier = random.chance(0.6) ? { tier: 'Evaluation' } : {};
    const visible = outcome === 'scripted' ? { visible: on } : { late: 0.015 };
    history.note(
      subscription,
      on,
      { licenseType: 'EVALUATION', start: on, end, evaluationEnd: end, insights: 'pending', ...tier },
      visible,
    );
    if (outcome === 'scripted') {
      history.note(subscription, on + 3, { insights: 'known' }, { visible: on + 3 });
      return subscription;
    }
    history.note(subscription, on + random.int(2, 3), { insights: 'known' });
    decide(subscription, on, end);
    return subscription;
  }

  function decide(subscription: Subscription, on: Offset, end: Offset): void {
    const isExtended = random.chance(0.12);
    const finalEnd = isExtended ? end + 30 : end;
    if (isExtended) agenda.plan(end - random.int(0, 4), () => extend(subscription, finalEnd));
    if (converts(CONVERSION)) {
      const bought = random.weighted([
        [on + random.int(5, 17), 15],
        [finalEnd - random.int(0, 10), 65],
        [finalEnd + random.int(1, 9), 20],
      ]);
      agenda.plan(bought, () => convert(subscription, bought));
      if (bought > finalEnd) {
        agenda.plan(finalEnd, () => history.note(subscription, finalEnd, { status: 'inactive' }));
      }
      return;
    }
    agenda.plan(finalEnd, () => lapse(subscription, finalEnd));
  }

  function extend(subscription: Subscription, end: Offset): void {
    if (subscription.term || subscription.endedOn !== undefined) return;
    history.note(subscription, end - 30 - random.int(0, 3), { end, evaluationEnd: end });
  }

  function lapse(subscription: Subscription, on: Offset): void {
    subscription.endedOn = on;
    history.note(subscription, on, { status: 'inactive', grace: random.chance(0.05) });
    if (random.chance(0.12)) {
      history.addFeedback(drawFeedback(random, subscription, on, random.pick(['uninstall', 'disable'])));
    }
    if (!random.chance(0.06)) return;
    const again = on + random.int(20, 200);
    const { app, customer, hosting } = subscription;
    agenda.plan(again, () => void evaluate({ app, customer, hosting, begun: again }));
  }

  /** The purchase of an evaluation. Cloud keeps its entitlement; Data Center gets a new SEN. */
  function convert(evaluation: Subscription, on: Offset, details: SaleDetails = {}): Subscription {
    if (evaluation.hosting === 'Cloud') {
      history.note(
        evaluation,
        on,
        { status: 'active', licenseType: evaluation.licenseType, evaluationSale: on },
        details.visible === undefined ? {} : { visible: details.visible },
      );
      return terms.begin(evaluation, on, details, true);
    }
    evaluation.endedOn = on;
    history.note(evaluation, on, { status: 'inactive', evaluationSale: on });
    const { app, customer, evaluationStart } = evaluation;
    return terms.begin(
      terms.open({
        app,
        customer,
        hosting: 'Data Center',
        begun: on,
        evaluationStart,
        grownFrom: evaluation,
      }),
      on,
    );
  }

  const { buy, grow, resize, regret, switchPlan, owns } = terms;
  return { evaluate, convert, buy, grow, resize, regret, switchPlan, owns, nextCustomer };
}

export type Lives = ReturnType<typeof createLives>;
