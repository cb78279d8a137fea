import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/messages/kit/blocks.ts';
import type { TracedNumber } from '../../../src/domain/traced-number.ts';
import { numberRows, withNumbersButton } from '../../../src/messages/numbers.ts';
import { expectSendable } from '../../support/golden.ts';
import { aTrace } from '../../support/traces.ts';

const LEFT: TracedNumber = {
  id: 'left',
  title: 'Left',
  explained: 'Left, of customers due',
  unit: 'count',
  value: 1,
  combined: 'sum',
  rows: [{ what: 'App 1', amount: 1 }],
};
const TRACE = aTrace({ numbers: [LEFT] });

function digestWith(buttons: number) {
  const row = Array.from({ length: buttons }, (_, index) => ({ label: `Ask ${index}`, asks: `a${index}` }));
  return { text: 'A digest.', blocks: [actions(row)], thread: [] };
}

describe('the button that opens the rows behind a digest', () => {
  it.each([
    [1, 1],
    [4, 1],
    [5, 2],
  ])('is there beside %i others, in %i rows', (buttons, rows) => {
    const digest = withNumbersButton(digestWith(buttons), TRACE);
    expectSendable(digest);
    expect(digest.blocks).toHaveLength(rows);
    expect(JSON.stringify(digest.blocks)).toContain('"numbers 0123456789ab"');
  });
});

describe('the only number of a digest', () => {
  it('is shown without a menu of others', () => {
    const message = numberRows(TRACE, LEFT, [{ what: 'App 1', amount: 1, who: undefined }], undefined);
    expectSendable(message);
    expect(JSON.stringify(message.blocks)).not.toContain('static_select');
  });
});
