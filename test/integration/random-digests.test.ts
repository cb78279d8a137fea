/** Every digest of random partners whose customers have hostile names: Slack takes all of it, and nobody is pinged. */
import { expect, it } from 'vitest';
import { tokensOf } from '../../demo/slack/message-tokens.ts';
import { MAX_BLOCKS_WEIGHT, validateBlocks, weighBlocks } from '../../demo/slack/validate-blocks.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { addDays, type Day, startOf } from '../../src/domain/day.ts';
import type { Message } from '../../src/domain/message.ts';
import { limitProblems } from '../../src/messages/kit/limits.ts';
import { createWorld, recordPart, TODAY, WEEK } from '../support/random-partner.ts';
import { openStore } from '../support/store-on-disk.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

const WORLDS = 6;
const WEEKS: readonly Day[] = [WEEK, addDays(WEEK, -7), addDays(WEEK, -35)];
/** Much too long, and of characters that are two units each: whoever cuts by units may halve one. */
const LONG = '😀'.repeat(500);
const APP = { appKey: 'app-1', name: `<!channel> *App* \`1\` ${LONG}` };
const OURS = new Set(['bold', 'italic', 'code', 'date', 'emoji']);

function problemsOf(message: Message): string[] {
  const foreign = tokensOf(message).filter(({ kind }) => !OURS.has(kind));
  const text = JSON.stringify(message);
  return [
    ...limitProblems(message),
    ...validateBlocks(message.blocks).map(({ message: what, pointer }) => `${pointer} ${what}`),
    ...(weighBlocks(message.blocks) >= MAX_BLOCKS_WEIGHT ? ['too heavy'] : []),
    ...foreign.map(({ kind }) => kind),
    ...(text.includes('\\ud') ? ['half a character'] : []),
    ...(/&(?!(?:amp|lt|gt);)/.test(message.text) ? ['half an entity'] : []),
  ];
}

it('a thousand messages of digests about partners with hostile names are all taken, and ping nobody', async () => {
  const names = hostileNames(WORLDS * 60, 17).map((name, index) => (index % 2 === 0 ? name : name + LONG));
  const wrong: unknown[] = [];
  let messages = 0;
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    const store = await openStore();
    const world = createWorld(seed, 'h', (number) => names[(seed - 1) * 60 + number] ?? '');
    const at = startOf(TODAY) + 6 * 3_600_000;
    await recordPart(store, world, at, () => true);
    const request = { developerId: 'dev-1', now: at + 3 * 3_600_000, today: TODAY };
    const asked = WEEKS.flatMap((week) => [null, APP].map((app) => ({ ...request, week, app })));
    for (const digest of DIGESTS) {
      for (const one of asked) {
        const { thread, ...head } = await digest.build(store.read, one);
        for (const message of [head, ...thread]) {
          messages += 1;
          const problems = problemsOf(message);
          if (problems.length > 0) wrong.push({ digest: digest.id, seed, problems });
        }
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(messages).toBeGreaterThan(1000);
}, 60_000);
