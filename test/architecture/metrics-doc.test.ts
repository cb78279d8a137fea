import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPLANATIONS } from '../../src/digests/explained/index.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import type { Explanation } from '../../src/messages/explanation.ts';

const PATH = join(import.meta.dirname, '../../docs/metrics.md');
const [BEGIN, END] = ['<!-- begin: from src/digests/explained -->', '<!-- end -->'];

/** An entry as the document has it: the same sentences as in Slack. */
function entryText({ numbers, title, topic }: Explanation): string {
  const digest = DIGESTS.find(({ id }) => id === topic);
  const intro = digest ? [`\`${digest.id}\`. ${digest.definition}`, ''] : [];
  const entries = numbers.flatMap(({ care, from, is, name }) => [
    `### ${name}`,
    '',
    `- What it is: ${is}`,
    `- Where it comes from: ${from}`,
    `- Watch out: ${care}`,
    '',
  ]);
  return [`## ${title}`, '', ...intro, ...entries].join('\n');
}

describe('docs/metrics.md', () => {
  it('says of every number what Slack says of it; `npm run golden` writes it', () => {
    const text = readFileSync(PATH, 'utf8');
    const [before = '', rest = ''] = text.split(BEGIN);
    const [, after = ''] = rest.split(END);
    const made = `${before}${BEGIN}\n\n${EXPLANATIONS.map(entryText).join('\n')}\n${END}${after}`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PATH, made);
    expect(made).toBe(text);
  });
});
