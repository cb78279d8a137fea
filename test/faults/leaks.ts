import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way a secret could be written by accident: as it is, in URLs, in JSON, in base64 at any offset. */
function spellings(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64');
    return text.slice(offset === 0 ? 0 : 4, Math.floor(text.length / 4) * 4 - 4);
  });
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...inBase64];
}

/** Where secrets stand although they should not: names of files and numbers of texts. */
export function findLeaks(
  secrets: readonly string[],
  where: { readonly folder: string; readonly texts: readonly string[] },
): string[] {
  const wanted = [...new Set(secrets.flatMap(spellings))];
  const holds = (text: string): boolean => wanted.some((spelling) => text.includes(spelling));
  const files = existsSync(where.folder)
    ? readdirSync(where.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
  return [
    ...files.filter((path) => holds(readFileSync(path, 'latin1'))),
    ...where.texts.flatMap((text, index) => (holds(text) ? [`text ${index}`] : [])),
  ];
}
