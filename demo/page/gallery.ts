/** Every digest in its situations on one page, drawn as the channel and the thread would show it. */
import { createElement as h } from 'react';
import type { ReactElement } from 'react';
import type { Message, ThreadedMessage } from '../../src/domain/message.ts';
import type { Reader } from '../slack/text.ts';
import type { Workspace } from '../slack/workspace.ts';
import { avatar } from './avatar.ts';
import { blockNodes } from './convert.ts';

/** A digest and how it reads in each of its situations. */
export interface GalleryDigest {
  readonly id: string;
  readonly summary: string;
  readonly situations: readonly { readonly name: string; readonly message: ThreadedMessage }[];
}

/** Reads the gallery anew: fixtures may have changed since. */
export type ReadGallery = () => Promise<readonly GalleryDigest[]>;

function post(workspace: Workspace, { blocks, text }: Message, reader: Reader, key: number): ReactElement {
  return h(
    'article',
    { key, className: 'message' },
    h('div', { className: 'gutter' }, avatar(workspace, workspace.bot.userId, 36)),
    h(
      'div',
      { className: 'body' },
      h(
        'div',
        { className: 'by' },
        h('strong', null, workspace.bot.name),
        h('span', { className: 'app-badge' }, 'App'),
      ),
      h('div', { className: 'content', title: text }, blockNodes(blocks, reader)),
    ),
  );
}

function situation(
  workspace: Workspace,
  { message, name }: GalleryDigest['situations'][number],
  reader: Reader,
): ReactElement {
  const { text, thread } = message;
  return h(
    'section',
    { key: name, className: 'situation', id: name },
    h('h2', null, name.replaceAll('-', ' ')),
    h(
      'div',
      { className: 'situation-panes' },
      h(
        'div',
        { className: 'situation-parent' },
        post(workspace, message, reader, 0),
        h('p', { className: 'notification' }, h('strong', null, 'Notification: '), text),
      ),
      h(
        'div',
        { className: 'situation-thread' },
        h(
          'h3',
          null,
          thread.length === 0
            ? 'No replies'
            : `Thread, ${thread.length} ${thread.length === 1 ? 'reply' : 'replies'}`,
        ),
        thread.map((reply, index) => post(workspace, reply, reader, index)),
      ),
    ),
  );
}

/** The page for one digest, with links to the others. */
export function galleryNodes(
  workspace: Workspace,
  digests: readonly GalleryDigest[],
  wanted: string | null,
  reader: Reader,
): ReactElement {
  const shown = digests.find(({ id }) => id === wanted) ?? digests[0];
  const link = ({ id }: GalleryDigest): ReactElement =>
    h(
      'a',
      {
        key: id,
        href: `/gallery?digest=${id}`,
        ...(id === shown?.id && { 'aria-current': 'page', className: 'on' }),
      },
      id,
    );
  return h(
    'main',
    { className: 'gallery' },
    h(
      'header',
      { className: 'gallery-header' },
      h('a', { href: '/' }, 'Back to the workspace'),
      h('nav', { 'aria-label': 'Digests' }, digests.map(link)),
    ),
    shown && h('h1', null, `${shown.id}: ${shown.summary}`),
    shown?.situations.length === 0 && h('p', null, 'No situations yet.'),
    shown?.situations.map((one) => situation(workspace, one, reader)),
  );
}
