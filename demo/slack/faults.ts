/** Scripted trouble: what the simulated Slack does to the next calls of a method. */

/**
 * How a call goes wrong. `accept` says whether Slack did the work before it failed to say so: the ambiguous
 * cases a sender must not answer with a second post.
 */
export type FaultMode =
  /** `{"ok":false,"error":...}`, for example `channel_not_found`, or `fatal_error` with `accept`. */
  | {
      readonly kind: 'error';
      readonly error: string;
      readonly accept?: boolean;
      readonly messages?: readonly string[];
    }
  /** An HTTP status such as 503. */
  | { readonly kind: 'status'; readonly status: number; readonly accept?: boolean; readonly body?: string }
  /** 429, with `Retry-After` as given (a number of seconds or any text) or without the header. */
  | { readonly kind: 'rate-limited'; readonly retryAfter?: number | string }
  /** 200 and a page of HTML, as a proxy in front of Slack answers. */
  | { readonly kind: 'html'; readonly accept?: boolean }
  /** 200 and the first half of the answer, then the connection ends. */
  | { readonly kind: 'cut'; readonly accept?: boolean }
  /** The connection is reset before any answer. */
  | { readonly kind: 'reset'; readonly accept?: boolean }
  /** No answer until `release()` of the returned handle, or for ever. */
  | { readonly kind: 'hang'; readonly accept?: boolean }
  /** 200 and exactly this body, for example `{"ok":true}` without a `ts`. */
  | { readonly kind: 'answer'; readonly body: string; readonly accept?: boolean };

/** Which calls go wrong, how often, and how. */
export interface Fault {
  /** A Web API method, `*` for all of them, or `response_url`. */
  readonly method: string;
  /** Only calls for this channel. */
  readonly channel?: string;
  /** Calls that pass before the first fault. Default 0. */
  readonly after?: number;
  /** Calls that go wrong. Default 1; `Infinity` until `stop()`. */
  readonly times?: number;
  readonly mode: FaultMode;
}

/** A scripted fault in force. */
export interface FaultHandle {
  /** Calls that went wrong so far. */
  readonly hits: number;
  /** Ends the fault. */
  stop(): void;
  /** Lets hanging calls get their answer. */
  release(): void;
}

/** A fault that hit a call, and what a hanging call waits for. */
export interface FaultHit {
  readonly mode: FaultMode;
  readonly released: Promise<void>;
}

/** The script: faults are tried in the order they were added. */
export interface Faults {
  add(fault: Fault): FaultHandle;
  take(method: string, channel: string | undefined): FaultHit | undefined;
  clear(): void;
}

/** An empty script. */
export function createFaults(): Faults {
  interface Entry {
    readonly fault: Fault;
    passing: number;
    left: number;
    hits: number;
    readonly released: Promise<void>;
    readonly release: () => void;
  }
  let entries: Entry[] = [];
  return {
    add(fault) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const entry: Entry = {
        fault,
        passing: fault.after ?? 0,
        left: fault.times ?? 1,
        hits: 0,
        released: promise,
        release: () => resolve(undefined),
      };
      entries.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        stop: () => {
          entries = entries.filter((other) => other !== entry);
        },
        release: entry.release,
      };
    },
    take(method, channel) {
      for (const entry of entries) {
        const { fault } = entry;
        if (fault.method !== method && !(fault.method === '*' && method !== 'response_url')) continue;
        if ((fault.channel !== undefined && fault.channel !== channel) || entry.left <= 0) continue;
        if (entry.passing > 0) {
          entry.passing -= 1;
          continue;
        }
        entry.left -= 1;
        entry.hits += 1;
        return { mode: fault.mode, released: entry.released };
      }
      return undefined;
    },
    clear() {
      for (const entry of entries) entry.release();
      entries = [];
    },
  };
}
