/**
 * `npm run faults`: everything that can go wrong, with a seed. Parts run beside each other, each in a process of its own. Options:
 * `--seed N`, `--part NAME` (one part only, in this process).
 */
import '../../src/check-node.ts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, startChild } from './child.ts';
import { COMPARISONS, PARTS, type PartReport } from './parts.ts';
import { lineOf, sumOf, type Tally } from './tally.ts';

const { values: options } = parseArgs({
  options: { seed: { type: 'string' }, part: { type: 'string' } },
});
const seed = Number(options.seed ?? Date.now() % 100_000);
/** Two processors, and every part waits for half of its time. */
const AT_ONCE = 4;
const RESULT = 'result: ';

/** Hundreds of processes are started from the same code: it is compiled once. Parts inherit the folder of whoever started them. */
const inherited = process.env['NODE_COMPILE_CACHE'];
const codeCache = inherited ?? mkdtempSync(join(tmpdir(), 'pulse-faults-code-'));
process.env['NODE_COMPILE_CACHE'] = codeCache;

async function runPart(name: string): Promise<PartReport> {
  const startedAt = Date.now();
  const child = startChild('test/faults/main.ts', ['--part', name, '--seed', String(seed)], {}, ROOT);
  await child.ended;
  const line = child
    .output()
    .split('\n')
    .find((text) => text.startsWith(RESULT));
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  if (line === undefined) throw new Error(`${name} ended without a result: ${child.output().slice(-2000)}`);
  const report = JSON.parse(line.slice(RESULT.length)) as PartReport;
  console.error(`${name}, ${seconds} s: ${lineOf(report.tally, seed)}`);
  return report;
}

async function runAll(): Promise<void> {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  console.error(`seed ${seed}; this takes some minutes`);
  const names = [...Object.keys(PARTS), ...Object.keys(COMPARISONS)];
  const waiting = [...names];
  const reports = new Map<string, PartReport>();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        reports.set(name, await runPart(name));
      }
    }),
  );
  const parts = Object.keys(PARTS).flatMap((name) => reports.get(name) ?? []);
  const sum = sumOf(parts.map(({ tally }) => tally));
  console.log(lineOf(sum, seed));
  for (const name of Object.keys(COMPARISONS)) {
    const report = reports.get(name);
    if (report) console.log(`${name}: ${lineOf(report.tally, seed)}`);
  }
  const problems = parts.flatMap((report) => report.problems);
  for (const problem of problems) console.error(`PROBLEM: ${problem}`);
  const { corrupt, extra, leaks, lost } = sum;
  process.exitCode = problems.length + lost + extra + corrupt + leaks === 0 ? 0 : 1;
}

async function runHere(name: string): Promise<void> {
  const part = PARTS[name];
  const comparison = COMPARISONS[name];
  const tallyOf = async (): Promise<Tally | undefined> => comparison?.(seed);
  const report = part ? await part(seed) : { tally: await tallyOf(), problems: [] };
  console.log(`${RESULT}${JSON.stringify(report)}`);
}

try {
  await (options.part === undefined ? runAll() : runHere(options.part));
} finally {
  if (inherited === undefined) rmSync(codeCache, { recursive: true, force: true });
}
