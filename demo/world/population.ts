import type { Agenda } from './agenda.ts';
import { APPS, type DemoApp } from './apps.ts';
import type { Calendar, Offset } from './calendar.ts';
import type { Customer } from './customers.ts';
import type { Lives } from './lives.ts';
import type { Random } from './random.ts';

/** Weeks of history before the week of today. */
const WEEKS = 156;
/** The world goes on after today, so that a clock can be moved forward: days. */
export const HORIZON = 35;

/** New Cloud evaluations of a week: growth for more than two years, then a plateau around 40. */
function evaluationsIn(week: number, random: Random): number {
  const typical = 38 * Math.exp(Math.min(0, 0.04 * (week + 33)));
  const drawn = Math.round(typical * (0.84 + 0.34 * random.next()));
  return week > -33 ? Math.max(31, drawn) : drawn;
}

/** Plans who arrives when: early customers, weekly evaluations, direct purchases, Data Center. */
export function planArrivals(random: Random, calendar: Calendar, agenda: Agenda, lives: Lives): Offset {
  const paidApps = APPS.filter((app) => !app.alwaysFree);
  const dataCenterApps = APPS.filter((app) => app.hasDataCenter);
  const thisWeek = calendar.weekStart(0);
  const first = thisWeek - 7 * WEEKS;
  const recent: Customer[] = [];

  function appOn(day: Offset): DemoApp {
    const listed = paidApps.filter((app) => app.listedDaysAgo > -day);
    return random.weighted(listed.map((app) => [app, app.popularity] as const));
  }

  /** One in four tries another app of ours, the others are new. */
  function customerFor(app: DemoApp): Customer {
    const known = recent.length > 0 && random.chance(0.25) ? random.pick(recent) : undefined;
    if (known && !lives.owns(known, app)) return known;
    const customer = lives.nextCustomer();
    recent.push(customer);
    return customer;
  }

  function weekday(week: number): Offset {
    const day = random.weighted([
      [0, 3],
      [1, 19],
      [2, 21],
      [3, 20],
      [4, 19],
      [5, 15],
      [6, 3],
    ]);
    return thisWeek + 7 * week + day;
  }

  /** What a customer gets the app for: mostly commercial, some educational or donated, some on a free plan. */
  function drawPlan(app: DemoApp, customer: Customer) {
    const licenseType = random.weighted([
      ['COMMERCIAL', 925],
      ['ACADEMIC', 40],
      ['COMMUNITY', 18],
      ['OPEN_SOURCE', 10],
      ['SOCIAL_IMPACT', 5],
      ['CLASSROOM', 2],
    ]);
    const isFree = app.editions && customer.users <= 10 && random.chance(0.12);
    return { licenseType, ...(isFree ? { edition: 'Free' } : {}) };
  }

  function draft(day: Offset, hosting: 'Cloud' | 'Data Center' = 'Cloud') {
    const app = hosting === 'Cloud' ? appOn(day) : random.pick(dataCenterApps);
    const customer = customerFor(app);
    const plan = hosting === 'Cloud' ? drawPlan(app, customer) : {};
    return { app, customer, hosting, begun: day, ...plan };
  }

  /** A second app bought on the same day comes on the same order. */
  function maybeAnother(customer: Customer, day: Offset): void {
    const app = appOn(day);
    if (random.chance(0.18) && !lives.owns(customer, app)) lives.buy({ app, customer, begun: day });
  }

  function purchase(day: Offset, hosting: 'Cloud' | 'Data Center' = 'Cloud'): void {
    agenda.plan(day, () => {
      const { customer } = lives.buy(draft(day, hosting));
      if (hosting === 'Cloud') maybeAnother(customer, day);
    });
  }

  for (let index = 0; index < 330; index += 1) purchase(first + random.int(0, 330));
  for (let index = 0; index < 45; index += 1) purchase(first + random.int(0, 320), 'Data Center');
  for (let week = -WEEKS; 7 * week < HORIZON; week += 1) {
    const cloud = evaluationsIn(week, random);
    for (let index = 0; index < cloud; index += 1) {
      const day = weekday(week);
      agenda.plan(day, () => void lives.evaluate(draft(day)));
    }
    const dataCenter = random.int(0, week > -90 ? 3 : 1);
    for (let index = 0; index < dataCenter; index += 1) {
      const day = weekday(week);
      agenda.plan(day, () => void lives.evaluate(draft(day, 'Data Center')));
    }
    const direct = week > -60 ? random.int(3, 6) : random.int(1, 3);
    for (let index = 0; index < direct; index += 1) purchase(weekday(week));
  }
  return first;
}
