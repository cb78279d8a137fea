import { describe, expect, it } from 'vitest';
import { MAX_BLOCKS_WEIGHT, validateBlocks, weighBlocks } from '../../../demo/slack/validate-blocks.ts';
import type { Surface } from '../../../demo/slack/validate-blocks.ts';

const letters = (count: number): string => 'x'.repeat(count);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const number = (value: number) => ({ type: 'raw_number', value, text: String(value) });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (extra: Record<string, unknown> = {}) => ({
  type: 'button',
  text: plain('Go'),
  action_id: 'go',
  ...extra,
});
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const option = (text: string, value = text) => ({ text: plain(text), value });
const table = (rows: unknown[][], extra: Record<string, unknown> = {}) => ({ type: 'table', rows, ...extra });
const dataTable = (rows: unknown[][], extra: Record<string, unknown> = {}) => ({
  type: 'data_table',
  caption: 'Customers',
  rows,
  ...extra,
});
const categories = ['a', 'b'];
const points = (...values: unknown[]) => values.map((value, index) => ({ label: categories[index], value }));
const chart = (chart: Record<string, unknown>, title = 'Churn') => ({
  type: 'data_visualization',
  title,
  chart,
});
const line = (series: unknown[], axis: Record<string, unknown> = { categories }) =>
  chart({ type: 'line', series, axis_config: axis });
const rich = (...elements: unknown[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

/** What Slack takes: each of these must pass, or the refusals below would prove nothing. */
const ACCEPTED: readonly (readonly [string, unknown[], Surface?])[] = [
  ['no blocks', []],
  ['one field', [{ type: 'section', fields: [mrkdwn('x')] }]],
  ['a table of one cell', [table([[raw('x')]])]],
  ['10,000 characters over all cells', [table([[raw(letters(10_000))]])]],
  ['12,000 characters of markdown', [{ type: 'markdown', text: letters(12_000) }]],
  [
    'a chart of one category, a pie of one segment',
    [
      line([{ name: 'x', data: [{ label: 'a', value: 1 }] }], { categories: ['a'] }),
      chart({ type: 'pie', segments: [{ label: 'x', value: 1 }] }),
    ],
  ],
  [
    'headers of levels 1 and 4',
    [
      { type: 'header', text: plain('x'), level: 1 },
      { type: 'header', text: plain('x'), level: 4 },
    ],
  ],
  [
    'the smallest data table, one row a page',
    [dataTable([[raw('x')], [raw('y')]], { page_size: 1, row_header_column_index: 0 })],
  ],
  [
    'a container, feedback buttons, an empty plan, a source',
    [
      { type: 'container', title: plain('x'), child_blocks: [{ type: 'divider' }] },
      { type: 'context_actions', elements: [{ type: 'icon_button', icon: 'trash', text: plain('x') }] },
      { type: 'plan', title: 'x', tasks: [] },
      {
        type: 'task_card',
        task_id: '1',
        title: 'x',
        status: 'error',
        sources: [{ type: 'url', url: 'https://a.example', text: 'x' }],
      },
    ],
  ],
  ['fifty blocks', times(50, () => ({ type: 'divider' }))],
  ['3,000 characters in a section', [section(letters(3000))]],
  ['ten fields of 2,000 characters', [{ type: 'section', fields: times(10, () => mrkdwn(letters(2000))) }]],
  ['a header of 150 characters', [{ type: 'header', text: plain(letters(150)) }]],
  ['ten context elements', [{ type: 'context', elements: times(10, () => mrkdwn('x')) }]],
  [
    '25 buttons with the longest words',
    [
      actions(
        ...times(25, (index) =>
          button({ text: plain(letters(75)), value: letters(2000), action_id: `${index}` }),
        ),
      ),
    ],
  ],
  ['the same action id in two blocks', [actions(button()), actions(button())]],
  [
    'an overflow, a select with an initial option, a date',
    [
      actions(
        { type: 'overflow', action_id: 'o', options: [option('1')] },
        {
          type: 'static_select',
          action_id: 's',
          options: [option('1'), option('2')],
          initial_option: option('2'),
        },
        { type: 'datepicker', action_id: 'd', initial_date: '2025-03-18' },
      ),
    ],
  ],
  [
    'a table of 100 rows with numbers and rich text',
    [
      table(
        times(100, () => [raw('x'), number(1), rich({ type: 'text', text: 'y' })]),
        { column_settings: [{ align: 'right', is_wrapped: true }] },
      ),
    ],
  ],
  [
    'a data table of 100 rows and its header',
    [
      dataTable(
        times(101, (index) => [raw(`r${index}`), index === 0 ? raw('n') : number(index)]),
        { page_size: 100, row_header_column_index: 1 },
      ),
    ],
  ],
  [
    'two charts of six series and twenty points',
    times(2, () =>
      line(
        times(6, (at) => ({
          name: `s${at}`,
          data: times(20, (index) => ({ label: `c${index}`, value: -index })),
        })),
        { categories: times(20, (index) => `c${index}`), x_label: letters(50), y_label: letters(50) },
      ),
    ),
  ],
  [
    'a pie of six segments',
    [chart({ type: 'pie', segments: times(6, (index) => ({ label: `s${index}`, value: index + 1 })) })],
  ],
  [
    'every kind of rich text',
    [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: ' ', style: { bold: true } },
              { type: 'link', url: 'https://example.com' },
              { type: 'user', user_id: 'U1' },
              { type: 'channel', channel_id: 'C1' },
              { type: 'broadcast', range: 'here' },
              { type: 'emoji', name: 'wave' },
              { type: 'date', timestamp: 1_742_288_400, format: '{date}', fallback: 'x' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            indent: 1,
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'x' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] },
        ],
      },
    ],
  ],
  [
    'a card, a carousel, a container',
    [
      { type: 'card', title: mrkdwn('x'), actions: [button()] },
      { type: 'carousel', elements: [{ type: 'card', body: mrkdwn('x') }] },
      { type: 'container', title: plain('x'), child_blocks: [section('x'), { type: 'divider' }] },
    ],
  ],
  [
    'an image, markdown, a plan',
    [
      { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' },
      { type: 'markdown', text: '# x' },
      {
        type: 'plan',
        title: 'x',
        tasks: [{ type: 'task_card', task_id: '1', title: 'x', status: 'complete' }],
      },
    ],
  ],
  ['an alert in a modal', [{ type: 'alert', text: mrkdwn('x'), level: 'info' }], 'modal'],
  ['a hundred blocks on a Home tab', times(100, () => section('x')), 'home'],
];

/** What Slack refuses: the limit, a breaking list of blocks, the pointer and wording of the first cause. */
const REFUSED: readonly (readonly [string, unknown, string, string, Surface?])[] = [
  [
    '101 blocks in a modal',
    times(101, () => ({ type: 'divider' })),
    '/blocks',
    'no more than 100 items allowed',
    'modal',
  ],
  [
    'an alert of 201 characters',
    [{ type: 'alert', text: mrkdwn(letters(201)) }],
    '/blocks/0/text/text',
    'must be less than 201 characters',
    'modal',
  ],
  [
    'a context text of 2,001 characters',
    [{ type: 'context', elements: [mrkdwn(letters(2001))] }],
    '/blocks/0/elements/0/text',
    'must be less than 2001 characters',
  ],
  [
    'a header of level 5',
    [{ type: 'header', text: plain('x'), level: 5 }],
    '/blocks/0/level',
    'must be less than 5',
  ],
  [
    'an image title of 2,001 characters',
    [{ type: 'image', image_url: 'https://a.example/x', alt_text: 'x', title: plain(letters(2001)) }],
    '/blocks/0/title/text',
    'must be less than 2001 characters',
  ],
  [
    'image words of 2,001 characters',
    [{ type: 'image', image_url: 'https://a.example/x', alt_text: letters(2001) }],
    '/blocks/0/alt_text',
    'must be less than 2001 characters',
  ],
  [
    'an input label of 2,001 characters',
    [{ type: 'input', label: plain(letters(2001)), element: { type: 'plain_text_input' } }],
    '/blocks/0/label/text',
    'must be less than 2001 characters',
  ],
  [
    'an input hint of 2,001 characters',
    [{ type: 'input', label: plain('x'), hint: plain(letters(2001)), element: { type: 'plain_text_input' } }],
    '/blocks/0/hint/text',
    'must be less than 2001 characters',
  ],
  [
    'a card title of 151 characters',
    [{ type: 'card', title: mrkdwn(letters(151)) }],
    '/blocks/0/title/text',
    'must be less than 151 characters',
  ],
  [
    'a card subtitle of 151 characters',
    [{ type: 'card', subtitle: mrkdwn(letters(151)) }],
    '/blocks/0/subtitle/text',
    'must be less than 151 characters',
  ],
  [
    'a card body of 201 characters',
    [{ type: 'card', body: mrkdwn(letters(201)) }],
    '/blocks/0/body/text',
    'must be less than 201 characters',
  ],
  [
    'eleven cards',
    [{ type: 'carousel', elements: times(11, () => ({ type: 'card', title: mrkdwn('x') })) }],
    '/blocks/0/elements',
    'no more than 10 items allowed',
  ],
  [
    'a container title of 151 characters',
    [{ type: 'container', title: plain(letters(151)), child_blocks: [] }],
    '/blocks/0/title/text',
    'must be less than 151 characters',
  ],
  [
    'a container subtitle of 151 characters',
    [{ type: 'container', subtitle: plain(letters(151)), child_blocks: [] }],
    '/blocks/0/subtitle/text',
    'must be less than 151 characters',
  ],
  [
    'a container without a title',
    [{ type: 'container', child_blocks: [] }],
    '/blocks/0',
    'missing required field: title',
  ],
  [
    'six context actions',
    [
      {
        type: 'context_actions',
        elements: times(6, (index) => ({
          type: 'icon_button',
          icon: 'trash',
          text: plain('x'),
          action_id: `${index}`,
        })),
      },
    ],
    '/blocks/0/elements',
    'no more than 5 items allowed',
  ],
  [
    '51 tasks',
    [
      {
        type: 'plan',
        title: 'x',
        tasks: times(51, () => ({ type: 'task_card', task_id: '1', title: 'x', status: 'error' })),
      },
    ],
    '/blocks/0/tasks',
    'no more than 50 items allowed',
  ],
  [
    '21 column settings',
    [table([[raw('x')]], { column_settings: times(21, () => ({})) })],
    '/blocks/0/column_settings',
    'no more than 20 items allowed',
  ],
  [
    'a number text of 256 characters',
    [table([[{ type: 'raw_number', value: 1, text: letters(256) }]])],
    '/blocks/0/rows/0/0/text',
    'must be less than 256 characters',
  ],
  [
    'a caption of 2,001 characters',
    [dataTable([[raw('x')], [raw('y')]], { caption: letters(2001) })],
    '/blocks/0/caption',
    'must be less than 2001 characters',
  ],
  [
    'a segment label of 21 characters',
    [chart({ type: 'pie', segments: [{ label: letters(21), value: 1 }] })],
    '/blocks/0/chart/segments/0/label',
    'must be less than 21 characters',
  ],
  [
    'a point label of 21 characters',
    [line([{ name: 'x', data: [{ label: letters(21), value: 1 }] }])],
    '/blocks/0/chart/series/0/data/0/label',
    'must be less than 21 characters',
  ],
  [
    '21 categories',
    [line([{ name: 'x', data: points(1, 2) }], { categories: times(21, (index) => `${index}`) })],
    '/blocks/0/chart/axis_config/categories',
    'no more than 20 items allowed',
  ],
  [
    'a y label of 51 characters',
    [line([{ name: 'x', data: points(1, 2) }], { categories, y_label: letters(51) })],
    '/blocks/0/chart/axis_config/y_label',
    'must be less than 51 characters',
  ],
  ['51 blocks', times(51, () => ({ type: 'divider' })), '/blocks', 'no more than 50 items allowed'],
  [
    '101 blocks on a Home tab',
    times(101, () => ({ type: 'divider' })),
    '/blocks',
    'no more than 100 items allowed',
    'home',
  ],
  ['blocks that are no list', { type: 'divider' }, '/blocks', 'must provide an array'],
  ['a block that is no object', ['x'], '/blocks/0', 'must provide an object'],
  ['a block without a type', [{}], '/blocks/0', 'missing required field: type'],
  ['an unknown block', [{ type: 'ticker' }], '/blocks/0/type', 'unsupported type: ticker'],
  [
    'a type named like a property of every object',
    [{ type: 'constructor' }],
    '/blocks/0/type',
    'unsupported type: constructor',
  ],
  [
    'a file block',
    [{ type: 'file', source: 'remote', external_id: 'x' }],
    '/blocks/0/type',
    'unsupported type: file',
  ],
  ['a video without its scope', [{ type: 'video' }], '/blocks/0/type', 'unsupported type: video'],
  [
    'an alert in a message',
    [{ type: 'alert', text: mrkdwn('x') }],
    '/blocks/0/type',
    'unsupported type: alert',
  ],
  [
    'a chart in a modal',
    [line([{ name: 'x', data: points(1, 2) }])],
    '/blocks/0/type',
    'unsupported type: data_visualization',
    'modal',
  ],
  [
    'an unknown property',
    [{ ...section('x'), colour: 'red' }],
    '/blocks/0',
    'invalid additional property: colour',
  ],
  [
    'an unknown property of a text',
    [{ type: 'section', text: { ...mrkdwn('x'), emoji: true } }],
    '/blocks/0/text',
    'invalid additional property: emoji',
  ],
  [
    'a block id of 256 characters',
    [{ type: 'divider', block_id: letters(256) }],
    '/blocks/0/block_id',
    'must be less than 256 characters',
  ],
  [
    'a repeated block id',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
    '`block_id` "a" already exists',
  ],
  ['an empty section', [{ type: 'section' }], '/blocks/0', 'missing required field: text'],
  ['an empty text', [section('')], '/blocks/0/text/text', 'must be more than 0 characters'],
  ['a blank text', [section('  ')], '/blocks/0/text/text', 'must be more than 0 characters'],
  [
    'a section of 3,001 characters',
    [section(letters(3001))],
    '/blocks/0/text/text',
    'must be less than 3001 characters',
  ],
  ['a text of the wrong kind', [{ type: 'section', text: 'x' }], '/blocks/0/text', 'must provide an object'],
  [
    'eleven fields',
    [{ type: 'section', fields: times(11, () => mrkdwn('x')) }],
    '/blocks/0/fields',
    'no more than 10 items allowed',
  ],
  [
    'a field of 2,001 characters',
    [{ type: 'section', fields: [mrkdwn(letters(2001))] }],
    '/blocks/0/fields/0/text',
    'must be less than 2001 characters',
  ],
  [
    'an empty field',
    [{ type: 'section', fields: [mrkdwn('')] }],
    '/blocks/0/fields/0/text',
    'must be more than 0 characters',
  ],
  [
    'a header of 151 characters',
    [{ type: 'header', text: plain(letters(151)) }],
    '/blocks/0/text/text',
    'must be less than 151 characters',
  ],
  [
    'a header in mrkdwn',
    [{ type: 'header', text: mrkdwn('x') }],
    '/blocks/0/text/type',
    'unsupported type: mrkdwn',
  ],
  [
    'eleven context elements',
    [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
    '/blocks/0/elements',
    'no more than 10 items allowed',
  ],
  [
    'an empty context',
    [{ type: 'context', elements: [] }],
    '/blocks/0/elements',
    'no fewer than 1 items allowed',
  ],
  [
    '26 actions',
    [actions(...times(26, (index) => button({ action_id: `${index}` })))],
    '/blocks/0/elements',
    'no more than 25 items allowed',
  ],
  [
    'a button of 76 characters',
    [actions(button({ text: plain(letters(76)) }))],
    '/blocks/0/elements/0/text/text',
    'must be less than 76 characters',
  ],
  [
    'a button in mrkdwn',
    [actions(button({ text: mrkdwn('x') }))],
    '/blocks/0/elements/0/text/type',
    'unsupported type: mrkdwn',
  ],
  [
    'a button value of 2,001 characters',
    [actions(button({ value: letters(2001) }))],
    '/blocks/0/elements/0/value',
    'must be less than 2001 characters',
  ],
  [
    'a button that runs a script',
    [actions(button({ url: 'javascript:alert(1)' }))],
    '/blocks/0/elements/0/url',
    'invalid url',
  ],
  [
    'a button of an unknown style',
    [actions(button({ style: 'warning' }))],
    '/blocks/0/elements/0/style',
    'must be one of: primary, danger',
  ],
  [
    'an action id of 256 characters',
    [actions(button({ action_id: letters(256) }))],
    '/blocks/0/elements/0/action_id',
    'must be less than 256 characters',
  ],
  [
    'a repeated action id in one block',
    [actions(button(), button())],
    '/blocks/0/elements/1/action_id',
    '`action_id` "go" already exists',
  ],
  [
    'a confirmation without a text',
    [actions(button({ confirm: { title: plain('x'), confirm: plain('x'), deny: plain('x') } }))],
    '/blocks/0/elements/0/confirm',
    'missing required field: text',
  ],
  [
    'six overflow options',
    [actions({ type: 'overflow', action_id: 'o', options: times(6, (index) => option(`${index}`)) })],
    '/blocks/0/elements/0/options',
    'no more than 5 items allowed',
  ],
  [
    '101 options',
    [actions({ type: 'static_select', action_id: 's', options: times(101, (index) => option(`${index}`)) })],
    '/blocks/0/elements/0/options',
    'no more than 100 items allowed',
  ],
  [
    'an option value of 151 characters',
    [actions({ type: 'static_select', action_id: 's', options: [option('x', letters(151))] })],
    '/blocks/0/elements/0/options/0/value',
    'must be less than 151 characters',
  ],
  [
    'an initial option that is none',
    [actions({ type: 'static_select', action_id: 's', options: [option('1')], initial_option: option('2') })],
    '/blocks/0/elements/0',
    'initial option must be one of the options',
  ],
  [
    'a select without options',
    [actions({ type: 'static_select', action_id: 's' })],
    '/blocks/0/elements/0',
    'must provide either options or option_groups',
  ],
  [
    'an image without words',
    [{ type: 'image', image_url: 'https://example.com/x.png' }],
    '/blocks/0',
    'missing required field: alt_text',
  ],
  [
    'an image without a picture',
    [{ type: 'image', alt_text: 'x' }],
    '/blocks/0',
    'must provide either image_url or slack_file',
  ],
  [
    'a text leaf without text',
    [rich({ type: 'text', text: '' })],
    '/blocks/0/elements/0/elements/0/text',
    'must be more than 0 characters',
  ],
  [
    'an unknown leaf',
    [rich({ type: 'tag', text: 'x' })],
    '/blocks/0/elements/0/elements/0/type',
    'unsupported type: tag',
  ],
  [
    'an unknown style of a leaf',
    [rich({ type: 'text', text: 'x', style: { big: true } })],
    '/blocks/0/elements/0/elements/0/style',
    'invalid additional property: big',
  ],
  [
    '12,001 characters of markdown',
    [
      { type: 'markdown', text: letters(7000) },
      { type: 'markdown', text: letters(5001) },
    ],
    '/blocks/1',
    'must be less than 12001 characters',
  ],
  ['a second table', [table([[raw('x')]]), table([[raw('x')]])], '/blocks/1', 'only one table allowed'],
  [
    '101 table rows',
    [table(times(101, () => [raw('x')]))],
    '/blocks/0/rows',
    'no more than 100 items allowed',
  ],
  ['21 cells', [table([times(21, () => raw('x'))])], '/blocks/0/rows/0', 'no more than 20 items allowed'],
  [
    'rows of different lengths',
    [table([[raw('x'), raw('y')], [raw('x')]])],
    '/blocks/0/rows/1',
    'all rows must have the same number of cells (2)',
  ],
  ['an empty cell', [table([[raw('')]])], '/blocks/0/rows/0/0/text', 'must be more than 0 characters'],
  ['a cell in mrkdwn', [table([[mrkdwn('x')]])], '/blocks/0/rows/0/0/type', 'unsupported type: mrkdwn'],
  [
    'a number without its text',
    [table([[{ type: 'raw_number', value: 1 }]])],
    '/blocks/0/rows/0/0',
    'missing required field: text',
  ],
  [
    'a number that is none',
    [table([[{ type: 'raw_number', value: null, text: 'x' }]])],
    '/blocks/0/rows/0/0/value',
    'must be a finite number',
  ],
  [
    'an unknown alignment',
    [table([[raw('x')]], { column_settings: [{ align: 'justify' }] })],
    '/blocks/0/column_settings/0/align',
    'must be one of: left, center, right',
  ],
  [
    '10,001 characters over all cells',
    [table([[raw(letters(5001))], [raw(letters(5000))]])],
    '/blocks',
    'no more than 10000 characters allowed over all table cells',
  ],
  [
    'a data table without a caption',
    [{ type: 'data_table', rows: [[raw('x')], [raw('y')]] }],
    '/blocks/0',
    'missing required field: caption',
  ],
  [
    'a data table with an empty caption',
    [dataTable([[raw('x')], [raw('y')]], { caption: '' })],
    '/blocks/0/caption',
    'must be more than 0 characters',
  ],
  [
    'a data table of only a header',
    [dataTable([[raw('x')]])],
    '/blocks/0/rows',
    'no fewer than 2 items allowed',
  ],
  [
    'a data table of 101 rows and a header',
    [dataTable(times(102, () => [raw('x')]))],
    '/blocks/0/rows',
    'no more than 101 items allowed',
  ],
  [
    'rich text in a header row',
    [dataTable([[rich({ type: 'text', text: 'x' })], [raw('y')]])],
    '/blocks/0/rows/0/0/type',
    'header cells must be raw_text',
  ],
  [
    'data rows of different lengths',
    [dataTable([[raw('x')], [raw('y'), raw('z')]])],
    '/blocks/0/rows/1',
    'all rows must have the same number of cells (1)',
  ],
  [
    'a page of 101 rows',
    [dataTable([[raw('x')], [raw('y')]], { page_size: 101 })],
    '/blocks/0/page_size',
    'must be less than 101',
  ],
  [
    'a page of no rows',
    [dataTable([[raw('x')], [raw('y')]], { page_size: 0 })],
    '/blocks/0/page_size',
    'must be greater than 0',
  ],
  [
    'a row header outside the table',
    [dataTable([[raw('x')], [raw('y')]], { row_header_column_index: 1 })],
    '/blocks/0/row_header_column_index',
    'must be the index of a column',
  ],
  [
    'table settings on a data table',
    [dataTable([[raw('x')], [raw('y')]], { column_settings: [] })],
    '/blocks/0',
    'invalid additional property: column_settings',
  ],
  [
    'a third chart',
    times(3, () => line([{ name: 'x', data: points(1, 2) }])),
    '/blocks/2',
    'no more than 2 data_visualization blocks allowed',
  ],
  [
    'a chart title of 51 characters',
    [chart({ type: 'pie', segments: [{ label: 'x', value: 1 }] }, letters(51))],
    '/blocks/0/title',
    'must be less than 51 characters',
  ],
  [
    'a chart without a title',
    [{ type: 'data_visualization', chart: { type: 'pie', segments: [{ label: 'x', value: 1 }] } }],
    '/blocks/0',
    'missing required field: title',
  ],
  ['an unknown chart', [chart({ type: 'radar' })], '/blocks/0/chart/type', 'unsupported type: radar'],
  [
    'seven series',
    [line(times(7, (index) => ({ name: `${index}`, data: points(1, 2) })))],
    '/blocks/0/chart/series',
    'no more than 6 items allowed',
  ],
  ['a chart without series', [line([])], '/blocks/0/chart/series', 'no fewer than 1 items allowed'],
  [
    '21 points',
    [
      line([{ name: 'x', data: times(21, (index) => ({ label: `c${index}`, value: 1 })) }], {
        categories: times(20, (index) => `c${index}`),
      }),
    ],
    '/blocks/0/chart/series/0/data',
    'no more than 20 items allowed',
  ],
  [
    'a series name of 21 characters',
    [line([{ name: letters(21), data: points(1, 2) }])],
    '/blocks/0/chart/series/0/name',
    'must be less than 21 characters',
  ],
  [
    'a category of 21 characters',
    [line([{ name: 'x', data: points(1, 2) }], { categories: [letters(21), 'b'] })],
    '/blocks/0/chart/axis_config/categories/0',
    'must be less than 21 characters',
  ],
  [
    'an axis label of 51 characters',
    [line([{ name: 'x', data: points(1, 2) }], { categories, x_label: letters(51) })],
    '/blocks/0/chart/axis_config/x_label',
    'must be less than 51 characters',
  ],
  [
    'two series of one name',
    [
      line([
        { name: 'x', data: points(1, 2) },
        { name: 'x', data: points(1, 2) },
      ]),
    ],
    '/blocks/0/chart/series/1/name',
    'must be unique',
  ],
  [
    'a category twice',
    [line([{ name: 'x', data: points(1, 2) }], { categories: ['a', 'a'] })],
    '/blocks/0/chart/axis_config/categories/1',
    'must be unique',
  ],
  [
    'a category without a point',
    [line([{ name: 'x', data: points(1) }])],
    '/blocks/0/chart/series/0/data',
    'must have exactly one data point for each category',
  ],
  [
    'two points of one category',
    [line([{ name: 'x', data: [...points(1), ...points(2)] }])],
    '/blocks/0/chart/series/0/data',
    'must have exactly one data point for each category',
  ],
  [
    'a point that is not finite',
    [line([{ name: 'x', data: points(1, Number.NaN) }])],
    '/blocks/0/chart/series/0/data/1/value',
    'must be a finite number',
  ],
  [
    'a chart without axes',
    [chart({ type: 'bar', series: [{ name: 'x', data: points(1, 2) }] })],
    '/blocks/0/chart',
    'missing required field: axis_config',
  ],
  [
    'seven segments',
    [chart({ type: 'pie', segments: times(7, (index) => ({ label: `${index}`, value: 1 })) })],
    '/blocks/0/chart/segments',
    'no more than 6 items allowed',
  ],
  [
    'a segment of nothing',
    [chart({ type: 'pie', segments: [{ label: 'x', value: 0 }] })],
    '/blocks/0/chart/segments/0/value',
    'must be greater than 0',
  ],
  [
    'two segments of one name',
    [
      chart({
        type: 'pie',
        segments: [
          { label: 'x', value: 1 },
          { label: 'x', value: 1 },
        ],
      }),
    ],
    '/blocks/0/chart/segments/1/label',
    'must be unique',
  ],
  [
    'a card of nothing',
    [{ type: 'card', subtitle: mrkdwn('x') }],
    '/blocks/0',
    'must provide one of hero_image, title, actions, body',
  ],
  [
    'three buttons on a card',
    [{ type: 'card', title: mrkdwn('x'), actions: times(3, (index) => button({ action_id: `${index}` })) }],
    '/blocks/0/actions',
    'no more than 2 items allowed',
  ],
  [
    'eleven children of a container',
    [{ type: 'container', title: plain('x'), child_blocks: times(11, () => ({ type: 'divider' })) }],
    '/blocks/0/child_blocks',
    'no more than 10 items allowed',
  ],
  [
    'a chart in a container',
    [{ type: 'container', title: plain('x'), child_blocks: [line([])] }],
    '/blocks/0/child_blocks/0/type',
    'unsupported type: data_visualization',
  ],
];

describe('Block Kit validation of the simulated Slack', () => {
  for (const [what, blocks, surface] of ACCEPTED) {
    it(`takes ${what}`, () => {
      expect(validateBlocks(blocks, surface)).toEqual([]);
    });
  }

  for (const [what, blocks, pointer, message, surface] of REFUSED) {
    it(`refuses ${what}`, () => {
      expect(validateBlocks(blocks, surface)).toContainEqual({ pointer, message });
    });
  }

  it('explains a text that fits no schema the way Slack does, with the cause behind it', () => {
    expect(validateBlocks([section('')])).toEqual([
      { pointer: '/blocks/0/text', message: 'failed to match all allowed schemas' },
      { pointer: '/blocks/0/text/text', message: 'must be more than 0 characters' },
    ]);
  });

  it('weighs all text and a hundred characters per block', () => {
    expect(weighBlocks([section(letters(50)), { type: 'divider', block_id: letters(99) }])).toBe(250);
    expect(weighBlocks(times(5, () => section(letters(3000))))).toBeGreaterThan(MAX_BLOCKS_WEIGHT);
    expect(weighBlocks([table([[raw(letters(10)), number(1)]])])).toBe(111);
    expect(MAX_BLOCKS_WEIGHT).toBe(13_200);
  });
});
