import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './route.ts';

/** Files that are not part of the API: they lie behind links that carry their own permission for a while. */
export interface FileLinks {
  /** A fresh link to a file. */
  issue(name: string, read: () => string): string;
  /** What the file's server answers: S3 knows signatures, and refuses callers who bring another credential as well. */
  answer(url: URL, headers: IncomingHttpHeaders): Answer;
  /** Ends the life of all links that exist. */
  expire(): void;
}

/** How long a link lives, as the API says in its answer. */
export const LINK_SECONDS = 300;

function xmlError(status: number, code: string, message: string): Answer {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, text, type: 'application/xml' };
}

/** Creates the file server of a simulator that is reached at `origin`. */
export function createFileLinks(origin: () => string): FileLinks {
  const links = new Map<string, { readonly path: string; readonly read: () => string; until: number }>();

  return {
    issue(name, read) {
      const path = `/files/${encodeURIComponent(name)}`;
      const signature = createHash('sha256').update(`${path} ${links.size}`).digest('hex');
      links.set(signature, { path, read, until: Date.now() + LINK_SECONDS * 1_000 });
      const query = new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Expires': String(LINK_SECONDS),
        'X-Amz-Signature': signature,
      });
      return `${origin()}${path}?${query.toString()}`;
    },
    answer(url, headers) {
      if (headers.authorization !== undefined) {
        return xmlError(400, 'InvalidArgument', 'Only one auth mechanism allowed');
      }
      const link = links.get(url.searchParams.get('X-Amz-Signature') ?? '');
      if (!link || link.path !== url.pathname)
        return xmlError(403, 'SignatureDoesNotMatch', 'Wrong signature');
      if (Date.now() > link.until) return xmlError(403, 'AccessDenied', 'Request has expired');
      return { status: 200, text: link.read(), type: 'binary/octet-stream' };
    },
    expire() {
      for (const link of links.values()) link.until = 0;
    },
  };
}
