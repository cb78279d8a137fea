import { createElement as h } from 'react';
import type { ReactElement } from 'react';
import type { Workspace } from '../slack/workspace.ts';

const COLOURS = ['#2b7a78', '#b0563b', '#5a5ea6', '#8a5a83', '#3d7a46', '#a3661f'];

function initials(name: string): string {
  const [first = '?', second = ''] = name.split(/\s+/);
  return `${first.slice(0, 1)}${second.slice(0, 1)}`.toUpperCase();
}

/** The bot's pulse line, or a person's initials on a colour of their own. `size` in pixels. */
export function avatar(workspace: Workspace, userId: string, size: number): ReactElement {
  const isBot = userId === workspace.bot.userId;
  const users = [...workspace.users.values()];
  const index = users.findIndex((user) => user.id === userId);
  const name = users[index]?.realName ?? users[index]?.name ?? 'Slackbot';
  const body = isBot
    ? [
        h('rect', { key: 'r', width: 36, height: 36, fill: '#0c4a3e' }),
        h('path', {
          key: 'p',
          d: 'M4 20h7l3-10 6 17 4-12 2 5h6',
          fill: 'none',
          stroke: '#5ff0b4',
          strokeWidth: 2.6,
          strokeLinejoin: 'round',
          strokeLinecap: 'round',
        }),
      ]
    : [
        h('rect', {
          key: 'r',
          width: 36,
          height: 36,
          fill: index < 0 ? '#4a154b' : (COLOURS[index % COLOURS.length] ?? '#555'),
        }),
        h(
          'text',
          {
            key: 't',
            x: 18,
            y: 18.5,
            fill: '#fff',
            fontSize: 15,
            fontWeight: 700,
            textAnchor: 'middle',
            dominantBaseline: 'central',
          },
          initials(name),
        ),
      ];
  return h(
    'svg',
    { className: 'avatar', viewBox: '0 0 36 36', width: size, height: size, 'aria-hidden': true },
    body,
  );
}
