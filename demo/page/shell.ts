/** The frame around the messages: rail, sidebar, channel header, message box. */
import { createElement as h } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Channel, UserSetup, Workspace } from '../slack/workspace.ts';
import { avatar } from './avatar.ts';
import { icon } from './icons.ts';

/** What the address says to show. */
export interface Place {
  readonly user: UserSetup;
  readonly channel: Channel;
  /** The parent of the open thread. */
  readonly thread: string | undefined;
  /** The app's Home tab instead of messages; on the direct message with the bot only. */
  readonly isHome: boolean;
  readonly command: string;
  /** Whether there is a page that shows every digest in its situations. */
  readonly hasGallery: boolean;
  readonly shortcuts: readonly MessageShortcut[];
}

/** What the app offers among the actions of a message. */
export interface MessageShortcut {
  readonly name: string;
  readonly callbackId: string;
}

/** The address of a place. */
export function href(place: {
  readonly user: UserSetup;
  readonly channel: string;
  readonly thread?: string;
  readonly tab?: string;
}): string {
  const query = new URLSearchParams({ channel: place.channel, as: place.user.id });
  if (place.thread !== undefined) query.set('thread', place.thread);
  if (place.tab !== undefined) query.set('tab', place.tab);
  return `/?${query.toString()}`;
}

function channelMark(channel: Channel): ReactNode {
  return channel.isPrivate
    ? h('span', { className: 'hash' }, icon('lock', 16))
    : h('span', { className: 'hash' }, '#');
}

/** The dark strip on the far left. Only its first tile says something. */
function rail(workspace: Workspace): ReactElement {
  const entries = [
    ['home', 'Home'],
    ['message', 'DMs'],
    ['bell', 'Activity'],
    ['more', 'More'],
  ] as const;
  return h(
    'nav',
    { className: 'rail', 'aria-hidden': true },
    h('div', { className: 'tile' }, workspace.team.name.slice(0, 1).toUpperCase()),
    entries.map(([name, label], index) =>
      h(
        'div',
        { key: name, className: index === 0 ? 'entry on' : 'entry' },
        h('span', { className: 'glyph' }, icon(name)),
        label,
      ),
    ),
  );
}

/** Workspace, channels with their unread counts, the app, and who is looking. */
export function sidebar(
  workspace: Workspace,
  place: Place,
  unread: (channel: Channel) => number,
): ReactElement {
  const channels = [...workspace.channels.values()].filter(
    (channel) => channel.imUserId === undefined && workspace.isMember(channel, place.user.id),
  );
  const im = workspace.imOf(place.user.id);
  const entry = (channel: Channel): ReactElement => {
    const count = unread(channel);
    const isOn = channel.id === place.channel.id;
    return h(
      'a',
      {
        key: channel.id,
        className: `channel${isOn ? ' on' : ''}${count > 0 && !isOn ? ' unread' : ''}`,
        href: href({ user: place.user, channel: channel.id }),
        'aria-current': isOn ? 'page' : undefined,
      },
      channelMark(channel),
      h('span', { className: 'name' }, channel.name),
      count > 0 && !isOn && h('span', { className: 'badge', 'aria-label': `${count} unread` }, String(count)),
    );
  };
  const unreadIm = unread(im);
  return h(
    'div',
    { className: 'sidebar-inner' },
    h('div', { className: 'workspace' }, h('strong', null, workspace.team.name), icon('chevron', 16)),
    h('div', { className: 'group' }, 'Channels'),
    channels.map(entry),
    h('div', { className: 'group' }, 'Apps'),
    h(
      'a',
      {
        className: `channel app${im.id === place.channel.id ? ' on' : ''}${unreadIm > 0 ? ' unread' : ''}`,
        href: href({ user: place.user, channel: im.id, tab: 'home' }),
      },
      avatar(workspace, workspace.bot.userId, 20),
      h('span', { className: 'name' }, workspace.bot.name),
      unreadIm > 0 && h('span', { className: 'badge' }, String(unreadIm)),
    ),
    place.hasGallery && h('div', { className: 'group' }, 'Beside Slack'),
    place.hasGallery &&
      h(
        'a',
        { className: 'channel', href: '/gallery' },
        h('span', { className: 'hash' }, icon('more', 16)),
        h('span', { className: 'name' }, 'Gallery of digests'),
      ),
    h('div', { className: 'spacer' }),
    workspace.users.size > 1 &&
      h(
        'label',
        { className: 'viewer' },
        h('span', null, 'You are'),
        h(
          'select',
          { id: 'viewer', 'aria-label': 'Look as', defaultValue: place.user.id },
          [...workspace.users.values()].map((user) =>
            h(
              'option',
              { key: user.id, value: user.id },
              `${user.realName ?? user.name}${user.isRestricted === true || user.isUltraRestricted === true ? ' (guest)' : ''}`,
            ),
          ),
        ),
      ),
  );
}

/** `# channel`, its topic and how many are in it; tabs instead for the app. */
export function channelHeader(workspace: Workspace, place: Place): ReactElement {
  const { channel, user } = place;
  const toggle = h(
    'label',
    { className: 'drawer-button', htmlFor: 'drawer', 'aria-label': 'Channels' },
    icon('menu'),
  );
  if (channel.imUserId !== undefined) {
    const tab = (name: string, isOn: boolean, to: string): ReactElement =>
      h('a', { key: name, className: isOn ? 'tab on' : 'tab', href: to }, name);
    return h(
      'header',
      { className: 'channel-header' },
      h(
        'div',
        { className: 'line' },
        toggle,
        avatar(workspace, workspace.bot.userId, 24),
        h('h1', null, workspace.bot.name),
      ),
      h('div', { className: 'tabs' }, [
        tab('Home', place.isHome, href({ user, channel: channel.id, tab: 'home' })),
        tab('Messages', !place.isHome, href({ user, channel: channel.id })),
      ]),
    );
  }
  const members = channel.members?.length ?? workspace.users.size;
  return h(
    'header',
    { className: 'channel-header' },
    h(
      'div',
      { className: 'line' },
      toggle,
      h('h1', null, channelMark(channel), channel.name),
      channel.topic !== '' && h('span', { className: 'topic' }, channel.topic),
      h(
        'span',
        { className: 'members' },
        [...workspace.users.keys()]
          .slice(0, 3)
          .map((id) => h('span', { key: id }, avatar(workspace, id, 20))),
        h('span', { className: 'count' }, String(members + (channel.hasBot ? 1 : 0))),
      ),
    ),
    h('div', { className: 'tabs' }, h('span', { className: 'tab on' }, 'Messages')),
  );
}

/** The message box. Enter sends; a slash command goes to the app, anything else is said as the person. */
export function composer(place: Place, thread?: string): ReactElement {
  const { channel } = place;
  const where =
    thread !== undefined
      ? 'Reply…'
      : channel.imUserId !== undefined
        ? 'Message the app'
        : `Message #${channel.name}`;
  const hint = thread === undefined ? `${where}, or try ${place.command} help` : where;
  return h(
    'form',
    {
      className: 'composer',
      'data-channel': channel.id,
      ...(thread !== undefined && { 'data-thread': thread }),
    },
    h(
      'div',
      { className: 'hint', hidden: true },
      h('strong', null, place.command),
      ' asks the app. Enter sends; try ',
      h('code', null, `${place.command} help`),
      '.',
    ),
    h('textarea', {
      name: 'text',
      rows: 1,
      placeholder: hint,
      'aria-label': where,
      autoComplete: 'off',
      spellCheck: false,
    }),
    h(
      'div',
      { className: 'tools' },
      h('span', { className: 'tool round', 'aria-hidden': true }, icon('plus', 18)),
      h('span', { className: 'tool', 'aria-hidden': true }, h('u', null, 'Aa')),
      h('span', { className: 'tool', 'aria-hidden': true }, '☺'),
      h('span', { className: 'tool', 'aria-hidden': true }, '@'),
      h('span', { className: 'tool slash', 'aria-hidden': true }, '/'),
      h('button', { className: 'send', type: 'submit', 'aria-label': 'Send' }, icon('send', 18)),
    ),
  );
}

/** The whole window. `main` and `thread` are the two panes. */
export function frame(
  workspace: Workspace,
  place: Place,
  parts: {
    readonly sidebar: ReactNode;
    readonly main: ReactNode;
    readonly thread: ReactNode;
    readonly modal: ReactNode;
  },
): ReactElement {
  const isIm = place.channel.imUserId !== undefined;
  return h(
    'div',
    { className: `window${place.thread === undefined ? '' : ' with-thread'}` },
    h('input', { type: 'checkbox', id: 'drawer', hidden: true }),
    h(
      'div',
      { className: 'topbar' },
      h(
        'div',
        { className: 'search', 'aria-hidden': true },
        icon('search', 16),
        `Search ${workspace.team.name}`,
      ),
    ),
    rail(workspace),
    h(
      'div',
      { className: 'panel' },
      h('aside', { className: 'sidebar', id: 'sidebar', 'aria-label': 'Channels' }, parts.sidebar),
      h('label', { className: 'drawer-shade', htmlFor: 'drawer', 'aria-hidden': true }),
      h(
        'main',
        { className: 'main' },
        channelHeader(workspace, place),
        h(
          'div',
          {
            className: `scroll${place.isHome ? ' home' : ''}`,
            id: 'main',
            tabIndex: 0,
            role: 'log',
            'aria-label': isIm ? 'Messages' : `Messages in ${place.channel.name}`,
          },
          parts.main,
        ),
        !place.isHome && composer(place),
      ),
      h(
        'section',
        { className: 'thread', 'aria-label': 'Thread', hidden: place.thread === undefined },
        h(
          'header',
          { className: 'thread-header' },
          h('h2', null, 'Thread'),
          h('span', { className: 'topic' }, isIm ? '' : `# ${place.channel.name}`),
          h(
            'a',
            {
              className: 'close',
              href: href({ user: place.user, channel: place.channel.id }),
              'aria-label': 'Close thread',
            },
            icon('close', 18),
          ),
        ),
        h(
          'div',
          { className: 'scroll', id: 'thread', tabIndex: 0, role: 'log', 'aria-label': 'Replies' },
          parts.thread,
          place.thread !== undefined && composer(place, place.thread),
        ),
      ),
    ),
    h('div', { id: 'modal' }, parts.modal),
  );
}
