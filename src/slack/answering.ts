import { randomBytes } from 'node:crypto';
import { reasonOf } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { Answer, Block, Form, FormOutcome, Message } from '../domain/message.ts';
import type { Asker, Right, Verdict } from './access.ts';
import { degrade } from './degrade.ts';
import { homeSaying } from '../messages/home.ts';
import type { Wait } from './wait.ts';
import { type StoreTrouble, troubleOf } from '../store/store-trouble.ts';

/** A question that may be answered. */
export interface AskRequest extends Asker {
  /** What stands after the command's name or the mention, the button's value, or all of a message. */
  readonly text: string;
  readonly source: 'command' | 'button' | 'form' | 'home' | 'mention' | 'shortcut';
  /** The thread in which it was asked, by its parent. */
  readonly threadTs?: string;
  /** Names what the person did, the same when it is done again: the message of a button, the trigger of a command. */
  readonly origin?: string;
}

/** The ways back to the asker. All are ephemeral; each rejects when Slack does not take it. */
export interface ReplyPaths {
  /** Confirms the request, with a message when there is one yet. Once. */
  readonly ack: (message?: Message) => Promise<void>;
  /** Slack's response URL: five times, for thirty minutes. */
  readonly respond?: (message: Message) => Promise<void>;
  /** `chat.postEphemeral`: works only where the bot is a member. */
  readonly postEphemeral: (message: Message) => Promise<void>;
  /** Opens a form, within three seconds of what the person did. */
  readonly openForm?: (form: Form) => Promise<void>;
}

/** A form that was filled in: the values of its blocks; `isKept`: what stood there when it was opened. */
export interface FormRequest extends Omit<AskRequest, 'text'> {
  readonly entries: readonly { readonly id: string; readonly text: string; readonly isKept?: boolean }[];
}

/** The ways back to who filled in a form. */
export interface FormPaths {
  /** Confirms it, with what is wrong by block. Once. */
  readonly ack: (errors?: Readonly<Record<string, string>>) => Promise<void>;
  readonly postEphemeral: (message: Message) => Promise<void>;
}

/** The Home tab as it is shown to somebody. */
export interface HomePaths {
  readonly publish: (blocks: readonly Block[]) => Promise<void>;
}

/** What answering works with. */
export interface AnsweringDeps {
  readonly decide: (request: AskRequest) => Promise<Verdict>;
  /** The same for a form that is still being filled in, which is no question yet. Default: `decide`. */
  readonly check?: (request: AskRequest) => Promise<Verdict>;
  /** `rights`: what is granted to this person in this place. */
  readonly answer: (request: AskRequest, rights: readonly Right[]) => Promise<Answer>;
  /** What comes of a form. Undefined: it is none of ours. */
  readonly submit?: (request: FormRequest, rights: readonly Right[]) => Promise<FormOutcome | undefined>;
  /** The block of a form that follows what is filled in; undefined: none does. */
  readonly refresh?: (request: FormRequest, rights: readonly Right[]) => Promise<Block | undefined>;
  /** The Home tab of somebody who may see it. Without it Home says nothing but why it is empty. */
  readonly home?: (request: AskRequest, rights: readonly Right[]) => Promise<readonly Block[]>;
  /** Hears of every attempt, allowed or not, before it is answered. Its failure is logged and changes nothing. */
  readonly audit?: (request: AskRequest, verdict: Verdict) => Promise<void>;
  readonly wait: Wait;
  readonly log: Log;
}

/** Slack shows an error after three seconds without a word; people get impatient before that. */
const ACK_AFTER_MS = 400;
const WORKING: Message = { text: 'One moment …', blocks: [] };

/** Why nothing could be recorded of what somebody asked for. What only reads is answered all the same. */
const UNWRITTEN: Readonly<Record<StoreTrouble, string>> = {
  STORE_UNWRITABLE:
    'My disk takes nothing at the moment, so nothing was recorded and nothing was changed. The person who runs this app has to make room; then please try again.',
  STORE_BUSY:
    'Another program holds my database at the moment, so nothing was recorded and nothing was changed. Please try again in a minute; if it lasts, tell the person who runs this app.',
};

const NOTHING_HERE = 'There is nothing here.';

function says(text: string): Message {
  return { text, blocks: [] };
}

/** Answers questions so that the final word always arrives: in the ack, by the response URL or by `chat.postEphemeral`. */
export function createAnswering({
  answer,
  audit,
  decide,
  check = decide,
  home,
  log,
  refresh,
  submit,
  wait,
}: AnsweringDeps) {
  async function note(request: AskRequest, verdict: Verdict): Promise<void> {
    try {
      await audit?.(request, verdict);
    } catch (error) {
      log.error({ error: reasonOf(error) }, 'an attempt could not be audited');
    }
  }

  function apology(error: unknown): Message {
    const reference = randomBytes(4).toString('hex');
    log.error(
      { reference, error: reasonOf(error), stack: error instanceof Error ? error.stack : undefined },
      'a question could not be answered',
    );
    const trouble = troubleOf(error);
    if (trouble) return says(`${UNWRITTEN[trouble]} (reference ${reference})`);
    return says(
      `Something went wrong (reference ${reference}). Please try again; if it happens again, give the reference to the person who runs this app.`,
    );
  }

  async function compose(request: AskRequest): Promise<Answer> {
    try {
      const verdict = await decide(request);
      await note(request, verdict);
      return verdict.allowed ? await answer(request, verdict.rights) : says(verdict.sentence);
    } catch (error) {
      return apology(error);
    }
  }

  async function composeHome(request: AskRequest): Promise<readonly Block[]> {
    try {
      const verdict = await decide(request);
      await note(request, verdict);
      if (!verdict.allowed) return homeSaying(verdict.sentence);
      return (await home?.(request, verdict.rights)) ?? homeSaying(NOTHING_HERE);
    } catch (error) {
      return homeSaying(apology(error).text);
    }
  }

  const asAsked = (request: FormRequest): AskRequest => ({
    ...request,
    text: request.entries.map(({ text }) => text).join('; '),
  });

  async function composeOutcome(request: FormRequest): Promise<FormOutcome> {
    try {
      const asked = asAsked(request);
      const verdict = await decide(asked);
      await note(asked, verdict);
      if (!verdict.allowed) return { message: says(verdict.sentence) };
      return (
        (await submit?.(request, verdict.rights)) ?? { message: says('I do not know that form any more.') }
      );
    } catch (error) {
      return { message: apology(error) };
    }
  }

  /** Opens the form of an answer. False: it has none, or it could not be opened. */
  async function tryForm({ form }: Answer, { openForm }: ReplyPaths): Promise<boolean> {
    if (!form || !openForm) return false;
    try {
      await openForm(form);
      return true;
    } catch (error) {
      log.warn({ error: reasonOf(error).slice(0, 200) }, 'Slack did not open a form');
      return false;
    }
  }

  /** Tries the ways back in order, with the text alone on the second try of each. Never rejects. */
  async function send(message: Message, paths: Pick<ReplyPaths, 'respond' | 'postEphemeral'>): Promise<void> {
    const plain = degrade(message).at(-1) ?? message;
    const tries = [paths.respond, paths.postEphemeral].flatMap((path) =>
      path ? [() => path(message), () => path(plain)] : [],
    );
    for (const attempt of tries) {
      try {
        return await attempt();
      } catch (error) {
        log.warn({ error: reasonOf(error).slice(0, 200) }, 'Slack did not take an answer');
      }
    }
    log.error({}, 'an answer could not be delivered in any way');
  }

  async function tryAck(ack: ReplyPaths['ack'], message?: Message): Promise<boolean> {
    try {
      await ack(message);
      return true;
    } catch (error) {
      log.warn({ error: reasonOf(error).slice(0, 200) }, 'Slack did not take an ack');
      return false;
    }
  }

  return {
    /** Answers a slash command: in the ack when the answer is there in time, otherwise right after it. Never rejects. */
    async answerCommand(request: AskRequest, paths: ReplyPaths): Promise<void> {
      const composing = compose(request);
      const isOver = new AbortController();
      const early = await Promise.race([composing, wait(ACK_AFTER_MS, isOver.signal)]);
      isOver.abort();
      // A form is opened on the way; the ack then carries nothing.
      const isForm = early?.form !== undefined && paths.openForm !== undefined;
      const isAcked = await tryAck(paths.ack, isForm ? undefined : (early ?? WORKING));
      if (early && isAcked && !isForm) return;
      const answered = await composing;
      if (!(await tryForm(answered, paths))) await send(answered, paths);
    },

    /** Answers a click: the message with the button stays, the answer is shown below it. Never rejects. */
    async answerClick(request: AskRequest, paths: ReplyPaths): Promise<void> {
      await tryAck(paths.ack);
      const answered = await compose(request);
      if (!(await tryForm(answered, paths))) await send(answered, paths);
    },

    /** Shows the Home tab: all of it, or the sentence that says why there is none. Never rejects. */
    async showHome(request: AskRequest, { publish }: HomePaths): Promise<void> {
      const blocks = await composeHome(request);
      const tries = [blocks, homeSaying('This page is too much for Slack. Type the command status instead.')];
      for (const attempt of tries) {
        try {
          return await publish(attempt);
        } catch (error) {
          log.warn({ error: reasonOf(error).slice(0, 200) }, 'Slack did not take the Home tab');
        }
      }
    },

    /** Follows what somebody chooses in an open form. What cannot be followed stays as it is: sending it says why. */
    async answerChange(
      request: FormRequest,
      {
        ack,
        update,
      }: { readonly ack: () => Promise<void>; readonly update: (block: Block) => Promise<void> },
    ): Promise<void> {
      await tryAck(ack);
      try {
        const verdict = await check(asAsked(request));
        const block = verdict.allowed ? await refresh?.(request, verdict.rights) : undefined;
        if (block) await update(block);
      } catch (error) {
        log.warn({ error: reasonOf(error).slice(0, 200) }, 'a form did not follow what was filled in');
      }
    },

    /** Takes a form that was filled in: what is wrong stands beside its fields, otherwise the outcome is said. */
    async answerForm(request: FormRequest, paths: FormPaths): Promise<void> {
      const outcome = await composeOutcome(request);
      const errors = 'errors' in outcome ? outcome.errors : undefined;
      await tryAck(() => paths.ack(errors));
      if ('message' in outcome) await send(outcome.message, paths);
    },
  };
}
