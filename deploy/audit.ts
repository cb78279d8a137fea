/** `npm run audit`: fails when a package that production installs has a known flaw that is high or critical. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What `npm audit --json` says. */
interface AuditAnswer {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  /** Where the registry gave no advisories. */
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

/** What an audit means for whoever runs it. */
interface Verdict {
  readonly isFailed: boolean;
  readonly sentence: string;
}

const SEVERE = new Set(['high', 'critical']);

function parse(text: string): AuditAnswer {
  try {
    return JSON.parse(text) as AuditAnswer;
  } catch {
    return {};
  }
}

/**
 * Reads what `npm audit --json` wrote. A registry that offers no advisories, or no network, is said and fails nothing: it says
 * nothing about the packages.
 */
export function toVerdict(written: string): Verdict {
  const answer = parse(written);
  if (!answer.vulnerabilities) {
    const why = answer.error?.summary || answer.message || 'npm gave no answer';
    return { isFailed: false, sentence: `NOT CHECKED: the registry gave no advisories (${why.trim()}).` };
  }
  const severe = Object.entries(answer.vulnerabilities).filter(([, { severity }]) => SEVERE.has(severity));
  if (severe.length === 0) {
    return {
      isFailed: false,
      sentence: 'No package that production installs has a known high or critical flaw.',
    };
  }
  const named = severe
    .map(([name, { range, severity }]) => `  ${`${name} ${range}`.trim()}: ${severity}`)
    .join('\n');
  return {
    isFailed: true,
    sentence: `Known flaws in what production installs:\n${named}\n\`npm audit --omit=dev\` tells more; \`npm update\` renews them.`,
  };
}

if (import.meta.main) {
  const { stdout } = spawnSync(
    'npm',
    ['audit', '--omit=dev', '--audit-level=high', '--package-lock-only', '--json', '--fetch-retries=0'],
    { cwd: join(import.meta.dirname, '..'), encoding: 'utf8', timeout: 60_000 },
  );
  const { isFailed, sentence } = toVerdict(stdout);
  process.stdout.write(`${sentence}\n`);
  process.exitCode = isFailed ? 1 : 0;
}
