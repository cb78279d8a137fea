import { type BodyLimits, type RawBody, readBytes } from './body.ts';

const ERROR_BODY_LIMITS: BodyLimits = { wireBytes: 16_384, inflatedBytes: 16_384 };

/** The API's own words in an error answer: `errors[].message` where there is one, otherwise the text. */
function wordsOf(text: string): string {
  try {
    const parsed = JSON.parse(text) as {
      errors?: { message?: unknown; title?: unknown; detail?: unknown }[];
    };
    const words = (parsed.errors ?? []).map((one) => one.message ?? one.detail ?? one.title);
    return words.filter((word) => typeof word === 'string').join('; ') || text;
  } catch {
    return text;
  }
}

/** What an error answer says, unredacted; empty when it cannot be read. At most 16 kB are looked at. */
export async function readErrorText(body: RawBody): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readBytes(body, ERROR_BODY_LIMITS)) chunks.push(chunk);
  } catch {
    // The status is the news; an explanation that cannot be read adds nothing to it.
  }
  return wordsOf(Buffer.concat(chunks).toString('utf8'));
}
