import type { Agenda } from './agenda.ts';
import { APPS, type DemoApp } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { CustomerDetails } from './customers.ts';
import type { FeedbackNote, History, SubscriptionDraft } from './history.ts';
import { toDollars } from './line.ts';
import type { Lives } from './lives.ts';
import { dunningOf } from './payments.ts';
import type { Subscription } from './subscription.ts';

/** The day on which almost everything a demo should announce becomes visible: yesterday. */
const NEWS: Offset = -1;

/** How many more sites than usual (about four) try the youngest app in the last complete week. */
const BUSY_WEEK = 11;

const COMPLAINT =
  '<!channel> exports are *slow* & the <http://evil.example|report> never loads. Call jane.doe@duff.example :(';

/** Prescribes the lives that are equal in every world; identifiers, names and amounts never change. */
export function planLandmarks(deps: {
  readonly calendar: Calendar;
  readonly agenda: Agenda;
  readonly history: History;
  readonly lives: Lives;
}) {
  const { calendar, agenda, history, lives } = deps;
  const [planner, approvals, docs, checklist, board] = APPS;
  let fixed = 0;

  function customer(company: string, slug: string, details: CustomerDetails = {}) {
    const plain = { country: 'USA', partner: null, ...details };
    return lives.nextCustomer({ company, slug, mailDomain: `${slug}.example`, ...plain });
  }

  /** A scripted subscription, bought on its first day. */
  function bought(
    owner: ReturnType<typeof customer>,
    app: DemoApp,
    begun: Offset,
    entitlementNumber: string,
    details: Partial<SubscriptionDraft> = {},
    sale: Parameters<Lives['buy']>[1] = {},
  ): () => Subscription {
    const draft = draftOf(owner, app, begun, entitlementNumber, details);
    let subscription: Subscription | undefined;
    agenda.plan(begun, () => {
      subscription = lives.buy(draft, sale);
    });
    return () => {
      if (!subscription) throw new Error(`the landmark ${entitlementNumber} was never bought`);
      return subscription;
    };
  }

  function draftOf(
    owner: ReturnType<typeof customer>,
    app: DemoApp,
    begun: Offset,
    entitlementNumber: string,
    details: Partial<SubscriptionDraft>,
  ): SubscriptionDraft {
    fixed += 1;
    const entitlementId = `00000000-0000-4000-8000-${String(fixed).padStart(12, '0')}`;
    const edition = app.editions ? 'Standard' : undefined;
    return {
      app,
      customer: owner,
      begun,
      entitlementId,
      entitlementNumber,
      tierStyle: 'plain',
      edition,
      script: {},
      ...details,
    };
  }

  const lastWeek = calendar.weekStart(0) - 7;
  const gone = lastWeek + 3;

  const acmeGmbh = customer('Acme GmbH', 'acme', { country: 'Germany', users: 500 });
  const acme = bought(acmeGmbh, planner, -1000, 'E-111-AAA-AAA-11A', { edition: 'Advanced' });
  const acmeOther = bought(acmeGmbh, approvals, -640, 'E-111-AAA-AAA-22A');
  const senOnly = bought(
    customer('Globex Corporation', 'globex', { users: 2000 }),
    planner,
    -700,
    'E-000-GLO-BEX-000',
    {
      hosting: 'Data Center',
      licenseId: 'SEN-1000001',
      addonLicenseId: '7000001',
      numberedFrom: Infinity,
    },
  );
  const threeGroups = bought(customer('Initech LLC', 'initech', { users: 85 }), docs, -500, 'E-123-456-789', {
    billing: 'Monthly',
  });

  const umbrella = customer('Umbrella Logistics Inc', 'umbrella-logistics', { users: 2100 });
  const largeDraft = draftOf(umbrella, planner, -27, 'E-900-LAR-GES-ALE', { script: { price: 28_920 } });
  let largeSale: Subscription | undefined;
  agenda.plan(-27, () => {
    const evaluation = lives.evaluate(largeDraft, 'scripted');
    largeSale = evaluation;
    agenda.plan(-2, () => {
      const payment = {
        terms: 'Net30',
        saleDay: 28,
        paymentStatus: 'Open',
        changes: [],
        fails: false,
      } as const;
      lives.convert(evaluation, -2, { visible: NEWS, transactionId: 'IN-900-000-001', payment });
    });
  });

  const stark = customer('Stark Retail Group', 'stark-retail', { users: 1000 });
  const upgrade = bought(stark, planner, -190, 'E-900-UPG-RAD-001', { script: { price: 24_000 } });
  agenda.plan(NEWS, () => lives.resize(upgrade(), NEWS, 1100, { visible: NEWS, newPrice: 24_600 }));
  const tyrell = customer('Tyrell Genetics SAS', 'tyrell-genetics', { country: 'France', users: 600 });
  const downgrade = bought(tyrell, approvals, -150, 'E-900-DOW-NGR-001', { script: { price: 9_000 } });
  agenda.plan(NEWS, () => lives.resize(downgrade(), NEWS, 320, { visible: NEWS, newPrice: 4_200 }));

  const vandelay = customer('Vandelay Industries Ltd', 'vandelay', { country: 'United Kingdom', users: 900 });
  const bigChurner = bought(vandelay, planner, calendar.addMonths(gone, -24), 'E-900-BIG-CHU-RN1', {
    script: { price: 15_800, leavesAt: 2, leavingVisible: gone + 1 },
  });
  const kept = bought(vandelay, docs, -410, 'E-900-BIG-CHU-RN2', { billing: 'Monthly' });
  const goodbye = {
    type: 'unsubscribe',
    reasonKey: 'cost',
    message: 'The price rose by 40 % in two years, and we only use the roadmap view & exports.',
  };
  agenda.plan(gone, () => say(bigChurner(), gone, gone + 1, goodbye));

  const restated = [
    ['Initrode AG', 'initrode', 'E-900-RES-TAT-001', 1, 140] as const,
    ['Soylent Foods BV', 'soylent-foods', 'E-900-RES-TAT-002', 4, 210] as const,
  ].map(([company, slug, number, weekday, users]) => {
    const begun = calendar.addMonths(lastWeek - 7 + weekday, -7);
    const script = { leavesAt: 7, leavingVisible: NEWS };
    return bought(customer(company, slug, { users }), checklist, begun, number, {
      billing: 'Monthly',
      script,
    });
  });

  const hooli = customer('Hooli Media Inc', 'hooli-media', { users: 1200 });
  const cancelled = bought(hooli, docs, calendar.addMonths(12, -12), 'E-900-CAN-CEL-001', {
    script: { price: 14_400, leavesAt: 1 },
  });
  agenda.plan(NEWS, () => history.note(cancelled(), NEWS, { status: 'cancelled' }, { visible: NEWS }));

  const wonka = customer('Wonka Confectionery Ltd', 'wonka', { users: 450 });
  const paymentProblem = bought(
    wonka,
    approvals,
    -75,
    'E-900-PAY-MEN-T01',
    { script: { price: 5_600 } },
    {
      transactionId: 'IN-900-000-002',
      payment: {
        terms: 'Net30',
        saleDay: -45,
        paymentStatus: 'Open',
        changes: dunningOf(calendar, NEWS - 16, false),
        fails: false,
      },
    },
  );

  const cyberdyne = customer('Cyberdyne Robotics K.K.', 'cyberdyne', { country: 'Japan', users: 260 });
  const refund = bought(cyberdyne, docs, -20, 'E-900-REF-UND-001', { script: { price: 7_900 } });
  agenda.plan(NEWS, () => lives.regret(refund(), NEWS, NEWS));
  const piper = customer('Pied Piper Networks Inc', 'pied-piper', { users: 40 });
  const planSwitch = bought(piper, checklist, calendar.addMonths(-15, -3), 'E-900-SWI-TCH-001', {
    billing: 'Monthly',
  });
  agenda.plan(NEWS - 5, () => lives.grow(planSwitch(), NEWS - 5));
  agenda.plan(NEWS, () => lives.switchPlan(planSwitch(), NEWS, NEWS));

  const oceanic = customer('Oceanic Airlines Pty Ltd', 'oceanic-airlines', {
    country: 'Australia',
    users: 2600,
  });
  let bigEvaluation: Subscription | undefined;
  // Its size arrives with the parent insights, three days after the evaluation began.
  agenda.plan(NEWS - 3, () => {
    bigEvaluation = lives.evaluate(draftOf(oceanic, docs, NEWS - 3, 'E-900-BIG-EVA-L01', {}), 'scripted');
  });

  const feedback = bought(
    customer('Duff Breweries', 'duff', { users: 75 }),
    planner,
    -400,
    'E-900-FEE-DBA-CK1',
    {
      billing: 'Monthly',
    },
  );
  agenda.plan(NEWS, () =>
    say(feedback(), NEWS, NEWS, { type: 'disable', reasonKey: 'performance', message: COMPLAINT }),
  );

  const money = customer('<!channel> *Free* Money & Sons', 'free-money', { users: 640 });
  const hostileSale = bought(
    money,
    approvals,
    -2,
    'E-900-HOS-TIL-E01',
    { script: { price: 7_200 } },
    { visible: NEWS, transactionId: 'IN-900-000-003' },
  );

  const massive = customer('Massive Dynamic BV', 'massive-dynamic', { country: 'Netherlands', users: 600 });
  const biggerPlan = bought(massive, approvals, -160, 'E-900-UPG-RAD-002', { script: { price: 9_000 } });
  agenda.plan(NEWS, () => lives.resize(biggerPlan(), NEWS, 900, { visible: NEWS, newPrice: 11_300 }));

  const aperture = customer('Aperture Labs LLC', 'aperture-labs', { users: 120 });
  const corrected = bought(aperture, planner, -40, 'E-900-ALT-ERE-D01', { script: { price: 2_200 } });
  agenda.plan(NEWS, () => {
    const line = history.lines.find(({ subscription }) => subscription === corrected());
    if (!line) throw new Error('the landmark line that is corrected is missing');
    const [price, amount] = [line.price, line.amount].map((value) => toDollars(value * 0.9));
    line.changes.push({ visible: NEWS, price: price ?? 0, amount: amount ?? 0 });
  });

  for (let index = 0; index < BUSY_WEEK; index += 1) tryOut(index);

  /** A small site that tries the youngest app in the last complete week, and does not buy it. */
  function tryOut(index: number): void {
    const begun = lastWeek + 1 + (index % 5);
    const owner = lives.nextCustomer({ users: 20 + 10 * index, country: 'USA', partner: null });
    agenda.plan(begun, () => {
      const draft = draftOf(owner, board, begun, `E-900-BUS-YWE-E${index + 10}`, {});
      const evaluation = lives.evaluate(draft, 'scripted');
      agenda.plan(begun + 30, () => history.note(evaluation, begun + 30, { status: 'inactive' }));
    });
  }

  function say(
    subscription: Subscription,
    on: Offset,
    visible: Offset,
    words: Pick<FeedbackNote, 'type' | 'reasonKey' | 'message'>,
  ): void {
    history.addFeedback({ app: subscription.app, subscription, on, visible, ...words });
  }

  /** The subscriptions behind the landmarks; call it when the history is complete. */
  return function collect() {
    if (!largeSale || !bigEvaluation) throw new Error('the landmark evaluations never began');
    return {
      acme: acme(),
      acmeOther: acmeOther(),
      senOnly: senOnly(),
      threeGroups: threeGroups(),
      largeSale,
      upgrade: upgrade(),
      downgrade: downgrade(),
      bigChurner: bigChurner(),
      kept: kept(),
      goodbye,
      restated: restated.map((subscription) => subscription()),
      cancelled: cancelled(),
      paymentProblem: paymentProblem(),
      refund: refund(),
      planSwitch: planSwitch(),
      bigEvaluation,
      feedback: feedback(),
      complaint: COMPLAINT,
      hostileSale: hostileSale(),
      biggerPlan: biggerPlan(),
      busyApp: board,
      corrected: corrected(),
    };
  };
}

/** The prescribed subscriptions of a finished history. */
export type LandmarkPlan = ReturnType<ReturnType<typeof planLandmarks>>;
