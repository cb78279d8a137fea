import type { WebClient } from '@slack/web-api';
import type { SendOutcome, SentFile } from '../commands/command.ts';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { outcomeOf } from './outcome.ts';

/** What sending works with. `scopes`: those of the token, undefined when Slack did not say. */
export interface FileSenderDeps {
  readonly client: WebClient;
  readonly scopes: () => readonly string[] | undefined;
  readonly log: Log;
}

/** To open the direct message, and to put files into it. */
export const FILE_SCOPES = ['files:write', 'im:write'] as const;
const UPLOAD_TIMEOUT_MS = 20_000;

/** The address to upload to is good for one file and needs no credential. */
async function upload(
  client: WebClient,
  { content, name }: SentFile,
): Promise<{ id: string; title: string }> {
  const bytes = Buffer.from(content, 'utf8');
  const { file_id: id = '', upload_url: url = '' } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  const response = await fetch(url, {
    method: 'POST',
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
  return { id, title: name };
}

function toOutcome(error: unknown): SendOutcome {
  const outcome = outcomeOf({ error });
  const code = 'code' in outcome ? outcome.code : outcome.kind;
  return code === 'missing_scope'
    ? { kind: 'missing-scope', scopes: FILE_SCOPES }
    : { kind: 'refused', code };
}

/** Sends files to one person in the direct message with the bot, where the optional scopes allow it. Never rejects. */
export function createFileSender({ client, log, scopes }: FileSenderDeps) {
  return async function sendFiles(
    userId: string,
    files: readonly SentFile[],
    sentence: string,
  ): Promise<SendOutcome> {
    const missing = FILE_SCOPES.filter((scope) => scopes()?.includes(scope) === false);
    if (missing.length > 0) return { kind: 'missing-scope', scopes: missing };
    try {
      const { channel } = await client.conversations.open({ users: userId });
      const [first, ...others] = await Promise.all(files.map((file) => upload(client, file)));
      if (!first) return { kind: 'refused', code: 'no_files' };
      await client.files.completeUploadExternal({
        files: [first, ...others],
        channel_id: channel?.id ?? '',
        initial_comment: sentence,
      });
      return { kind: 'sent' };
    } catch (error) {
      log.warn({ error: reasonOf(error).slice(0, 200) }, 'Slack did not take files');
      return toOutcome(error);
    }
  };
}
