/** Uploaded files: an address for each, the bytes, and the message that shares them (`files.*`, `conversations.open`). */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { optional, required, visibleChannel } from './api-method.ts';
import type { ApiContext, ApiMethod, Arguments } from './api-method.ts';
import { isRecord } from './block-schema.ts';
import { readBody, write } from './http.ts';
import { SlackRefusal } from './refusal.ts';

/** A file somebody can open. */
export interface SharedFile {
  readonly name: string;
  readonly content: string;
  /** The channel it was shared in, a direct message too; undefined while it is private. */
  readonly channel: string | undefined;
}

interface Upload {
  readonly name: string;
  readonly length: number;
  readonly path: string;
  content?: string;
  channel?: string;
}

/** Keeps files; `origin` is where they are uploaded to and opened from. */
export function createFiles(origin: () => string) {
  const uploads = new Map<string, Upload>();

  function askForUrl(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
    const length = Number(required(args, 'length'));
    if (!Number.isInteger(length) || length < 1) throw new SlackRefusal('invalid_arguments');
    const id = workspace.newId('F');
    const path = `/files/${id}-${randomBytes(8).toString('hex')}`;
    uploads.set(id, { name: required(args, 'filename'), length, path });
    return { file_id: id, upload_url: `${origin()}${path}` };
  }

  function wanted(args: Arguments): Upload[] {
    const given = args['files'];
    const list: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    if (!Array.isArray(list) || list.length === 0) throw new SlackRefusal('invalid_arguments');
    return list.map((one: unknown) => {
      const upload = isRecord(one) ? uploads.get(String(one['id'])) : undefined;
      if (upload?.content === undefined) throw new SlackRefusal('file_not_found');
      return upload;
    });
  }

  function complete(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
    const shared = wanted(args);
    const id = optional(args, 'channel_id');
    if (id !== undefined) {
      const channel = visibleChannel(workspace, id);
      if (!channel.hasBot) throw new SlackRefusal('not_in_channel');
      const links = shared.map(({ name, path }) => `<${origin()}${path}|${name}>`);
      for (const one of shared) one.channel = channel.id;
      workspace.add({
        channel: channel.id,
        text: [optional(args, 'initial_comment') ?? '', ...links].join('\n').trim(),
        blocks: [],
        userId: workspace.bot.userId,
        isBot: true,
        via: 'chat.postMessage',
        sent: args,
      });
    }
    return { files: shared.map(({ name }) => ({ name, title: name })) };
  }

  function openIm(args: Arguments, { workspace }: ApiContext): Record<string, unknown> {
    const [user = ''] = required(args, 'users').split(',');
    if (!workspace.users.has(user)) throw new SlackRefusal('user_not_found');
    return { channel: { id: workspace.imOf(user).id } };
  }

  const methods: Readonly<Record<string, ApiMethod>> = {
    'conversations.open': { token: 'bot', scopes: () => ['im:write'], run: openIm },
    'files.getUploadURLExternal': { token: 'bot', scopes: () => ['files:write'], run: askForUrl },
    'files.completeUploadExternal': { token: 'bot', scopes: () => ['files:write'], run: complete },
  };

  return {
    methods,
    /** Every file whose bytes arrived, in the order in which their addresses were given out. */
    list(): readonly SharedFile[] {
      return [...uploads.values()].flatMap(({ channel, content, name }) =>
        content === undefined ? [] : [{ name, content, channel }],
      );
    },
    /** Takes the bytes of an upload, and gives them to whoever opens the file. */
    async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
      const upload = [...uploads.values()].find((one) => one.path === path);
      const answer = (status: number, body: string, type = 'text/plain; charset=utf-8') =>
        write(response, { status, headers: { 'content-type': type }, body });
      if (upload === undefined) return answer(404, 'no such file');
      if (request.method !== 'POST') return answer(200, upload.content ?? '', 'text/csv; charset=utf-8');
      const content = await readBody(request);
      if (Buffer.byteLength(content) !== upload.length) return answer(400, 'not as long as announced');
      upload.content = content;
      return answer(200, `OK - ${upload.length}`);
    },
  };
}
