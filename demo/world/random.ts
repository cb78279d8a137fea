/** A seeded source of everything that looks accidental. Equal seeds give equal sequences on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [min, max], both included. */
  int(min: number, max: number): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** One entry of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** One value, by weight. */
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T;
  /** An independent source: drawing from one does not move the other. */
  fork(label: string): Random;
  /** A version 4 UUID. */
  uuid(): string;
  /** `length` characters of `0-9A-Z`. */
  code(length: number): string;
}

const SYMBOLS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** FNV-1a, 32 bit: turns a seed and a label into the state of a new source. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

/** A mulberry32 generator: 32 bits of state, ample for a few hundred thousand draws. */
export function createRandom(seed: number | string): Random {
  const origin = String(seed);
  let state = hash(origin);

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('cannot pick from an empty list');
    return list[Math.floor(next() * list.length)] as T;
  }

  function weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T {
    let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return pick(choices)[0];
  }

  function hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += Math.floor(next() * 65_536)
        .toString(16)
        .padStart(4, '0');
    return text.slice(0, length);
  }

  function code(length: number): string {
    let text = '';
    for (let index = 0; index < length; index += 1) text += SYMBOLS.charAt(Math.floor(next() * 36));
    return text;
  }

  return {
    next,
    int,
    pick,
    weighted,
    code,
    chance: (p) => next() < p,
    fork: (label) => createRandom(`${origin}/${label}`),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
  };
}

/**
 * Decides yes or no so that the share of yes follows the probabilities closely: a plain coin at five a week
 * would give empty weeks and weeks of twelve, and a demo partner whose every week looks like an accident.
 */
export function createQuota(random: Random): (p: number) => boolean {
  let owed = random.next();
  return (p) => {
    owed += p * (0.4 + 1.2 * random.next());
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
}
