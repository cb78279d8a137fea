/** The page's requests: the document, its pieces after a change, what the person does, and the stream of changes. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { createElement as h } from 'react';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { isRecord } from '../slack/block-schema.ts';
import { json, readBody, write } from '../slack/http.ts';
import type { Forms } from '../slack/forms.ts';
import type { createPeople } from '../slack/people.ts';
import type { Reader } from '../slack/text.ts';
import { SLACKBOT } from '../slack/workspace.ts';
import type { Channel, Workspace } from '../slack/workspace.ts';
import { CLIENT_SCRIPT, THEME_SCRIPT } from './client.ts';
import { galleryNodes } from './gallery.ts';
import type { ReadGallery } from './gallery.ts';
import { channelNodes, homeNodes, modalNodes, threadNodes } from './messages.ts';
import { frame, sidebar } from './shell.ts';
import type { MessageShortcut, Place } from './shell.ts';
import { STYLE } from './style.ts';

const POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** The address of a message, as Slack's "Copy link" gives it. */
const PERMALINK = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/;

/** The page answers when the app acknowledged; what it shows arrives as changes. */
const AT_ONCE = { until: () => true };

/** The page of a simulated workspace. */
export function createPageRoutes(deps: {
  readonly workspace: Workspace;
  readonly people: ReturnType<typeof createPeople>;
  readonly forms: Forms;
  readonly command: string;
  readonly gallery?: ReadGallery;
  readonly shortcuts: readonly MessageShortcut[];
}) {
  const { forms, gallery, people, workspace } = deps;
  const blockStyle = readFileSync(
    createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css'),
    'utf8',
  );
  const streams = new Set<ServerResponse>();
  const lastRead = new Map<string, string>();
  let announced: NodeJS.Immediate | undefined;

  /** One announcement for all changes of a turn. */
  const unwatch = workspace.onChange(() => {
    announced ??= setImmediate(() => {
      announced = undefined;
      for (const stream of streams) stream.write('data: change\n\n');
    });
  });

  function placeOf(query: URLSearchParams): Place | undefined {
    const user = workspace.users.get(query.get('as') ?? '') ?? [...workspace.users.values()][0];
    if (user === undefined) return undefined;
    const isHome = query.get('tab') === 'home';
    const wanted = query.get('channel') ?? '';
    const im = workspace.imOf(user.id);
    const first = [...workspace.channels.values()].find((channel) => workspace.isMember(channel, user.id));
    const found = workspace.channels.get(wanted);
    const channel =
      found !== undefined && (found.id === im.id || workspace.isMember(found, user.id))
        ? found
        : (first ?? im);
    const thread = query.get('thread') ?? undefined;
    const { shortcuts } = deps;
    const place = { user, channel, thread, shortcuts, isHome: isHome && channel.id === im.id };
    return { ...place, command: deps.command, hasGallery: gallery !== undefined };
  }

  function readerOf(place: Place): Reader {
    const { bot, users, channels } = workspace;
    return {
      tz: place.user.tz ?? 'UTC',
      now: workspace.clock(),
      userName: (id) =>
        id === bot.userId
          ? bot.name
          : id === SLACKBOT
            ? 'Slackbot'
            : (users.get(id)?.realName ?? users.get(id)?.name ?? id),
      channelName: (id) => channels.get(id)?.name ?? id,
    };
  }

  function unreadOf(place: Place) {
    return (channel: Channel): number => {
      const read = Number(lastRead.get(`${place.user.id} ${channel.id}`) ?? 0);
      return workspace
        .select({ channel: channel.id })
        .filter(
          (message) =>
            message.threadTs === undefined &&
            message.userId !== place.user.id &&
            (message.ephemeralTo === undefined || message.ephemeralTo === place.user.id) &&
            Number(message.ts) > read,
        ).length;
    };
  }

  function markRead(place: Place): void {
    const last = workspace.select({ channel: place.channel.id }).at(-1);
    if (last !== undefined && !place.isHome) lastRead.set(`${place.user.id} ${place.channel.id}`, last.ts);
  }

  function parts(place: Place) {
    const reader = readerOf(place);
    markRead(place);
    const modal = [...workspace.views.values()].findLast(
      (view) => view.type === 'modal' && view.userId === place.user.id,
    );
    const choosable = {
      people: [...workspace.users.values()].map(({ id, name, realName }) => ({ id, name: realName ?? name })),
      channels: [...workspace.channels.values()]
        .filter((channel) => channel.imUserId === undefined && workspace.isMember(channel, place.user.id))
        .map(({ id, name }) => ({ id, name: `#${name}` })),
    };
    return {
      sidebar: sidebar(workspace, place, unreadOf(place)),
      main: place.isHome ? homeNodes(workspace, place, reader) : channelNodes(workspace, place, reader),
      thread: threadNodes(workspace, place, reader),
      modal: modalNodes(modal, choosable, reader),
    };
  }

  function page(title: string, body: ReactElement, script?: string): string {
    const html = h(
      'html',
      { lang: 'en' },
      h(
        'head',
        null,
        h('meta', { charSet: 'utf-8' }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('title', null, `${title} - ${workspace.team.name}`),
        h('link', { rel: 'icon', href: 'data:,' }),
        h('link', { rel: 'stylesheet', href: '/page/blocks.css' }),
        h('link', { rel: 'stylesheet', href: '/page/style.css' }),
        script !== undefined && h('script', { src: script, defer: true }),
      ),
      body,
    );
    return `<!doctype html>${renderToStaticMarkup(html)}`;
  }

  function document(place: Place): string {
    const attributes = { 'data-user': place.user.id, 'data-command': place.command };
    const title = place.channel.imUserId === undefined ? place.channel.name : workspace.bot.name;
    return page(title, h('body', attributes, frame(workspace, place, parts(place))), '/page/client.js');
  }

  async function galleryPage(place: Place, wanted: string | null): Promise<string> {
    const nodes = galleryNodes(workspace, (await gallery?.()) ?? [], wanted, readerOf(place));
    return page('Gallery', h('body', { className: 'gallery-body' }, nodes), '/page/theme.js');
  }

  function pieces(place: Place): Record<string, string> {
    const shown = parts(place);
    return Object.fromEntries(
      Object.entries(shown).map(([name, node]) => [
        name,
        renderToStaticMarkup(h('div', null, node)).slice(5, -6),
      ]),
    );
  }

  function slackbot(place: Place, text: string, threadTs: string | undefined): void {
    workspace.add({
      channel: place.channel.id,
      text,
      blocks: [],
      userId: SLACKBOT,
      isBot: false,
      via: 'slack',
      ephemeralTo: place.user.id,
      ...(threadTs !== undefined && { threadTs }),
    });
  }

  async function send(place: Place, text: string, threadTs: string | undefined): Promise<unknown> {
    const { user, channel } = place;
    const [command = '', ...rest] = text.split(/\s+/);
    if (command.startsWith('/')) {
      if (threadTs !== undefined)
        return slackbot(place, `${command} is not supported in threads. Sorry!`, threadTs);
      if (command !== deps.command) return slackbot(place, `${command} is not a valid command.`, undefined);
      return people.command({
        ...AT_ONCE,
        command,
        text: rest.join(' '),
        userId: user.id,
        channelId: channel.id,
      });
    }
    const mention = [`@${workspace.bot.name}`, `@${workspace.bot.handle}`].find((name) =>
      text.startsWith(name),
    );
    if (mention !== undefined) {
      const said = text.slice(mention.length).trim();
      return people.mention({
        ...AT_ONCE,
        text: said,
        userId: user.id,
        channelId: channel.id,
        ...(threadTs !== undefined && { threadTs }),
      });
    }
    return people.say(text, user.id, channel.id, threadTs);
  }

  async function act(body: unknown): Promise<{ readonly error?: string; readonly errors?: unknown }> {
    if (!isRecord(body)) return { error: 'no object' };
    const field = (name: string): string | undefined =>
      typeof body[name] === 'string' ? body[name] : undefined;
    const place = placeOf(new URLSearchParams({ as: field('as') ?? '', channel: field('channel') ?? '' }));
    if (place === undefined) return { error: 'nobody to act as' };
    let result: unknown;
    if (body['kind'] === 'send') result = await send(place, (field('text') ?? '').trim(), field('thread'));
    if (body['kind'] === 'home') result = await people.openHome({ ...AT_ONCE, userId: place.user.id });
    if (body['kind'] === 'close-view') workspace.views.delete(field('view') ?? '');
    const values = (isRecord(body['values']) ? body['values'] : {}) as Record<string, string>;
    const viewId = field('view') ?? '';
    if (body['kind'] === 'change')
      result = await forms.change({
        ...AT_ONCE,
        userId: place.user.id,
        viewId,
        values,
        blockId: field('field') ?? '',
      });
    if (body['kind'] === 'submit') {
      try {
        const sent = await forms.submit({ ...AT_ONCE, userId: place.user.id, viewId, values });
        if (sent.errors) return { errors: sent.errors };
        result = sent;
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) };
      }
    }
    if (body['kind'] === 'shortcut') {
      result = await people.shortcut({
        ...AT_ONCE,
        callbackId: field('callback') ?? '',
        userId: place.user.id,
        channelId: place.channel.id,
        messageTs: field('ts') ?? '',
      });
    }
    if (body['kind'] === 'click') {
      const [value, messageTs] = [field('value'), field('ts')];
      result = await people.click({
        ...AT_ONCE,
        userId: place.user.id,
        actionId: field('action') ?? '',
        ...(value !== undefined && { value }),
        ...(messageTs !== undefined && { messageTs, channelId: place.channel.id }),
      });
    }
    return isRecord(result) && typeof result['error'] === 'string' ? { error: result['error'] } : {};
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  async function handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const text = (type: string, body: string, status = 200): void =>
      write(response, {
        status,
        headers: {
          'content-type': `${type}; charset=utf-8`,
          'cache-control': 'no-store',
          'content-security-policy': POLICY,
        },
        body,
      });
    // A name that resolves to loopback must not open the workspace to another site's script.
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) return text('text/plain', 'loopback only', 403);
    if (request.method === 'POST' && url.pathname === '/page/act') {
      if (request.headers['content-type'] !== 'application/json') return text('text/plain', 'JSON only', 415);
      try {
        return write(response, json(await act(JSON.parse(await readBody(request)))));
      } catch (error) {
        return write(response, json({ error: error instanceof Error ? error.message : 'failed' }, 400));
      }
    }
    if (request.method !== 'GET') return text('text/plain', 'not here', 405);
    if (url.pathname === '/page/style.css') return text('text/css', STYLE);
    if (url.pathname === '/page/blocks.css') return text('text/css', blockStyle);
    if (url.pathname === '/page/client.js') return text('text/javascript', CLIENT_SCRIPT);
    if (url.pathname === '/page/theme.js') return text('text/javascript', THEME_SCRIPT);
    if (url.pathname === '/page/changes') return stream(response);
    const [linked, channel = '', seconds = '', micros = ''] = PERMALINK.exec(url.pathname) ?? [];
    if (linked !== undefined) {
      const query = new URLSearchParams({ channel, thread: `${seconds}.${micros}` });
      return write(response, { status: 302, headers: { location: `/?${query.toString()}` }, body: '' });
    }
    const place = placeOf(url.searchParams);
    if (place === undefined) return text('text/plain', 'the workspace has no people', 404);
    if (url.pathname === '/page/pieces') return write(response, json(pieces(place)));
    if (url.pathname === '/') return text('text/html', document(place));
    if (url.pathname === '/gallery' && gallery)
      return text('text/html', await galleryPage(place, url.searchParams.get('digest')));
    return text('text/plain', 'not here', 404);
  }

  return {
    handle,
    close(): void {
      unwatch();
      if (announced !== undefined) clearImmediate(announced);
      for (const response of streams) response.end();
    },
  };
}
