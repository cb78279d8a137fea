/** Writes one line: facts first, then a sentence. Fields never hold secrets, customers' names or what people searched. */
type LogLine = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** The narrow part of a logger that the product uses (pino's shape). */
export interface Log {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}
