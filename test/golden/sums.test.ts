import { describe, expect, it } from 'vitest';
import { DIGESTS } from '../../src/digests/index.ts';
import type { Message, ThreadedMessage } from '../../src/domain/message.ts';
import { type Cents, sumCents } from '../../src/domain/money.ts';
import { dollars } from '../../src/messages/kit/words.ts';
import { expectListedCount, LISTED_COUNTS } from '../support/listed-counts.ts';
import { readSituations } from '../situations/situation.ts';

interface Cell {
  readonly type: string;
  readonly text: string;
  readonly value?: number;
}

/** A list of a thread: the sentence above it, and its rows, also of the replies that go on with them. */
interface Listed {
  readonly sentence: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Sentences that tell amounts which are no sum of the rows below: where the run-rate stood before and after a week. */
const NO_TOTAL = /^Run-rate: /;

const EXACT = /-?\$[\d,]+\.\d\d(?![\dkMB])/g;

function toCents(text: string): Cents {
  return Math.round(Number(text.replace(/[$,]/g, '')) * 100);
}

function tableOf({ blocks }: Message): Cell[][] | undefined {
  const table = blocks.find(({ type }) => type === 'data_table');
  return table?.['rows'] as Cell[][] | undefined;
}

/** The lists of a thread; a reply that goes on ("...: rows 31 to 60 of 150.") belongs to the one before it. */
function listsOf({ thread }: ThreadedMessage): Listed[] {
  const lists: Listed[] = [];
  for (const reply of thread) {
    const [head = [], ...rows] = tableOf(reply) ?? [];
    if (head.length === 0) continue;
    const last = lists.at(-1);
    if (last && /: rows [\d,]+ to [\d,]+ of [\d,]+\.$/.test(reply.text)) {
      lists[lists.length - 1] = { ...last, rows: [...last.rows, ...rows] };
    } else lists.push({ sentence: reply.text, head: head.map(({ text }) => text), rows });
  }
  return lists;
}

/** What each column with amounts adds up to. */
function sumsOf({ head, rows }: Listed): Map<string, Cents> {
  const sums = new Map<string, Cents>();
  for (const [index, title] of head.entries()) {
    const amounts = rows.map((row) => row[index]).filter((cell) => /^-?\$/.test(cell?.text ?? ''));
    if (amounts.length > 0)
      sums.set(title, sumCents(amounts.map((cell) => Math.round((cell?.value ?? 0) * 100))));
  }
  return sums;
}

/** What the sentence says of rows that did not fit. */
function restOf(sentence: string): Cents {
  const [, amount] = / The last [\d,]+ rows?, (-?\$[\d,.]+) together,/.exec(sentence) ?? [];
  return amount === undefined ? 0 : toCents(amount);
}

describe.each(DIGESTS.map(({ id }) => id))('the totals of %s', (id) => {
  it('are the sums of the rows below them, to the cent, in every situation', async () => {
    for (const build of Object.values((await readSituations(id)) ?? {})) {
      for (const list of listsOf(build())) {
        const [total] = list.sentence.replace(/ The last .*/, '').match(EXACT) ?? [];
        if (total === undefined || NO_TOTAL.test(list.sentence)) continue;
        const sums = [...sumsOf(list).values()].map((sum) => sum + restOf(list.sentence));
        expect({ sentence: list.sentence, sums }).toMatchObject({
          sums: expect.arrayContaining([toCents(total)]),
        });
      }
    }
  });
});

/** The amounts of a column of the first list whose sentence matches. */
async function amountsOf(
  id: string,
  sentence: RegExp,
  title: string,
): Promise<{ amounts: Cents[]; parent: string }> {
  const message = (await readSituations(id))?.busy();
  if (!message) throw new Error(`no situations of ${id}`);
  const list = listsOf(message).find((one) => sentence.test(one.sentence));
  const index = list?.head.indexOf(title) ?? -1;
  const amounts = list?.rows.map((row) => Math.round((row[index]?.value ?? 0) * 100)) ?? [];
  expect(amounts.length).toBeGreaterThan(0);
  return { amounts, parent: JSON.stringify(message.blocks) };
}

describe('the counts of a parent message', () => {
  it.each(LISTED_COUNTS)('of $digest are the sums of the column $column', async (listed) => {
    const situations = await readSituations(listed.digest);
    if (!situations) throw new Error(`no situations of ${listed.digest}`);
    expectListedCount(situations.busy(), listed);
  });
});

describe('the parent message', () => {
  it.each([
    ['churn', /customers that left/, '$ a year', 'They paid us *{}', 'and {n} more, {} a year together'],
    ['conversion', /bought, /, 'First year $, our share', '*Who bought*, {}', 'and {n} more, {} together'],
    ['renewal', /in Atlassian's list/, 'Renewed term, $', 'bring us *{}*', 'and {n} more, {} together'],
  ] as const)(
    'of %s tells the sum of its list, and the three named with the rest make it',
    async (id, sentence, title, whole, more) => {
      const { amounts, parent } = await amountsOf(id, sentence, title);
      const rest = amounts.slice(3);
      expect(parent).toContain(whole.replace('{}', dollars(sumCents(amounts))));
      expect(parent).toContain(
        more.replace('{n}', String(rest.length)).replace('{}', dollars(sumCents(rest))),
      );
    },
  );

  it('of new sales tells a change of run-rate that gains, losses and what is too small to name make', async () => {
    const gains = await amountsOf('new-sales', /^Gains/, 'Change, $ a month');
    const losses = await amountsOf('new-sales', /^Losses/, 'Change, $ a month');
    const weeks = await amountsOf('new-sales', NO_TOTAL, 'Net change');
    // 6,700.00 - 3,500.00 + 0.31, which rounding made.
    expect((weeks.amounts[0] ?? 0) - sumCents([...gains.amounts, ...losses.amounts])).toBe(31);
    expect(gains.parent).toContain(`*+${dollars(weeks.amounts[0] ?? 0)} a month of run-rate this week*`);
  });

  it('of new sales tells an invoiced amount and a number of lines that its kinds of lines make', async () => {
    const { amounts, parent } = await amountsOf('new-sales', /^Invoiced: /, '$, our share');
    const { amounts: lines } = await amountsOf('new-sales', /^Invoiced: /, 'Lines');
    expect(parent).toContain(`*${dollars(sumCents(amounts))} in ${sumCents(lines) / 100} lines`);
  });
});
