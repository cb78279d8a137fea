import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../domain/day.ts';
import { DOCUMENT_LIMITS, EXPORT_LIMITS, opensJson, readDocument } from './body.ts';
import {
  ApiNotJsonError,
  ApiUnavailableError,
  ClientClosedError,
  FileRefusedError,
  ReportingError,
} from './errors.ts';
import { type PathNames, spokenPath } from './origin.ts';
import type { Call, Requester } from './request.ts';
import { decideRetry, type Outcome } from './retry.ts';

/** One question to the API, whatever number of tries it takes. */
export interface Question {
  readonly method?: 'GET' | 'POST';
  /** The path template below `/rest/3/`. */
  readonly path: string;
  /** What fills the template's `{names}`. */
  readonly names: PathNames;
  readonly query?: URLSearchParams;
  /** What a POST says; `{}` when absent. */
  readonly body?: object;
  readonly signal?: AbortSignal;
  /** Called for each request, tries included. */
  readonly onSend?: () => void;
  /** Asked once, whatever comes of it. */
  readonly isSingle?: boolean;
}

/** A file that an answer links to. */
export interface LinkedFile {
  /** Asks the API for a fresh link. */
  readonly link: () => Promise<string>;
  /** What the file belongs to, for messages. */
  readonly resource: string;
  readonly signal?: AbortSignal;
  readonly onSend?: () => void;
}

/** A try that failed and will be repeated. */
export interface RetryNotice {
  readonly resource: string;
  /** The number of tries so far. */
  readonly attempt: number;
  readonly afterMs: number;
  readonly outcome: Outcome;
}

/** Asks questions: tries, deadlines and sizes are settled here. */
export interface Transport {
  /** A whole JSON document. */
  readonly document: (question: Question) => Promise<unknown>;
  /** The bytes of a large document; tried again only until its first byte has arrived. */
  readonly stream: (question: Question) => Promise<AsyncGenerator<Buffer, void, undefined>>;
  /** The bytes of a linked file, within the time of a download. A link that is refused is asked for anew, once. */
  readonly file: (file: LinkedFile) => Promise<AsyncGenerator<Buffer, void, undefined>>;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly now: () => Instant;
  /** Ends everything under way. */
  readonly close: () => Promise<void>;
}

/** The clock, the dice and the limits of a transport. Times in ms. */
export interface TransportOptions {
  readonly requester: Requester;
  readonly random: () => number;
  readonly now: () => Instant;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onRetry?: (notice: RetryNotice) => void;
  /** For a document: time on the wire over all its tries, waits not counted. */
  readonly requestMs: number;
  /** For a stream, from the request to its last byte. */
  readonly downloadMs: number;
}

type Bytes = AsyncGenerator<Buffer, void, undefined>;

/** White space before a document: more than this is no document. */
const LONGEST_BLANK_START = 65_536;

async function* startingWith(first: Buffer[], rest: Bytes): Bytes {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** The same bytes; when `deadline` cuts them off, the error says so instead of a bare TimeoutError. */
async function* within(deadline: AbortSignal, lateError: () => Error, bytes: Bytes): Bytes {
  try {
    yield* bytes;
  } catch (error) {
    throw error === deadline.reason ? lateError() : error;
  }
}

/** Creates a transport. Aborting a question's signal throws the signal's reason. */
export function createTransport(options: TransportOptions): Transport {
  const { requester, random, now, onRetry } = options;
  const closing = new AbortController();
  const sleep =
    options.wait ??
    ((ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }).then(() => undefined));

  const signals = (signal: AbortSignal | undefined): AbortSignal =>
    signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;

  async function wait(ms: number, signal?: AbortSignal): Promise<void> {
    const either = signals(signal);
    either.throwIfAborted();
    try {
      await sleep(ms, either);
    } finally {
      either.throwIfAborted();
    }
  }

  async function withTries<T>(
    question: Question,
    budgetMs: number,
    limits: Call['limits'],
    read: (bytes: Bytes) => Promise<T>,
  ): Promise<T> {
    const { body, method = 'GET', names, path, query = new URLSearchParams() } = question;
    const resource = spokenPath(path);
    const outer = signals(question.signal);
    let leftMs = budgetMs;
    for (let attempt = 1; ; attempt += 1) {
      outer.throwIfAborted();
      const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(leftMs)));
      const lateError = () =>
        new ApiUnavailableError(`${method} ${resource} gave no complete answer within ${budgetMs} ms.`);
      const startedAt = performance.now();
      try {
        question.onSend?.();
        const call = { method, path, names, query, limits, ...(body ? { body } : {}) };
        const bytes = await requester.send(call, AbortSignal.any([outer, deadline]));
        return await read(within(deadline, lateError, bytes));
      } catch (error) {
        outer.throwIfAborted();
        if (error === deadline.reason) throw lateError();
        leftMs -= performance.now() - startedAt;
        const outcome = error instanceof ReportingError ? error.outcome : undefined;
        if (!outcome || question.isSingle) throw error;
        const decision = decideRetry(attempt, outcome, now(), random);
        if (!decision.retry) throw error;
        onRetry?.({ resource, attempt, afterMs: decision.afterMs, outcome });
        await wait(decision.afterMs, question.signal);
      }
    }
  }

  /** Reads until the first byte that is not white space, so that a lying answer is found while it can be retried. */
  async function checkStart(bytes: Bytes): Promise<Bytes> {
    const first: Buffer[] = [];
    let blank = 0;
    for (;;) {
      const { done, value } = await bytes.next();
      if (done) return startingWith(first, bytes);
      first.push(value);
      const opens = opensJson(value);
      if (opens === true) return startingWith(first, bytes);
      blank += value.length;
      if (opens === false || blank > LONGEST_BLANK_START) {
        await bytes.return();
        const text = requester.excerpt(value.toString('utf8', 0, 4_096));
        throw new ApiNotJsonError(`The answer is not JSON: "${text}"`, { outcome: { kind: 'unreadable' } });
      }
    }
  }

  /** One try of a file. A link is worth one request: it carries its own permission and lives for minutes. */
  async function fileOnce({ link, onSend, resource, signal }: LinkedFile): Promise<Bytes> {
    const outer = signals(signal);
    const address = await link();
    const deadline = AbortSignal.timeout(options.downloadMs);
    const lateError = () =>
      new ApiUnavailableError(`The file of ${resource} was not complete within ${options.downloadMs} ms.`);
    onSend?.();
    try {
      return within(
        deadline,
        lateError,
        await requester.download(address, resource, AbortSignal.any([outer, deadline])),
      );
    } catch (error) {
      outer.throwIfAborted();
      throw error === deadline.reason ? lateError() : error;
    }
  }

  async function file(wanted: LinkedFile): Promise<Bytes> {
    try {
      return await fileOnce(wanted);
    } catch (error) {
      const isExpired = error instanceof FileRefusedError && error.status !== undefined;
      const isLost = error instanceof ReportingError && error.outcome !== undefined;
      if (!isExpired && !isLost) throw error;
      return fileOnce(wanted);
    }
  }

  return {
    file,
    document: (question) =>
      withTries(question, options.requestMs, DOCUMENT_LIMITS, (bytes) =>
        readDocument(bytes, requester.excerpt),
      ),
    stream: (question) => withTries(question, options.downloadMs, EXPORT_LIMITS, checkStart),
    wait,
    now,
    close: async () => {
      closing.abort(new ClientClosedError('The Reporting API client was closed.'));
      await requester.close();
    },
  };
}
