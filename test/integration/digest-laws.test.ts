import { describe, expect, it } from 'vitest';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { median } from '../../src/analytics/order-statistics.ts';
import { EXPLANATIONS } from '../../src/digests/explained/index.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { startOf } from '../../src/domain/day.ts';
import { sumCents } from '../../src/domain/money.ts';
import type { TracedMessage } from '../../src/domain/traced-number.ts';
import type { Store } from '../../src/store/store.ts';
import { createWorld, recordPart, TODAY, WEEK, type World } from '../support/random-partner.ts';
import { expectListedCount, LISTED_COUNTS } from '../support/listed-counts.ts';
import { openStore } from '../support/store-on-disk.ts';
import { createRandom } from '../unit/analytics/rows.ts';

const SYNCED = startOf(TODAY) + 6 * 3_600_000;
const REQUEST: DigestRequest = {
  developerId: 'dev-1',
  app: null,
  week: WEEK,
  now: startOf(TODAY) + 9 * 3_600_000,
  today: TODAY,
};

function buildAll(store: Store, changes: Partial<DigestRequest> = {}): Promise<TracedMessage[]> {
  return Promise.all(DIGESTS.map((digest) => digest.build(store.read, { ...REQUEST, ...changes })));
}

/** The digests that tell a month once: of one that is told already they say in a line that it is still the newest. */
const MONTHLY = new Set(['sales-benchmark', 'funnel', 'customers']);

/** The app whose digests the laws about other rows are about. */
const APP = { appKey: 'app-1', name: 'App 1' };

describe.each([1, 2])('the digests of a random partner (%i)', (seed) => {
  it('are the same whether everything came in one sync, or in four, in another order, some rows twice', async () => {
    const world = createWorld(seed);
    const random = createRandom(seed + 100);
    const [one, several] = [await openStore(), await openStore()];
    await recordPart(one, world, SYNCED, () => true);
    const shuffled: World = {
      ...world,
      licenses: random.shuffle(world.licenses),
      lines: random.shuffle(world.lines),
      feedback: random.shuffle(world.feedback),
      events: {
        churn: random.shuffle(world.events.churn),
        conversion: random.shuffle(world.events.conversion),
        renewal: random.shuffle(world.events.renewal),
      },
    };
    for (let part = 0; part < 4; part += 1) {
      const at = SYNCED - (3 - part) * 1000;
      await recordPart(several, shuffled, at, (index) => index % 4 === part || index % 7 === part);
    }
    const expected = await buildAll(one);
    expect(await buildAll(several)).toEqual(expected);
    expect(expected.filter(({ thread }) => thread.length > 0).length).toBeGreaterThan(2);
  });

  it('tell numbers that are exactly what the rows behind them make', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    for (const [index, message] of [
      ...(await buildAll(store)),
      ...(await buildAll(store, { app: APP })),
    ].entries()) {
      const { id } = DIGESTS[index % DIGESTS.length] ?? { id: '' };
      const { numbers } = message;
      expect(new Set(numbers.map((one) => one.id)).size).toBe(numbers.length);
      const explained = EXPLANATIONS.find(({ topic }) => topic === id)?.numbers.map(({ name }) => name) ?? [];
      for (const number of numbers) {
        const amounts = number.rows.map(({ amount }) => amount);
        const made = number.combined === 'sum' ? sumCents(amounts) : median(amounts);
        expect([number.id, made]).toEqual([number.id, number.value]);
        expect(number.id).toMatch(/^[a-z0-9-]{1,30}$/);
        expect(explained).toContain(number.explained);
      }
    }
  });

  it('are not touched by rows of another developer space, nor those of one app by another app', async () => {
    const world = createWorld(seed);
    const [alone, together] = [await openStore(), await openStore()];
    await recordPart(alone, world, SYNCED, () => true);
    await recordPart(together, world, SYNCED, () => true);
    await recordPart(together, createWorld(seed + 50, 'x'), SYNCED, () => true, 'dev-2');
    expect(await buildAll(together)).toEqual(await buildAll(alone));
    const ofOne = await buildAll(alone, { app: APP });
    const more = createWorld(seed + 70, 'y');
    const isOther = ({ appKey }: { readonly appKey: string | null }) => appKey === 'app-2';
    await recordPart(
      together,
      {
        licenses: more.licenses.filter(isOther),
        lines: more.lines.filter(isOther),
        events: {
          churn: more.events.churn.filter(isOther),
          conversion: more.events.conversion.filter(isOther),
          renewal: more.events.renewal.filter(isOther),
        },
        feedback: more.feedback.filter(isOther),
        series: {},
      },
      SYNCED,
      () => true,
    );
    expect(await buildAll(together, { app: APP })).toEqual(ofOne);
  });

  it('tell counts that the rows of their lists add up to', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    const messages = await buildAll(store);
    for (const listed of LISTED_COUNTS) {
      const message = messages[DIGESTS.findIndex(({ id }) => id === listed.digest)];
      if (!message) throw new Error(`no digest ${listed.digest}`);
      expectListedCount(message, listed);
    }
  });

  it('say that nothing changed when nothing did', async () => {
    const store = await openStore();
    await recordPart(store, createWorld(seed), SYNCED, () => true);
    await recordPart(store, createWorld(seed), SYNCED + 1000, () => true);
    const again = await buildAll(store, { lastSpokeAt: SYNCED, lastToldWeek: WEEK });
    for (const [index, { blocks, thread }] of again.entries()) {
      const isMonthly = MONTHLY.has(DIGESTS[index]?.id ?? '');
      const sentence = isMonthly
        ? '*Feb 2026 is still the newest month*, and reads as I told it.'
        : '*Changed since my last digest:* nothing in the weeks I told';
      expect(JSON.stringify(blocks).replaceAll('\u00A0', ' ')).toContain(sentence);
      expect(isMonthly ? thread : []).toEqual([]);
    }
  });
});
