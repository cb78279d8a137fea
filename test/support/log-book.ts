import type { Log } from '../../src/domain/log.ts';

/** One logged line. */
interface Line {
  readonly level: keyof Log;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A logger that keeps its lines for the test. */
export function createLogBook(): Log & { readonly lines: readonly Line[]; asText(): string } {
  const lines: Line[] = [];
  const note = (level: keyof Log) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push({ level, fields, message });
  };
  return {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    lines,
    asText: () => JSON.stringify(lines),
  };
}
