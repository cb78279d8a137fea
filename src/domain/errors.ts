/**
 * A failure with a stable code, listed in docs/operations.md. The message is for the operator: it says what was
 * understood and what to do next, and never holds a secret or a customer's name.
 */
export class PulseError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The configuration cannot be used: every problem at once, by variable name. Exit code 78. */
export class ConfigurationError extends PulseError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('CONFIGURATION', `Configuration problems:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The message of whatever was thrown, without its stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
