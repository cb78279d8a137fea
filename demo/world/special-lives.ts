import type { Agenda } from './agenda.ts';
import { APPS, type DemoApp } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { History } from './history.ts';
import type { Lives } from './lives.ts';
import type { Random } from './random.ts';
import type { Subscription } from './subscription.ts';

/** Sandboxes, Atlassian's own licences, the always-free app, FedRAMP and hand-invoiced customers, oddities. */
export function planSpecialLives(deps: {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly agenda: Agenda;
  readonly history: History;
  readonly lives: Lives;
}): void {
  const { random, calendar, agenda, history, lives } = deps;
  const [planner, approvals, docs] = APPS;
  const freeApp = APPS.find((app) => app.alwaysFree) ?? docs;

  function times(count: number, make: (index: number) => void): void {
    for (let index = 0; index < count; index += 1) make(index);
  }

  /** A test site beside the real one: $0 lines, and a tier that changes every few days for no reason. */
  function sandbox(day: Offset): void {
    const customer = lives.nextCustomer({ partner: null });
    const { hostname } = customer.site;
    const app = random.pick([planner, approvals, docs]);
    const subscription = history.open({
      app,
      customer,
      owner: 'sandbox',
      begun: day,
      site: { cloudId: random.uuid(), hostname: hostname.replace('.', `-sandbox-${random.int(100, 999)}.`) },
      tierStyle: 'plain',
    });
    history.note(subscription, day, { end: calendar.addMonths(day, 12) });
    for (let start = day; start < 400; start = calendar.addMonths(start, 12)) {
      const end = calendar.addMonths(start, 12);
      agenda.plan(start, () => {
        history.add({
          subscription,
          on: start,
          saleType: start === day ? 'New' : 'Renewal',
          price: 0,
          amount: 0,
          start,
          end,
        });
        history.note(subscription, start, { end });
      });
    }
    for (let noise = Math.max(day, -70); noise < 35; noise += random.int(3, 9)) {
      const on = noise + 1;
      agenda.plan(on, () => {
        history.note(subscription, on, {
          tier: `${subscription.users + random.int(-3, 3) + 4} Users`,
          lastUpdated: on,
        });
      });
    }
  }

  /** Atlassian uses our apps too: shown only with includeAtlassianLicenses=true, and never paid for. */
  function atlassianOwned(index: number): void {
    const begun = random.int(-900, -3);
    const customer = lives.nextCustomer({
      company: index === 0 ? 'Atlassian Pty Ltd' : 'Atlassian',
      country: 'Australia',
      mailDomain: 'atlassian.com',
      partner: null,
    });
    const subscription = history.open({
      app: random.pick([planner, approvals, docs]),
      customer,
      owner: 'atlassian',
      begun,
      ...(index % 3 === 0 ? { evaluationStart: begun } : {}),
    });
    const end =
      index % 3 === 0
        ? { end: begun + 30, licenseType: 'EVALUATION', evaluationEnd: begun + 30 }
        : { end: 300 };
    history.note(subscription, begun, end);
  }

  function free(): void {
    const begun = random.int(-1000, -1);
    const customer = lives.nextCustomer({ partner: null });
    const subscription = history.open({ app: freeApp, customer, begun, licenseType: 'FREE' });
    history.note(subscription, begun, { tier: 'Unlimited Users' });
    if (random.chance(0.2)) history.note(subscription, Math.min(-1, begun + 90), { status: 'inactive' });
  }

  function plain(
    app: DemoApp,
    begun: Offset,
    details: Partial<Subscription>,
    company: string,
    users: number,
  ): void {
    const customer = lives.nextCustomer({ company, country: 'USA', users, partner: null });
    agenda.plan(begun, () => void lives.buy({ app, customer, begun, ...details }));
  }

  times(40, () => sandbox(random.int(-800, -1)));
  times(24, atlassianOwned);
  times(90, free);
  times(7, (index) => {
    plain(
      docs,
      random.int(-700, -40),
      { boundary: 'fedramp_moderate' },
      `Federal Agency No. ${index + 1}`,
      random.int(80, 900),
    );
  });
  times(9, (index) => {
    plain(
      planner,
      random.int(-900, -10),
      { manual: true },
      `Procurement Office ${index + 1}`,
      random.int(300, 2500),
    );
  });
  times(5, () => {
    const begun = random.int(-300, -20);
    const subscription = history.open({
      app: planner,
      customer: lives.nextCustomer(),
      begun,
      licenseType: 'DEMONSTRATION',
    });
    history.note(subscription, begun, { tier: 'Demonstration License', end: begun + 365 });
  });
  times(4, () => {
    const begun = random.int(-300, -20);
    const subscription = history.open({
      app: approvals,
      customer: lives.nextCustomer(),
      begun,
      licenseType: 'COMMERCIAL',
    });
    history.note(subscription, begun, { tier: '-1 User(s)', end: calendar.addMonths(begun, 12) });
  });
}
