import { createElement as h } from 'react';
import type { ReactElement } from 'react';

const PATHS = {
  home: 'M3 9.2 10 3l7 6.2V16a1 1 0 0 1-1 1h-3.6v-4.6H7.6V17H4a1 1 0 0 1-1-1z',
  message:
    'M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14H9l-4 3v-3H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4z',
  bell: 'M10 3a4.5 4.5 0 0 1 4.5 4.5c0 4 1.5 5 1.5 6H4c0-1 1.5-2 1.5-6A4.5 4.5 0 0 1 10 3zM8.3 15.5a1.8 1.8 0 0 0 3.4 0',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm4 9.5 3.5 3.5',
  lock: 'M5.5 9h9v7h-9zM7.2 9V6.8a2.8 2.8 0 0 1 5.6 0V9',
  eye: 'M2.5 10S5 5.2 10 5.2 17.5 10 17.5 10 15 14.8 10 14.8 2.5 10 2.5 10zm7.5-2.2a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
  send: 'M3.2 3.6 17 10 3.2 16.4l1.4-5.3L11.4 10 4.6 8.9z',
  plus: 'M10 4.5v11M4.5 10h11',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  close: 'M5 5l10 10M15 5 5 15',
  chevron: 'M5.5 8 10 12.5 14.5 8',
  edit: 'M4 13.5 13 4.5l2.5 2.5-9 9H4zM11.2 6.3l2.5 2.5',
} as const;

/** A line icon of 20 by 20 units in the colour of its text. */
export function icon(name: keyof typeof PATHS, size = 20): ReactElement {
  return h(
    'svg',
    { className: `icon icon-${name}`, viewBox: '0 0 20 20', width: size, height: size, 'aria-hidden': true },
    h('path', { d: PATHS[name] }),
  );
}
