/**
 * Strict Block Kit validation: what the real API refuses as `invalid_blocks`, refused here with the same wording
 * and JSON pointer, and refused as well where Slack's documents disagree about a limit.
 * Limits: docs.slack.dev/reference/block-kit/blocks, @slack/types 3.2 (which lacks data_visualization).
 */
import {
  accessory,
  actionsElement,
  anyText,
  button,
  contextAction,
  image,
  inputElement,
  mrkdwn,
  plainText,
} from './block-elements.ts';
import {
  boolean,
  both,
  integer,
  isRecord,
  list,
  note,
  object,
  oneOf,
  string,
  typed,
  url,
} from './block-schema.ts';
import type { BlockProblem, Check, Surface, Walk } from './block-schema.ts';
import { block, blockId } from './block-id.ts';
import { dataTable, dataVisualization, MAX_TABLE_CHARS, table } from './data-blocks.ts';
import { richText } from './rich-text-rules.ts';
import { textWeight } from './text-weight.ts';

export type { BlockProblem, Surface } from './block-schema.ts';

/** Blocks a surface may hold. */
export const MAX_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, home: 100, modal: 100 };

/**
 * Characters of text a message's blocks may hold, every block counted as 100 more. `chat.postMessage` answers
 * `msg_blocks_too_long` beyond it. Not documented: measured by users as 13,297 characters in one block and about
 * 12,000 "with a buffer for block containers" (slackapi/bolt-js issues 2509 and 2867).
 */
export const MAX_BLOCKS_WEIGHT = 13_200;

/** Characters over all markdown blocks of a message. */
const MAX_MARKDOWN_CHARS = 12_000;

const section = both(
  block({}, { text: anyText(3000), fields: list(anyText(2000), 1, 10), accessory, expand: boolean }),
  (value, at, walk) => {
    if (isRecord(value) && value['text'] === undefined && value['fields'] === undefined) {
      note(walk, at, 'missing required field: text');
    }
  },
);

const cardShape = block(
  {},
  {
    hero_image: typed({ image: image() }),
    icon: typed({ image: image() }),
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(typed({ button }), 1, 2),
  },
);
const card = both(cardShape, (value, at, walk) => {
  if (
    isRecord(value) &&
    !['hero_image', 'title', 'actions', 'body'].some((field) => value[field] !== undefined)
  ) {
    note(walk, at, 'must provide one of hero_image, title, actions, body');
  }
});

const markdown = both(block({ text: string(MAX_MARKDOWN_CHARS) }), (value, at, walk) => {
  if (isRecord(value) && typeof value['text'] === 'string') walk.markdownChars += value['text'].length;
  if (walk.markdownChars > MAX_MARKDOWN_CHARS)
    note(walk, at, `must be less than ${MAX_MARKDOWN_CHARS + 1} characters`);
});

const taskCard = block(
  { task_id: string(255), title: string(255), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  {
    details: typed({ rich_text: richText }),
    output: typed({ rich_text: richText }),
    sources: list(typed({ url: object({ url: url(), text: string(255) }) }), 1, 20),
  },
);

const everywhere: Record<string, Check> = {
  actions: block({ elements: list(actionsElement, 1, 25) }),
  context: block({
    elements: list(
      (value, at, walk) =>
        isRecord(value) && value['type'] === 'image'
          ? image()(value, at, walk)
          : anyText(2000)(value, at, walk),
      1,
      10,
    ),
  }),
  divider: block({}),
  header: block({ text: plainText(150) }, { level: integer(1, 4) }),
  image: image({ title: plainText(2000), block_id: blockId }),
  input: block(
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  rich_text: both(richText, (value, at, walk) => {
    if (isRecord(value) && value['block_id'] !== undefined)
      blockId(value['block_id'], `${at}/block_id`, walk);
  }),
  section,
};

/** Wraps a check so that each block starts with no known `action_id`. */
function perBlock(check: Check): Check {
  return (value, at, walk) => {
    walk.actionIds = new Set();
    check(value, at, walk);
  };
}

const inContainer = perBlock(
  typed({
    actions: everywhere['actions'] ?? section,
    context: everywhere['context'] ?? section,
    divider: everywhere['divider'] ?? section,
    header: everywhere['header'] ?? section,
    image: everywhere['image'] ?? section,
    rich_text: everywhere['rich_text'] ?? section,
    section,
    table,
  }),
);
const container = both(
  block(
    { child_blocks: list(inContainer, 1, 10) },
    {
      title: plainText(150),
      rich_text_title: typed({ rich_text: richText }),
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: typed({ image: image() }),
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  ),
  (value, at, walk) => {
    if (!isRecord(value)) return;
    if (value['title'] === undefined && value['rich_text_title'] === undefined) {
      note(walk, at, 'missing required field: title');
    }
    if (value['default_collapsed'] === true && value['is_collapsible'] !== true) {
      note(walk, `${at}/default_collapsed`, 'requires is_collapsible');
    }
  },
);

const ofMessagesAndHome: Record<string, Check> = {
  card,
  carousel: block({ elements: list(typed({ card }), 1, 10) }),
  container,
  data_table: dataTable,
  data_visualization: dataVisualization,
  table,
};

/**
 * `file` is read-only, `video` needs a scope and a verified domain the simulated app does not have: both are
 * refused everywhere. `alert` is for modals only.
 */
const SHAPES: Readonly<Record<Surface, Check>> = {
  message: perBlock(
    typed({
      ...everywhere,
      ...ofMessagesAndHome,
      context_actions: block({ elements: list(contextAction, 1, 5) }),
      markdown,
      plan: block({ title: string(255) }, { tasks: list(typed({ task_card: taskCard }), 0, 50) }),
      task_card: taskCard,
    }),
  ),
  home: perBlock(typed({ ...everywhere, ...ofMessagesAndHome })),
  modal: perBlock(
    typed({
      ...everywhere,
      alert: block(
        { text: anyText(200) },
        { level: oneOf('default', 'info', 'warning', 'error', 'success') },
      ),
    }),
  ),
};

/** Every problem of a list of blocks, in order; none when Slack would take them. */
export function validateBlocks(
  blocks: unknown,
  surface: Surface = 'message',
  at = '/blocks',
): BlockProblem[] {
  const walk: Walk = {
    problems: [],
    blockIds: new Set(),
    actionIds: new Set(),
    tables: 0,
    charts: 0,
    tableChars: 0,
    markdownChars: 0,
  };
  list(SHAPES[surface], 0, MAX_BLOCKS[surface])(blocks, at, walk);
  if (walk.tableChars > MAX_TABLE_CHARS) {
    note(walk, at, `no more than ${MAX_TABLE_CHARS} characters allowed over all table cells`);
  }
  return walk.problems;
}

/** What the blocks weigh against MAX_BLOCKS_WEIGHT. */
export function weighBlocks(blocks: readonly unknown[]): number {
  return blocks.reduce((sum: number, entry) => sum + 100 + textWeight(entry), 0);
}
