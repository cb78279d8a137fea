import { createRandom, type Random } from '../demo/world/random.ts';
import { assessCount } from '../src/analytics/unusual-count.ts';
import { assessMoney } from '../src/analytics/unusual-money.ts';
import { assessRate } from '../src/analytics/unusual-rate.ts';
import { FOUR_WEEKS, type Verdict } from '../src/analytics/usual.ts';
import type { WeekRate, WeekValue } from '../src/analytics/weekly-series.ts';
import { addDays, type Day } from '../src/domain/day.ts';

const SEED = 2026;
const SERIES = 400;

/** Weeks before the first that is judged: 28 for the comparison of four weeks, 30 for how much weeks scatter. */
const BEFORE = 30;
const YEAR = 52;
const WITHIN = [1, 4, 8];

const FIRST_WEEK: Day = '2023-02-05';
const FINAL = { provisional: false };

/** One series of weeks, and the verdict of a rule on the last of them. */
type Rule<Row> = (rows: readonly Row[], week: Day) => Verdict;

interface NamedRule<Row> {
  readonly name: string;
  readonly judge: Rule<Row>;
}

/** What is simulated: a row for a week at its usual level times a factor. */
interface Setting<Row> {
  readonly name: string;
  readonly draw: (random: Random, week: Day, factor: number) => Row;
}

/** Poisson by inversion of exponential gaps: exact, and quick enough for means below a hundred. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; count += 1) product *= 1 - random.next();
  return count;
}

function binomial(random: Random, trials: number, share: number): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random.next() < share) count += 1;
  return count;
}

/** An amount whose logarithm is normal (Box and Muller), with a median of 1. */
function logNormal(random: Random, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return Math.exp(sigma * radius * Math.cos(2 * Math.PI * random.next()));
}

function isFlag(verdict: Verdict): boolean {
  return verdict === 'higher' || verdict === 'lower';
}

function placed(isHigh: boolean, isLow: boolean): Verdict {
  if (isHigh) return 'higher';
  return isLow ? 'lower' : 'within';
}

/** The digests' rule: a week against the 12 before it, or else four weeks against the 24 before them. */
function either<Row>(judge: (rows: readonly Row[], week: Day, four: boolean) => Verdict): Rule<Row> {
  return (rows, week) => {
    const one = judge(rows, week, false);
    return isFlag(one) ? one : judge(rows, week, true);
  };
}

const countVerdict = (tested: number) => (rows: readonly WeekValue[], week: Day, four: boolean) =>
  assessCount(rows, week, { ...FINAL, tested, ...(four && { comparison: FOUR_WEEKS }) }).verdict;

const COUNT_RULES: readonly NamedRule<WeekValue>[] = [
  { name: 'ours', judge: either(countVerdict(1)) },
  { name: 'ours, one week alone', judge: (rows, week) => countVerdict(1)(rows, week, false) },
  { name: 'ours, among 20 series', judge: either(countVerdict(20)) },
  {
    name: '25 % off the week before',
    judge(rows) {
      const [before = 0, now = 0] = rows.slice(-2).map(({ value = 0 }) => value);
      return placed(
        now > before && now - before >= 0.25 * before,
        before - now >= 0.25 * before && now < before,
      );
    },
  },
  {
    name: '50 % off the median of 12',
    judge(rows) {
      const sorted = rows
        .slice(-13, -1)
        .map(({ value = 0 }) => value)
        .toSorted((a, b) => a - b);
      const median = ((sorted[5] ?? 0) + (sorted[6] ?? 0)) / 2;
      const now = rows.at(-1)?.value ?? 0;
      return placed(now > 1.5 * median, now < 0.5 * median);
    },
  },
];

const RATE_RULES: readonly NamedRule<WeekRate>[] = [
  {
    name: 'ours',
    judge: either(
      (rows, week, four) =>
        assessRate(rows, week, { ...FINAL, ...(four && { comparison: FOUR_WEEKS }) }).verdict,
    ),
  },
];

const MONEY_RULES: readonly NamedRule<WeekValue>[] = [
  { name: 'ours', judge: (rows, week) => assessMoney(rows, week, FINAL).verdict },
];

/** The last rows that a rule can look at. */
function recent<Row>(rows: readonly Row[], end: number): readonly Row[] {
  return rows.slice(Math.max(0, end - BEFORE), end);
}

/** Weeks called unusual a year, and how often such weeks begin, when nothing changes. */
function measureAlarms<Row>({ draw }: Setting<Row>, { judge }: NamedRule<Row>, series: number) {
  const random = createRandom(SEED);
  let weeks = 0;
  let alarms = 0;
  for (let one = 0; one < series; one += 1) {
    const rows = Array.from({ length: BEFORE + YEAR }, (_, index) =>
      draw(random, addDays(FIRST_WEEK, 7 * index), 1),
    );
    let before = false;
    for (let end = BEFORE + 1; end <= rows.length; end += 1) {
      const flagged = isFlag(judge(recent(rows, end), addDays(FIRST_WEEK, 7 * (end - 1))));
      if (flagged) weeks += 1;
      if (flagged && !before) alarms += 1;
      before = flagged;
    }
  }
  return { weeks: weeks / series, alarms: alarms / series };
}

/** How often a change of level is found within so many weeks. */
function measurePower<Row>(
  { draw }: Setting<Row>,
  { judge }: NamedRule<Row>,
  factor: number,
  series: number,
): number[] {
  const random = createRandom(SEED + 1);
  const wanted: Verdict = factor > 1 ? 'higher' : 'lower';
  const longest = Math.max(...WITHIN);
  const found = WITHIN.map(() => 0);
  for (let one = 0; one < series; one += 1) {
    const rows = Array.from({ length: BEFORE + longest }, (_, index) =>
      draw(random, addDays(FIRST_WEEK, 7 * index), index < BEFORE ? 1 : factor),
    );
    const first = Array.from({ length: longest }, (_, after) => after + 1).find(
      (after) =>
        judge(recent(rows, BEFORE + after), addDays(FIRST_WEEK, 7 * (BEFORE + after - 1))) === wanted,
    );
    for (const [place, within] of WITHIN.entries())
      if (first !== undefined && first <= within) found[place] = (found[place] ?? 0) + 1;
  }
  return found.map((count) => count / series);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function printTable<Row>(
  title: string,
  settings: readonly Setting<Row>[],
  rules: readonly NamedRule<Row>[],
  series: number,
): void {
  console.log(
    `\n| ${title} | rule | false weeks a year | false alarms a year | doubling in 1, 4, 8 weeks | halving in 1, 4, 8 weeks |`,
  );
  console.log('|---|---|---|---|---|---|');
  for (const setting of settings) {
    for (const rule of rules) {
      const { alarms, weeks } = measureAlarms(setting, rule, series);
      const [up, down] = [2, 0.5].map((factor) =>
        measurePower(setting, rule, factor, series).map(percent).join(', '),
      );
      const cells = [setting.name, rule.name, weeks.toFixed(1), alarms.toFixed(1), up, down];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
}

/** What calling a number unusual costs in false alarms and finds in real changes, beside the rules people use. */
export async function unusual(series = SERIES): Promise<void> {
  console.log(`${series} simulated series for each row, seed ${SEED}.`);
  const counts = [1, 2, 4, 8, 15, 30].map(
    (mean): Setting<WeekValue> => ({
      name: String(mean),
      draw: (random, week, factor) => ({ week, value: poisson(random, mean * factor) }),
    }),
  );
  printTable('mean a week', counts, COUNT_RULES, series);
  const rates = [
    { due: 10, share: 0.1 },
    { due: 75, share: 0.04 },
    { due: 500, share: 0.03 },
  ].map(
    ({ due, share }): Setting<WeekRate> => ({
      name: `${percent(share)} of ${due} due`,
      draw: (random, week, factor) => ({ week, whole: due, part: binomial(random, due, share * factor) }),
    }),
  );
  printTable('rate', rates, RATE_RULES, series);
  const money = [5, 30].map(
    (lines): Setting<WeekValue> => ({
      name: `${lines} lines, amounts log-normal (sigma 1)`,
      draw(random, week, factor) {
        const amounts = Array.from({ length: poisson(random, lines * factor) }, () => logNormal(random, 1));
        return { week, value: Math.round(10_000 * amounts.reduce((sum, amount) => sum + amount, 0)) };
      },
    }),
  );
  printTable('money', money, MONEY_RULES, series);
}
