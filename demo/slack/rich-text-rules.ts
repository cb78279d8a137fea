/** The rules of rich_text, which is a block, a table cell, a container's title and an input's start value. */
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

const style = object(
  {},
  { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean },
);
const textLeaf = object({ text: string(12_000) }, { style });
const linkLeaf = object({ url: url() }, { text: string(3000), unsafe: boolean, style });
const leaf = typed({
  // A leaf may be a single space between two others.
  text: object({ text: string(12_000, { min: 0 }) }, { style }),
  link: linkLeaf,
  user: object({ user_id: string(255) }, { style }),
  channel: object({ channel_id: string(255) }, { style }),
  usergroup: object({ usergroup_id: string(255) }, { style }),
  team: object({ team_id: string(255) }, { style }),
  broadcast: object({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: object({ value: string(7, { matches: /^#[0-9a-f]{6}$/i }) }, { style }),
  emoji: object({ name: string(100) }, { unicode: string(100), url: url(/^https:/), style }),
  date: object(
    { timestamp: integer(0, 9_999_999_999), format: string(255) },
    { url: url(/^https?:/), fallback: string(255), style },
  ),
});
const leafIsNotEmpty: Check = (value, at, walk) => {
  if (isRecord(value) && value['type'] === 'text' && value['text'] === '') {
    note(walk, `${at}/text`, 'must be more than 0 characters');
  }
};
const leaves = list(both(leaf, leafIsNotEmpty), 1, 1000);
const richSection = typed({ rich_text_section: object({ elements: leaves }) });
const border = oneOf(0, 1);

/** The rich_text block, which is also a table cell, a container's title and an input's start value. */
export const richText: Check = object(
  {
    elements: list(
      typed({
        rich_text_section: object({ elements: leaves }),
        rich_text_list: object(
          { style: oneOf('bullet', 'ordered'), elements: list(richSection, 1, 1000) },
          { indent: integer(0, 8), offset: integer(0, 1_000_000), border },
        ),
        rich_text_quote: object({ elements: leaves }, { border }),
        rich_text_preformatted: object(
          { elements: list(typed({ text: textLeaf, link: linkLeaf }), 1, 1000) },
          { border, language: string(50) },
        ),
      }),
      1,
      1000,
    ),
  },
  { block_id: string(255) },
);
