import { Secret } from '../domain/secret.ts';
import { VARIABLES } from './variables.ts';

/** The environment as a plain record; empty values count as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and gathers every problem, so that all of them are told at once. */
export interface VariableReader {
  readonly problems: string[];
  text(name: string): string | undefined;
  secret(name: string): Secret | undefined;
  /** A required value: its absence is a problem that says what the value is. */
  required<Value>(name: string, value: Value | undefined, hint: string): Value | undefined;
  /** A value that must pass a check; `fallback` when it is not set. */
  checked<Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | undefined,
    hint: string,
  ): Value;
  /** A wrong value as a problem may show it: without what is, or looks like, a secret. */
  shown(value: string): string;
  /** Words separated by commas, each checked; undefined when not set. */
  list(name: string, shape: RegExp, hint: string): string[] | undefined;
}

/** What a secret looks like in a variable that it was put into by mistake. Source: Slack's and Atlassian's prefixes. */
const SECRET_SHAPE =
  /(?:xox[a-z][.-]|xapp-|ATATT|ATCTT)\S*|(?<=:\/\/)[^/\s]*@|(?<=:\/\/\S*)[?#]\S*|\b[0-9a-f]{32,}\b/gi;

const HIDDEN = '[hidden]';

/** Longer values are cut: a problem is one line. */
const LONGEST_SHOWN = 80;

/** `readFile` gives the content of the file that a `NAME_FILE` variable points to; it may throw. */
export function createVariableReader(env: Environment, readFile: (path: string) => string): VariableReader {
  const problems: string[] = [];

  function text(name: string): string | undefined {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  }

  function shown(value: string): string {
    const known = VARIABLES.flatMap(({ isSecret, name }) => (isSecret && text(name)) || []);
    const clean = known
      .reduce((rest, one) => rest.replaceAll(one, HIDDEN), value)
      .replace(SECRET_SHAPE, HIDDEN)
      .replace(/\p{Cc}+/gu, ' ');
    return clean.length <= LONGEST_SHOWN ? clean : `${clean.slice(0, LONGEST_SHOWN)}...`;
  }

  function secret(name: string): Secret | undefined {
    const direct = text(name);
    const path = text(`${name}_FILE`);
    // Who puts the secret itself into NAME_FILE has given us no path.
    const file = path !== undefined && /[./\\]/.test(path) ? `the file ${shown(path)}` : 'the file it names';
    if (direct !== undefined && path !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
    }
    if (direct !== undefined) return new Secret(direct);
    if (path === undefined) return undefined;
    try {
      const content = readFile(path).trim();
      if (content !== '') return new Secret(content, { path, read: readFile });
      problems.push(`${name}_FILE: ${file} is empty`);
    } catch {
      problems.push(`${name}_FILE: ${file} cannot be read`);
    }
    return undefined;
  }

  function required<Value>(name: string, value: Value | undefined, hint: string): Value | undefined {
    const told = problems.some((problem) => problem.startsWith(name));
    if (value === undefined && !told) problems.push(`${name} is not set: ${hint}`);
    return value;
  }

  function checked<Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | undefined,
    hint: string,
  ): Value {
    const value = text(name);
    if (value === undefined) return fallback;
    const parsed = parse(value);
    if (parsed === undefined) problems.push(`${name} is "${shown(value)}": ${hint}`);
    return parsed ?? fallback;
  }

  function list(name: string, shape: RegExp, hint: string): string[] | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const words = value.split(',').map((word) => word.trim());
    const wrong = words.filter((word) => !shape.test(word));
    if (wrong.length > 0)
      problems.push(`${name} contains ${wrong.map((word) => `"${shown(word)}"`).join(', ')}: ${hint}`);
    return words;
  }

  return { problems, text, secret, required, checked, shown, list };
}
