const LONGEST_EXCERPT = 120;
const TAGS = /<[^<>]{0,2000}>/g;
const MAIL = /[^\s@<>"'()[\],;:]{1,64}@[^\s@<>"'()[\],;:]{1,255}/g;
const OPAQUE = /[\w+/=.~-]{24,}/g;

/**
 * At most 120 characters of an answer for an error message: no tags, no mail address, no known secret, and nothing
 * that looks like a credential (24 or more unbroken characters with a digit among them).
 */
export function excerptOf(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) if (secret !== '') safe = safe.replaceAll(secret, '***');
  safe = safe
    .toWellFormed()
    .replace(TAGS, ' ')
    .replace(MAIL, '***')
    .replace(OPAQUE, (run) => (/\d/.test(run) ? '***' : run))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return safe.slice(0, LONGEST_EXCERPT).toWellFormed();
}

/** The same failure with name, code and message alone: network errors carry sockets and raw answers as properties. */
export function plainCause(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(typeof error);
  const plain: Error & { code?: string } = new Error(excerptOf(error.message, []));
  plain.name = error.name;
  if ('code' in error && typeof error.code === 'string') plain.code = error.code;
  return plain;
}
