/**
 * The rules of everything that stands inside a block: text objects, buttons, menus, inputs, rich text.
 * Limits: docs.slack.dev/reference/block-kit, @slack/types 3.2; the stricter number where sources differ.
 */
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
import type { Check } from './block-schema.ts';
import { richText } from './rich-text-rules.ts';

/** `plain_text` of at most `max` characters. */
export function plainText(max: number): Check {
  return typed({ plain_text: object({ text: string(max) }, { emoji: boolean }) });
}

/** `mrkdwn` of at most `max` characters. */
export function mrkdwn(max: number): Check {
  return typed({ mrkdwn: object({ text: string(max) }, { verbatim: boolean }) });
}

/** Either kind of text object. Slack adds "failed to match all allowed schemas" in front of the real cause. */
export function anyText(max: number): Check {
  const check = typed({
    plain_text: object({ text: string(max) }, { emoji: boolean }),
    mrkdwn: object({ text: string(max) }, { verbatim: boolean }),
  });
  return (value, at, walk) => {
    const before = walk.problems.length;
    check(value, at, walk);
    if (walk.problems.length > before) {
      walk.problems.splice(before, 0, { message: 'failed to match all allowed schemas', pointer: at });
    }
  };
}

const actionId: Check = (value, at, walk) => {
  string(255)(value, at, walk);
  if (typeof value !== 'string') return;
  if (walk.actionIds.has(value)) note(walk, at, `\`action_id\` "${value}" already exists`);
  walk.actionIds.add(value);
};

const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);

const action = { action_id: actionId };
const confirmable = { ...action, confirm };
const focusable = { focus_on_load: boolean };
const placeholder = { placeholder: plainText(150) };
const dispatchable = {
  dispatch_action_config: object(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
  ),
};

const option = object({ text: plainText(75), value: string(150) }, { description: plainText(75) });
const richOption = object({ text: anyText(75), value: string(150) }, { description: anyText(75) });
const overflowOption = object(
  { text: plainText(75), value: string(150) },
  { description: plainText(75), url: url() },
);
const optionGroup = object({ label: plainText(75), options: list(option, 1, 100) });

/** Initial options must be among the options, exactly. */
const knowsItsInitialOptions: Check = (value, at, walk) => {
  if (!isRecord(value)) return;
  const groups = Array.isArray(value['option_groups']) ? value['option_groups'] : [value];
  const known = new Set(
    groups.flatMap((group: unknown) =>
      isRecord(group) && Array.isArray(group['options'])
        ? group['options'].map((entry: unknown) => JSON.stringify(entry))
        : [],
    ),
  );
  const initial = [value['initial_option'] ?? [], value['initial_options'] ?? []].flat();
  for (const entry of initial) {
    if (!known.has(JSON.stringify(entry))) note(walk, at, 'initial option must be one of the options');
  }
};

const hasOptionsOrGroups: Check = (value, at, walk) => {
  if (!isRecord(value)) return;
  if ((value['options'] === undefined) === (value['option_groups'] === undefined)) {
    note(walk, at, 'must provide either options or option_groups');
  }
};

function select(kind: string, initial: Readonly<Record<string, Check>>): Record<string, Check> {
  const extra: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
    conversations: {
      default_to_current_conversation: boolean,
      filter: object(
        {},
        {
          include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
          exclude_external_shared_channels: boolean,
          exclude_bot_users: boolean,
        },
      ),
    },
    external: { min_query_length: integer(0, 100) },
  };
  const fields = { ...confirmable, ...focusable, ...placeholder, ...extra[kind], ...initial };
  return {
    [`${kind}_select`]: object({}, { ...fields, response_url_enabled: boolean }),
    [`multi_${kind}_select`]: object({}, { ...fields, max_selected_items: integer(1, 100) }),
  };
}

const menus: Record<string, Check> = {
  ...select('users', { initial_user: string(255), initial_users: list(string(255), 1, 100) }),
  ...select('channels', { initial_channel: string(255), initial_channels: list(string(255), 1, 100) }),
  ...select('conversations', {
    initial_conversation: string(255),
    initial_conversations: list(string(255), 1, 100),
  }),
  ...select('external', { initial_option: option, initial_options: list(option, 1, 100) }),
};
const staticFields = {
  ...confirmable,
  ...focusable,
  ...placeholder,
  options: list(option, 1, 100),
  option_groups: list(optionGroup, 1, 100),
};
menus['static_select'] = both(
  object({}, { ...staticFields, initial_option: option }),
  both(hasOptionsOrGroups, knowsItsInitialOptions),
);
menus['multi_static_select'] = both(
  object({}, { ...staticFields, initial_options: list(option, 1, 100), max_selected_items: integer(1, 100) }),
  both(hasOptionsOrGroups, knowsItsInitialOptions),
);

/** A button; `url` and `value` may stand together. */
export const button: Check = object(
  { text: plainText(75) },
  {
    ...confirmable,
    value: string(2000),
    url: url(),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  },
);

const workflowButton = object(
  {
    text: plainText(75),
    workflow: object({
      trigger: object(
        { url: url() },
        { customizable_input_parameters: list(object({ name: string(255), value: string(3000) }), 0, 100) },
      ),
    }),
  },
  { ...confirmable, style: oneOf('primary', 'danger'), accessibility_label: string(75) },
);

const checkboxes = both(
  object(
    { options: list(richOption, 1, 10) },
    { ...confirmable, ...focusable, initial_options: list(richOption, 1, 10) },
  ),
  knowsItsInitialOptions,
);
const radioButtons = both(
  object({ options: list(richOption, 1, 10) }, { ...confirmable, ...focusable, initial_option: richOption }),
  knowsItsInitialOptions,
);
const overflow = object({ options: list(overflowOption, 1, 5) }, confirmable);
const datepicker = object(
  {},
  {
    ...confirmable,
    ...focusable,
    ...placeholder,
    initial_date: string(10, { matches: /^\d{4}-\d{2}-\d{2}$/ }),
  },
);
const timepicker = object(
  {},
  {
    ...confirmable,
    ...focusable,
    ...placeholder,
    initial_time: string(5, { matches: /^\d{2}:\d{2}$/ }),
    timezone: string(100),
  },
);
const datetimepicker = object(
  {},
  { ...confirmable, ...focusable, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
);

/** An image: exactly one of `image_url` and `slack_file`, and words for who cannot see it. */
export function image(extra: Readonly<Record<string, Check>> = {}): Check {
  const shape = object(
    { alt_text: string(2000) },
    {
      image_url: url(/^https?:/),
      slack_file: object({}, { id: string(255), url: url(/^https?:/) }),
      ...extra,
    },
  );
  return (value, at, walk) => {
    shape(value, at, walk);
    if (isRecord(value) && (value['image_url'] === undefined) === (value['slack_file'] === undefined)) {
      note(walk, at, 'must provide either image_url or slack_file');
    }
  };
}

const richTextInput = object(
  {},
  {
    ...action,
    ...dispatchable,
    ...focusable,
    ...placeholder,
    initial_value: typed({ rich_text: richText }),
    min_lines: integer(1, 100),
    max_lines: integer(1, 100),
  },
);

const feedbackButton = object(
  { text: plainText(75), value: string(2000) },
  { accessibility_label: string(75) },
);

/** What may stand in an `actions` block. */
export const actionsElement: Check = typed({
  ...menus,
  button,
  checkboxes,
  datepicker,
  datetimepicker,
  overflow,
  radio_buttons: radioButtons,
  timepicker,
  workflow_button: workflowButton,
  rich_text_input: richTextInput,
});

/** What may stand beside a section's text. */
export const accessory: Check = typed({
  ...menus,
  button,
  checkboxes,
  datepicker,
  image: image(),
  overflow,
  radio_buttons: radioButtons,
  timepicker,
  workflow_button: workflowButton,
});

/** What may stand in an `input` block. */
export const inputElement: Check = typed({
  ...menus,
  checkboxes,
  datepicker,
  datetimepicker,
  radio_buttons: radioButtons,
  timepicker,
  rich_text_input: richTextInput,
  plain_text_input: object(
    {},
    {
      ...action,
      ...dispatchable,
      ...focusable,
      ...placeholder,
      initial_value: string(3000),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
  ),
  email_text_input: object(
    {},
    { ...action, ...dispatchable, ...focusable, ...placeholder, initial_value: string(255) },
  ),
  url_text_input: object(
    {},
    { ...action, ...dispatchable, ...focusable, ...placeholder, initial_value: string(3000) },
  ),
  number_input: object(
    { is_decimal_allowed: boolean },
    {
      ...action,
      ...dispatchable,
      ...focusable,
      ...placeholder,
      initial_value: string(100),
      min_value: string(100),
      max_value: string(100),
    },
  ),
  file_input: object({}, { ...action, filetypes: list(string(20), 1, 100), max_files: integer(1, 10) }),
});

/** What may stand in a `context_actions` block. */
export const contextAction: Check = typed({
  feedback_buttons: object({ positive_button: feedbackButton, negative_button: feedbackButton }, action),
  icon_button: object(
    { icon: oneOf('trash'), text: plainText(75) },
    {
      ...confirmable,
      accessibility_label: string(75),
      value: string(2000),
      visible_to_user_ids: list(string(255), 0, 100),
    },
  ),
});
