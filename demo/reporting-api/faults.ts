/** What goes wrong with an answer. */
export type Fault =
  /** Another status, with whatever body. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** A gateway's HTML page, declared as JSON when `lying`. */
  | { readonly kind: 'html'; readonly status?: number; readonly lying?: boolean }
  /**
   * The true answer, cut after `bytes`: `length` announces the full content length, `chunked` breaks off without
   * the last chunk, `quiet` ends properly as if the shorter body were all.
   */
  | { readonly kind: 'truncate'; readonly bytes: number; readonly how?: 'length' | 'chunked' | 'quiet' }
  /** The true answer, `bytes` at a time, every `everyMs`. */
  | { readonly kind: 'drip'; readonly bytes?: number; readonly everyMs?: number }
  /** No answer at all; with `afterHeaders` the status and headers come, and then nothing. */
  | { readonly kind: 'hang'; readonly afterHeaders?: boolean }
  /** The connection is torn down. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** The true answer, changed: a renamed field, a `next` that never ends, half of an export. */
  | { readonly kind: 'alter'; readonly alter: (body: unknown) => unknown };

/** Which requests are affected. */
export type FaultRule = Fault & {
  readonly method?: 'GET' | 'POST';
  /** Matched against the path from `/rest/3` on, with `?` and the parameters when there are any. */
  readonly path?: RegExp;
  /** Fitting requests that pass before the first fault. */
  readonly after?: number;
  /** How many requests; until cleared when absent. */
  readonly times?: number;
};

/** The scripted faults of one simulator. */
export function createFaults() {
  let rules: { readonly rule: FaultRule; passing: number; left: number }[] = [];

  return {
    /** Adds a rule; the returned function clears it. */
    add(rule: FaultRule): () => void {
      const entry = { rule, passing: rule.after ?? 0, left: rule.times ?? Infinity };
      rules.push(entry);
      return () => {
        rules = rules.filter((other) => other !== entry);
      };
    },
    /** The first rule that fits the request, used up by one. */
    take(method: string, target: string): Fault | undefined {
      const entry = rules.find((one) => {
        const { left, rule } = one;
        const fits =
          (rule.method ?? method) === method && (rule.path === undefined || rule.path.test(target));
        if (!fits || left <= 0) return false;
        one.passing -= 1;
        return one.passing < 0;
      });
      if (!entry) return undefined;
      entry.left -= 1;
      return entry.rule;
    },
    clear(): void {
      rules = [];
    },
  };
}
