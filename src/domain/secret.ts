/**
 * What reading a refused secret again brought: another one, the same, nothing, no file to read, or none by its nature: it came
 * from a variable.
 */
export type Renewal = 'renewed' | 'same' | 'empty' | 'unreadable' | 'fixed';

/** The file a secret came from, and how to read it. */
export interface SecretFile {
  readonly path: string;
  /** May throw. */
  readonly read: (path: string) => string;
}

/** A secret as it travels into a thread of this process, and nowhere else. */
export interface SecretCopy {
  readonly value: string;
  /** The file it came from. */
  readonly path?: string;
}

/** A value that must not reach a log, an error or JSON by accident: only `reveal()` gives it. */
export class Secret {
  #value: string;
  readonly #values: Set<string>;
  readonly #file: SecretFile | undefined;
  readonly #onRenewed: ((value: string) => void) | undefined;

  /** `onRenewed` hears every further value that the secret takes. */
  constructor(value: string, file?: SecretFile, onRenewed?: (value: string) => void) {
    this.#value = value;
    this.#values = new Set([value]);
    this.#file = file;
    this.#onRenewed = onRenewed;
  }

  /** The value itself, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  /** Every value it has had, for whoever has to keep them out of something. */
  values(): readonly string[] {
    return [...this.#values];
  }

  copy(): SecretCopy {
    return { value: this.#value, ...(this.#file && { path: this.#file.path }) };
  }

  /** Takes another value, found by whoever has a copy of this secret. */
  adopt(value: string): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#values.add(value);
    this.#onRenewed?.(value);
  }

  /** Reads the file again after a value was refused: `renewed` when `reveal()` gives another one than that now. Never throws. */
  renew(refused: string): Renewal {
    // Several requests may have been under way with it: the first of them reads.
    if (this.#value !== refused) return 'renewed';
    if (!this.#file) return 'fixed';
    let found: string;
    try {
      found = this.#file.read(this.#file.path).trim();
    } catch {
      return 'unreadable';
    }
    if (found === '') return 'empty';
    this.adopt(found);
    return found === refused ? 'same' : 'renewed';
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }
}
