/** The two lists of messages: a channel and a thread. */
import { createElement as h, Fragment } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { clockTime, dayHeading, formatSlackDate } from '../slack/slack-date.ts';
import type { Reader } from '../slack/text.ts';
import type { SlackMessage, View, Workspace } from '../slack/workspace.ts';
import { avatar } from './avatar.ts';
import { blockNodes, messageTextNodes } from './convert.ts';
import { formNodes } from './form.ts';
import type { Choosables } from './form.ts';
import { icon } from './icons.ts';
import { href } from './shell.ts';
import type { Place } from './shell.ts';

/** Plain messages of the same author within five minutes share one heading, as in Slack. */
const GROUP_MS = 5 * 60_000;

/** What the person sees of a channel or thread, oldest first. */
function visible(messages: readonly SlackMessage[], place: Place): SlackMessage[] {
  return messages.filter(
    (message) => message.ephemeralTo === undefined || message.ephemeralTo === place.user.id,
  );
}

function body(message: SlackMessage, reader: Reader): ReactNode {
  return message.blocks.length > 0
    ? blockNodes(message.blocks, reader)
    : messageTextNodes(message.text, reader);
}

function replyBar(workspace: Workspace, message: SlackMessage, place: Place, reader: Reader): ReactNode {
  const replies = visible(workspace.select({ channel: message.channel, thread: message.ts }), place).filter(
    (reply) => reply.ts !== message.ts,
  );
  const last = replies.at(-1);
  if (last === undefined) return null;
  const authors = [...new Set(replies.map((reply) => reply.userId))].slice(0, 3);
  const at = formatSlackDate(last.postedAt / 1000, '{date_short_pretty} at {time}', reader);
  return h(
    'a',
    { className: 'replies', href: href({ user: place.user, channel: message.channel, thread: message.ts }) },
    authors.map((id) => h('span', { key: id }, avatar(workspace, id, 24))),
    h('strong', null, `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`),
    h('span', { className: 'last' }, `Last reply ${at}`),
    h('span', { className: 'view' }, 'View thread'),
  );
}

/** What apps offer on a message; Slack offers nothing on one that a single person sees. */
function shortcutBar({ shortcuts }: Place): ReactNode {
  if (shortcuts.length === 0) return null;
  return h(
    'div',
    { className: 'message-actions' },
    shortcuts.map(({ callbackId, name }) =>
      h(
        'button',
        { key: callbackId, type: 'button', className: 'shortcut', 'data-shortcut': callbackId },
        icon('search', 14),
        name,
      ),
    ),
  );
}

function messageNode(
  workspace: Workspace,
  message: SlackMessage,
  place: Place,
  reader: Reader,
  options: { readonly isGrouped: boolean; readonly showsReplies: boolean },
): ReactElement {
  const time = clockTime(message.postedAt, reader.tz);
  const isEphemeral = message.ephemeralTo !== undefined;
  const isEdited = message.editedAt !== undefined && !isEphemeral;
  return h(
    'article',
    {
      key: message.ts,
      className: `message${options.isGrouped ? ' grouped' : ''}${isEphemeral ? ' ephemeral' : ''}`,
      'data-ts': message.ts,
      'data-channel': message.channel,
    },
    h(
      'div',
      { className: 'gutter' },
      options.isGrouped
        ? h('time', null, time.replace(/ [AP]M$/, ''))
        : avatar(workspace, message.userId, 36),
    ),
    h(
      'div',
      { className: 'body' },
      isEphemeral && h('div', { className: 'only-you' }, icon('eye', 14), 'Only visible to you'),
      !options.isGrouped &&
        h(
          'div',
          { className: 'by' },
          h('strong', null, reader.userName(message.userId)),
          message.isBot && h('span', { className: 'app-badge' }, 'App'),
          h('time', { dateTime: new Date(message.postedAt).toISOString() }, time),
        ),
      h(
        'div',
        { className: 'content' },
        body(message, reader),
        isEdited && h('span', { className: 'edited' }, '(edited)'),
      ),
      options.showsReplies && replyBar(workspace, message, place, reader),
    ),
    !isEphemeral && shortcutBar(place),
  );
}

function isGrouped(previous: SlackMessage | undefined, message: SlackMessage, workspace: Workspace): boolean {
  if (previous === undefined || previous.userId !== message.userId) return false;
  const isPlain =
    previous.blocks.length + message.blocks.length === 0 && message.ephemeralTo === previous.ephemeralTo;
  const hasThread = workspace.select({ channel: previous.channel, thread: previous.ts }).length > 1;
  return isPlain && !hasThread && message.postedAt - previous.postedAt < GROUP_MS;
}

/** A channel: days, messages, the way into their threads. */
export function channelNodes(workspace: Workspace, place: Place, reader: Reader): ReactNode {
  const messages = visible(workspace.select({ channel: place.channel.id }), place).filter(
    (message) => message.threadTs === undefined || message.isBroadcast,
  );
  if (messages.length === 0) {
    return h(
      'div',
      { className: 'empty' },
      h('h3', null, place.channel.imUserId === undefined ? `# ${place.channel.name}` : workspace.bot.name),
      h('p', null, 'Nothing here yet.'),
    );
  }
  return messages.map((message, index) => {
    const previous = messages[index - 1];
    const day = dayHeading(message.postedAt, reader);
    const isNewDay = previous === undefined || dayHeading(previous.postedAt, reader) !== day;
    return h(
      Fragment,
      { key: message.ts },
      isNewDay && h('div', { className: 'day' }, h('span', null, day)),
      messageNode(workspace, message, place, reader, {
        isGrouped: !isNewDay && isGrouped(previous, message, workspace),
        showsReplies: true,
      }),
    );
  });
}

/** A thread: the parent, a line with the count, the replies. */
export function threadNodes(workspace: Workspace, place: Place, reader: Reader): ReactNode {
  if (place.thread === undefined) return null;
  const [parent, ...replies] = visible(
    workspace.select({ channel: place.channel.id, thread: place.thread }),
    place,
  );
  if (parent === undefined) return h('p', { className: 'empty' }, 'This thread is gone.');
  return [
    messageNode(workspace, parent, place, reader, { isGrouped: false, showsReplies: false }),
    h(
      'div',
      { key: 'count', className: 'reply-count' },
      h('span', null, `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`),
    ),
    ...replies.map((reply, index) =>
      messageNode(workspace, reply, place, reader, {
        isGrouped: isGrouped(replies[index - 1], reply, workspace),
        showsReplies: false,
      }),
    ),
  ];
}

/** The Home tab the app published for this person. */
export function homeNodes(workspace: Workspace, place: Place, reader: Reader): ReactNode {
  const view = workspace.views.get(`home:${place.user.id}`);
  if (view === undefined)
    return h('div', { className: 'empty' }, h('p', null, 'The app has not published a Home tab yet.'));
  return h('article', { className: 'view' }, blockNodes(view.view.blocks, reader));
}

/** An open modal, newest first. */
export function modalNodes(view: View | undefined, choosable: Choosables, reader: Reader): ReactNode {
  if (view === undefined) return null;
  const title = view.view['title'] as { text?: string } | undefined;
  return h(
    'div',
    { className: 'modal-shade' },
    h(
      'div',
      { className: 'modal', role: 'dialog', 'aria-label': title?.text },
      h(
        'header',
        null,
        h('h2', null, title?.text),
        h(
          'button',
          { type: 'button', className: 'close', 'data-close-view': view.id, 'aria-label': 'Close' },
          icon('close', 18),
        ),
      ),
      formNodes(view, choosable, reader),
    ),
  );
}
