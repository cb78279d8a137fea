import { quoted } from '../messages/kit/words.ts';
import type { Command, CommandContext } from './command.ts';
import { isFiller } from './filler-words.ts';
import { nearestWord } from './nearest-word.ts';

/** A command and the words it is asked with. */
export interface Resolved {
  readonly command: Command;
  readonly words: readonly string[];
}

/** Longer texts are no command in another order: each of their words would be tried. */
const MOST_WORDS = 12;

/** Singular and plural of a word as people type them. */
function numbersOf(word: string): string[] {
  return [`${word}s`, word.replace(/s$/, ''), word.replace(/es$/, ''), `${word}es`].filter(
    (one) => one !== word,
  );
}

function named(commands: readonly Command[], word: string): Command | undefined {
  return commands.find(({ words }) => words.includes(word));
}

function namedAlike(commands: readonly Command[], word: string): Command | undefined {
  for (const form of numbersOf(word)) {
    const command = named(commands, form);
    if (command) return command;
  }
  return undefined;
}

async function isUnderstood({ command, words }: Resolved, context: CommandContext): Promise<boolean> {
  return command.understands ? command.understands(words, context) : false;
}

/** The first word that names a command which takes all the others. */
async function findAmong(
  words: readonly string[],
  from: number,
  find: (word: string) => Command | undefined,
  context: CommandContext,
): Promise<Resolved | undefined> {
  if (words.length > MOST_WORDS) return undefined;
  for (const [index, word] of words.entries()) {
    const command = index < from ? undefined : find(word.toLowerCase());
    const resolved = command && { command, words: words.toSpliced(index, 1) };
    if (resolved && (await isUnderstood(resolved, context))) return resolved;
  }
  return undefined;
}

/**
 * The command that words ask for: the first word's, where that takes the others or nobody else does; one further on that
 * takes all others (`App 1 churn`, `churn explain`); or the singular or plural of one. `isSure`: it takes the words.
 */
export async function resolveCommand(
  words: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<(Resolved & { readonly isSure: boolean }) | undefined> {
  const [typed = '', ...rest] = words;
  const command = named(commands, typed.toLowerCase());
  const first = command && { command, words: rest };
  if (first && !first.command.understands) {
    // "lookup help" asks for help: what takes any words steps back before a command that takes its own.
    const [other = '', more] = rest;
    const about = more === undefined ? named(commands, other.toLowerCase()) : undefined;
    const asked = about && { command: about, words: [typed] };
    return asked && (await isUnderstood(asked, context))
      ? { ...asked, isSure: true }
      : { ...first, isSure: true };
  }
  if (first && (await isUnderstood(first, context))) return { ...first, isSure: true };
  const further = await findAmong(words, 1, (word) => named(commands, word), context);
  if (further) return { ...further, isSure: true };
  if (first) return { ...first, isSure: false };
  const alike = await findAmong(words, 0, (word) => namedAlike(commands, word), context);
  return alike && { ...alike, isSure: true };
}

function spoken(words: readonly string[]): string {
  return words.map((word) => (word.includes(' ') ? quoted(word) : word)).join(' ');
}

/** What was probably meant, as it would be typed: the first word mistyped, or a later one of a command that takes the others. */
export async function suggestCommand(
  words: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<string | undefined> {
  const all = commands.flatMap((command) => command.words);
  const [typed = '', ...rest] = words;
  const nearest = nearestWord(typed.toLowerCase(), all);
  if (nearest !== undefined) return spoken([nearest, ...rest]);
  const near = (word: string) => {
    const meant = isFiller(word) ? undefined : nearestWord(word, all);
    return meant === undefined ? undefined : named(commands, meant);
  };
  const further = await findAmong(words, 1, near, context);
  return further && spoken([further.command.words[0], ...further.words]);
}
