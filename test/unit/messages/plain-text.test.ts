import { describe, expect, it } from 'vitest';
import { actions, context, fields, header, message, section } from '../../../src/messages/kit/blocks.ts';
import { chart } from '../../../src/messages/kit/chart.ts';
import { mrk } from '../../../src/messages/kit/escape.ts';
import { dataTable } from '../../../src/messages/kit/table.ts';
import { plainText } from '../../../src/messages/plain-text.ts';

const columns = [
  { title: 'Customer', cell: (row: string) => row },
  { title: 'Our share $', cell: (row: string) => ({ value: row.length, text: `$${row.length}` }) },
];

describe('a message on a terminal', () => {
  it('reads from its title to its buttons', () => {
    const words = plainText(
      message(mrk`Ignored where there are blocks`, [
        header('Churn, 8–14 Mar'),
        section(mrk`*6 of 75* left`),
        fields([mrk`*Monthly*\n3 of 53`, mrk`*Annual*\n3 of 22`]),
        context(mrk`Data as of today`),
        actions([
          { label: 'All Who Left', asks: 'churn details' },
          { label: 'Week Before', asks: 'churn' },
        ]),
      ]),
    );
    expect(words).toBe(
      [
        'Churn, 8–14 Mar\n===============',
        '6 of 75 left',
        'Monthly: 3 of 53\nAnnual: 3 of 22',
        '(Data as of today)',
        '[All Who Left] [Week Before]',
      ].join('\n\n'),
    );
  });

  it('undoes the escapes of mrkdwn once, and its marks', () => {
    const words = plainText(message(mrk`x`, [section(mrk`*R&D* <x> &amp;lt; \`code\` _it_ foo_bar`)]));
    expect(words).toBe('R&D <x> &lt; code it foo_bar');
  });

  it('shows what is no mrkdwn as it is: a title, a button, a cell', () => {
    const name = '*a* `b` _c_ &lt;d';
    const words = plainText(
      message(mrk`x`, [
        header(name),
        dataTable(name, columns, [name]).block,
        actions([{ label: name, asks: 'x' }]),
      ]),
    );
    expect(words.split(name)).toHaveLength(5);
  });

  it('lines up the columns of a table', () => {
    const words = plainText(
      message(mrk`x`, [dataTable('Who left', columns, ['Acme', 'Globex Corporation']).block]),
    );
    expect(words).toBe(
      [
        '[Who left]',
        'Customer            Our share $',
        'Acme                $4',
        'Globex Corporation  $18',
      ].join('\n'),
    );
  });

  it('lists the points of a chart', () => {
    const block = chart({
      kind: 'line',
      title: 'Churn %',
      categories: ['1 Mar', '8 Mar'],
      series: [{ name: 'Left %', values: [1.5, 2] }],
      xLabel: '',
      yLabel: '',
    });
    expect(plainText(message(mrk`x`, [block]))).toBe('[chart: Churn %]\nLeft %: 1 Mar 1.5, 8 Mar 2');
  });

  it('is its sentence where there are no blocks, or none of a kind it knows', () => {
    expect(plainText(message(mrk`*Nothing* & more`, []))).toBe('Nothing & more');
    expect(plainText({ text: 'A divider.', blocks: [{ type: 'divider' }] })).toBe('A divider.');
  });

  it('shows the replies of a thread after it', () => {
    const reply = message(mrk`Reply`, []);
    expect(plainText({ ...message(mrk`Parent`, []), thread: [reply, reply] })).toBe(
      'Parent\n\n--- thread ---\nReply\n\n--- thread ---\nReply',
    );
  });
});
