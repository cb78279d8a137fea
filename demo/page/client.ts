/** Light or dark as the reader's system is, or as the address says. */
export const THEME_SCRIPT = String.raw`
'use strict';
const params = new URLSearchParams(location.search);
const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = () => (document.documentElement.dataset.theme = params.get('theme') || (dark.matches ? 'dark' : 'light'));
theme();
dark.addEventListener('change', theme);
`;

/** The page's script, as it is sent: plain JavaScript without dependencies. */
export const CLIENT_SCRIPT = String.raw`${THEME_SCRIPT}
const body = document.body;

const main = document.getElementById('main');
const thread = document.getElementById('thread');
const toEnd = (pane) => (pane.scrollTop = pane.scrollHeight);
const isAtEnd = (pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80;
if (main.getAttribute('role') === 'log' && !main.classList.contains('home')) toEnd(main);

async function act(message) {
  const answer = await fetch('/page/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: body.dataset.user, ...message }),
  });
  return answer.json();
}

const shown = {};
function put(id, html) {
  if (shown[id] === html) return false;
  shown[id] = html;
  document.getElementById(id).innerHTML = html;
  return true;
}

/* A form that the app changes keeps what is filled in, as in Slack. */
const openForm = () => document.querySelector('.modal-form');
const valuesOf = (form) => Object.fromEntries([...form.querySelectorAll('.field')].map((field) => [field.name, field.value.trim()]));
const modalValues = () => (openForm() ? { view: openForm().dataset.view, values: valuesOf(openForm()) } : undefined);
function keepFilled(filled) {
  const form = openForm();
  if (!form || !filled || form.dataset.view !== filled.view) return;
  for (const field of form.querySelectorAll('.field')) if (field.name in filled.values) field.value = filled.values[field.name];
}

let isLoading = false;
let isStale = false;
async function refresh() {
  if (isLoading) { isStale = true; return; }
  isLoading = true;
  try {
    const pieces = await (await fetch('/page/pieces' + location.search)).json();
    const stays = [main, thread].map(isAtEnd);
    const turned = new Map([...document.querySelectorAll('.data-table')].map((table) => [keyOf(table), stateOf(table)]));
    const replyBox = thread.querySelector('.composer');
    put('sidebar', pieces.sidebar);
    put('main', pieces.main);
    if (put('thread', pieces.thread) && replyBox) thread.append(replyBox);
    const filled = modalValues();
    if (put('modal', pieces.modal)) keepFilled(filled);
    for (const table of document.querySelectorAll('.data-table')) {
      const state = turned.get(keyOf(table));
      if (!state || table.dataset.page !== undefined) continue;
      if (state.column !== undefined) order(table, state.column, state.direction);
      show(table, state.page);
    }
    if (stays[0] && !main.classList.contains('home')) toEnd(main);
    if (stays[1]) toEnd(thread);
  } finally {
    isLoading = false;
    if (isStale) { isStale = false; refresh(); }
  }
}
const changes = new EventSource('/page/changes');
changes.addEventListener('message', refresh);

/* Tables: pages and sorting. */
const keyOf = (table) => {
  const message = table.closest('.message');
  return (message ? message.dataset.ts : '') + ' ' + [...document.querySelectorAll('.data-table')].indexOf(table);
};
function show(table, page) {
  const rows = [...table.querySelectorAll('tbody tr')];
  const size = Number(table.dataset.pageSize);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(Math.max(page, 0), pages - 1);
  table.dataset.page = at;
  rows.forEach((row, index) => (row.hidden = index < at * size || index >= (at + 1) * size));
  if (pages > 1) table.querySelector('.range').textContent = (at * size + 1) + '–' + Math.min(rows.length, (at + 1) * size) + ' of ' + rows.length;
  for (const turn of table.querySelectorAll('[data-turn]')) {
    turn.disabled = turn.dataset.turn === '-1' ? at === 0 : at === pages - 1;
  }
}
const stateOf = (table) => {
  const sorted = table.querySelector('.sort[data-order]');
  return { page: Number(table.dataset.page || 0), column: sorted?.dataset.column, direction: sorted?.dataset.order };
};
function order(table, column, direction) {
  for (const other of table.querySelectorAll('.sort')) { delete other.dataset.order; other.querySelector('.arrow').textContent = '↕'; }
  const button = table.querySelector('.sort[data-column="' + column + '"]');
  button.dataset.order = direction;
  button.querySelector('.arrow').textContent = direction === 'down' ? '↓' : '↑';
  const key = (row) => row.children[Number(column)].dataset.sort;
  const compare = button.dataset.numeric === 'yes' ? (a, b) => Number(key(a)) - Number(key(b)) : (a, b) => key(a).localeCompare(key(b));
  const rows = [...table.querySelectorAll('tbody tr')].sort((a, b) => (direction === 'down' ? -1 : 1) * compare(a, b));
  table.querySelector('tbody').append(...rows);
}
function sort(button) {
  const table = button.closest('.data-table');
  order(table, button.dataset.column, button.dataset.order === 'up' ? 'down' : 'up');
  show(table, 0);
}

/* Clicks: buttons of messages, of the Home tab and of tables. */
async function press(control, value) {
  const question = control.dataset.confirm;
  if (question !== undefined && !confirm(question)) return;
  const message = control.closest('.message');
  control.classList.add('busy');
  const result = await act({
    kind: 'click',
    action: control.dataset.actionId,
    ...(value !== undefined && { value }),
    ...(message && { channel: message.dataset.channel, ts: message.dataset.ts }),
  });
  control.classList.remove('busy');
  if (result.error) control.classList.add('failed');
}
async function useShortcut(button) {
  const { channel, ts } = button.closest('.message').dataset;
  button.blur();
  const result = await act({ kind: 'shortcut', callback: button.dataset.shortcut, channel, ts });
  if (result.error) button.classList.add('failed');
}
document.addEventListener('click', (event) => {
  const shortcut = event.target.closest('[data-shortcut]');
  if (shortcut) return useShortcut(shortcut);
  const sorter = event.target.closest('.sort');
  if (sorter) return sort(sorter);
  const turn = event.target.closest('[data-turn]');
  if (turn) { const table = turn.closest('.data-table'); return show(table, Number(table.dataset.page || 0) + Number(turn.dataset.turn)); }
  const closing = event.target.closest('[data-close-view]');
  if (closing) { act({ kind: 'close-view', view: closing.dataset.closeView }); return document.getElementById('modal').replaceChildren(); }
  const control = event.target.closest('[data-action-id]');
  if (control && control.tagName !== 'SELECT') press(control, control.dataset.value);
});
document.addEventListener('change', (event) => {
  const { target } = event;
  if (target.id === 'viewer') { params.set('as', target.value); location.search = params; return; }
  if (target.dataset.tells !== undefined) {
    const form = target.closest('.modal-form');
    act({ kind: 'change', view: form.dataset.view, field: target.dataset.tells, values: valuesOf(form) });
    return;
  }
  if (target.matches('select[data-action-id]') && target.value) { press(target, target.value); if (target.classList.contains('overflow')) target.value = ''; }
});

/* The message box. */
function grow(box) { box.style.height = 'auto'; box.style.height = Math.min(box.scrollHeight, 240) + 'px'; }
document.addEventListener('input', (event) => {
  if (event.target.name !== 'text') return;
  const form = event.target.closest('.composer');
  grow(event.target);
  form.classList.toggle('ready', event.target.value.trim() !== '');
  form.querySelector('.hint').hidden = !event.target.value.startsWith('/');
});
document.addEventListener('keydown', (event) => {
  if (event.target.name !== 'text' || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.closest('.composer').requestSubmit();
});
async function sendForm(form) {
  const values = valuesOf(form);
  for (const place of form.querySelectorAll('[data-error-of]')) place.textContent = '';
  const result = await act({ kind: 'submit', view: form.dataset.view, values });
  for (const place of form.querySelectorAll('[data-error-of]')) place.textContent = (result.errors || {})[place.dataset.errorOf] || '';
  if (result.error) return form.classList.add('failed');
  if (!result.errors) { delete shown.modal; document.getElementById('modal').replaceChildren(); }
}
document.addEventListener('submit', (event) => {
  const filled = event.target.closest('.modal-form');
  if (filled) { event.preventDefault(); return sendForm(filled); }
  const form = event.target.closest('.composer');
  if (!form) return;
  event.preventDefault();
  const box = form.elements.text;
  const text = box.value.trim();
  if (text === '') return;
  box.value = '';
  grow(box);
  form.classList.remove('ready');
  form.querySelector('.hint').hidden = true;
  toEnd(form.dataset.thread ? thread : main);
  act({ kind: 'send', text, channel: form.dataset.channel, ...(form.dataset.thread && { thread: form.dataset.thread }) });
});
/* What the app publishes is seen only by who listens already. */
if (main.classList.contains('home')) changes.addEventListener('open', () => act({ kind: 'home' }), { once: true });
else { const box = document.querySelector('.main .composer textarea'); if (box && innerWidth > 700) box.focus(); }
`;
