import { isRecord } from './block-schema.ts';
import type { Inline, MrkdwnBlock } from './mrkdwn.ts';

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A rich_text block in the same pieces as mrkdwn, so that the page and the terminal draw both alike. */
export function readRichText(block: Readonly<Record<string, unknown>>): MrkdwnBlock[] {
  return records(block['elements']).map((element): MrkdwnBlock => {
    switch (element['type']) {
      case 'rich_text_list':
        return {
          kind: 'list',
          isOrdered: element['style'] === 'ordered',
          indent: Number(element['indent'] ?? 0),
          offset: Number(element['offset'] ?? 0),
          items: records(element['elements']).map((item) => readLeaves(item['elements'])),
        };
      case 'rich_text_quote':
        return { kind: 'quote', children: readLeaves(element['elements']) };
      case 'rich_text_preformatted':
        return {
          kind: 'pre',
          text: records(element['elements'])
            .map((leaf) => string(leaf['text']) ?? string(leaf['url']) ?? '')
            .join(''),
        };
      default:
        return { kind: 'paragraph', children: readLeaves(element['elements']) };
    }
  });
}

function readLeaves(value: unknown): Inline[] {
  return records(value).flatMap((leaf) => styled(readLeaf(leaf), leaf['style']));
}

function readLeaf(leaf: Readonly<Record<string, unknown>>): Inline[] {
  switch (leaf['type']) {
    case 'link':
      return [{ kind: 'link', url: string(leaf['url']) ?? '', label: string(leaf['text']) }];
    case 'user':
      return [{ kind: 'user', id: string(leaf['user_id']) ?? '', label: undefined }];
    case 'channel':
      return [{ kind: 'channel', id: string(leaf['channel_id']) ?? '', label: undefined }];
    case 'usergroup':
      return [{ kind: 'usergroup', id: string(leaf['usergroup_id']) ?? '', label: undefined }];
    case 'broadcast':
      return [{ kind: 'broadcast', range: string(leaf['range']) ?? '', label: undefined }];
    case 'emoji':
      return [{ kind: 'emoji', name: string(leaf['name']) ?? '' }];
    case 'date':
      return [
        {
          kind: 'date',
          timestamp: Number(leaf['timestamp']),
          format: string(leaf['format']) ?? '',
          url: string(leaf['url']),
          fallback: string(leaf['fallback']) ?? '',
        },
      ];
    default: {
      const lines = (string(leaf['text']) ?? string(leaf['value']) ?? '').split('\n');
      return lines.flatMap((text, index): Inline[] => [
        ...(index > 0 ? [{ kind: 'break' } as const] : []),
        ...(text === '' ? [] : [{ kind: 'text', text } as const]),
      ]);
    }
  }
}

function styled(children: Inline[], style: unknown): Inline[] {
  if (!isRecord(style)) return children;
  let wrapped = children;
  for (const kind of ['code', 'strike', 'italic', 'bold', 'underline'] as const) {
    if (style[kind] === true) wrapped = [{ kind, children: wrapped }];
  }
  return wrapped;
}
