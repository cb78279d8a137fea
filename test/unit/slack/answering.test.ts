import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.ts';
import type { Message } from '../../../src/domain/message.ts';
import { decideAccess } from '../../../src/slack/access.ts';
import { type AskRequest, createAnswering, type ReplyPaths } from '../../../src/slack/answering.ts';
import { createLogBook } from '../../support/log-book.ts';

const REQUEST: AskRequest = { userId: 'U1', channelId: 'C1', teamId: 'T1', text: 'churn', source: 'command' };
const ANSWER: Message = { text: 'Seven left.', blocks: [{ type: 'divider' }] };

function setUp(
  change: Partial<Parameters<typeof createAnswering>[0]> = {},
  broken: readonly (keyof ReplyPaths)[] = [],
) {
  const said: [string, Message | undefined][] = [];
  const log = createLogBook();
  const answering = createAnswering({
    decide: async () => ({ allowed: true, rights: ['ask'] }),
    answer: async () => ANSWER,
    wait: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    log,
    ...change,
  });
  const way = (name: keyof ReplyPaths) => async (message?: Message) => {
    said.push([name, message]);
    if (broken.includes(name)) throw new Error(`${name} is broken`);
  };
  const paths = { ack: way('ack'), respond: way('respond'), postEphemeral: way('postEphemeral') };
  return { answering, paths, said, log };
}

describe('a command', () => {
  it('is answered in its ack', async () => {
    const { answering, paths, said } = setUp();
    await answering.answerCommand(REQUEST, paths);
    expect(said).toEqual([['ack', ANSWER]]);
  });

  it('whose ack fails is answered all the same', async () => {
    const { answering, paths, said } = setUp({}, ['ack']);
    await answering.answerCommand(REQUEST, paths);
    expect(said).toEqual([
      ['ack', ANSWER],
      ['respond', ANSWER],
    ]);
  });

  it('that takes long is acked first', async () => {
    const gate = Promise.withResolvers<Message>();
    const { answering, paths, said } = setUp({ answer: () => gate.promise, wait: async () => {} });
    const answered = answering.answerCommand(REQUEST, paths);
    await new Promise(setImmediate);
    expect(said.map(([name]) => name)).toEqual(['ack']);
    gate.resolve(ANSWER);
    await answered;
    expect(said.at(-1)).toEqual(['respond', ANSWER]);
  });

  it.each([
    ['SQLITE_FULL', 'database or disk is full', 'My disk takes nothing at the moment'],
    ['SQLITE_IOERR_WRITE', 'disk I/O error', 'My disk takes nothing at the moment'],
    ['SQLITE_BUSY', 'database is locked', 'Another program holds my database at the moment'],
  ])('that cannot be recorded for %s says why, and not in SQLite’s words', async (code, raw, why) => {
    const { answering, log, paths, said } = setUp({
      answer: () => Promise.reject(Object.assign(new Error(raw), { code })),
    });
    await answering.answerCommand(REQUEST, paths);
    const text = said[0]?.[1]?.text ?? '';
    expect(text).toContain(why);
    expect(text).not.toContain(raw);
    const reference = String(log.lines[0]?.fields['reference']);
    expect(text).toContain(`(reference ${reference})`);
  });

  it('is tried in every way, with its text alone the second time', async () => {
    const { answering, paths, said, log } = setUp({}, ['ack', 'respond', 'postEphemeral']);
    await answering.answerCommand(REQUEST, paths);
    const plain = { text: 'Seven left.', blocks: [] };
    expect(said.slice(1)).toEqual([
      ['respond', ANSWER],
      ['respond', plain],
      ['postEphemeral', ANSWER],
      ['postEphemeral', plain],
    ]);
    expect(log.lines.at(-1)).toMatchObject({ level: 'error' });
  });

  it('is answered though nobody could write down that it was asked', async () => {
    const { answering, paths, said, log } = setUp({ audit: () => Promise.reject(new Error('disk full')) });
    await answering.answerCommand(REQUEST, paths);
    expect(said).toEqual([['ack', ANSWER]]);
    expect(log.asText()).toContain('disk full');
  });

  it('of somebody who may not ask never reaches the answer', async () => {
    const refusal = { allowed: false, code: 'guest', sentence: 'No guests.' } as const;
    const { answering, paths, said } = setUp({
      decide: async () => refusal,
      answer: () => Promise.reject(new Error('asked')),
    });
    await answering.answerCommand(REQUEST, paths);
    expect(said).toEqual([['ack', { text: 'No guests.', blocks: [] }]]);
  });

  it('is not answered when nobody can tell whether it may be', async () => {
    const { answering, paths, said } = setUp({ decide: () => Promise.reject(new Error('broken')) });
    await answering.answerCommand(REQUEST, paths);
    expect(said).toMatchObject([['ack', { text: expect.stringContaining('reference') }]]);
  });
});

describe('of all who can ask, wherever they are and whatever they ask', () => {
  const CANARY = 'Canary GmbH';
  const people = {
    listed: { userId: 'U1', teamId: 'T1', facts: { isGuest: false } },
    other: { userId: 'U2', teamId: 'T1', facts: { isGuest: false } },
    guest: { userId: 'U1', teamId: 'T1', facts: { isGuest: true } },
    stranger: { userId: 'U1', teamId: 'T2', facts: {} },
    unconfirmed: { userId: 'U1', teamId: 'T1', facts: { isUnconfirmed: true } },
    nobody: { userId: '', teamId: 'T1', facts: {} },
  };
  const places = {
    allowed: { channelId: 'C1', facts: {} },
    elsewhere: { channelId: 'C9', facts: {} },
    shared: { channelId: 'C1', facts: { isExternallyShared: true } },
    direct: { channelId: 'D1', facts: {} },
    group: { channelId: 'G1', facts: {} },
  };
  const cells = Object.entries(people).flatMap(([person, who]) =>
    Object.entries(places).flatMap(([place, where]) =>
      COMMANDS.flatMap(({ words }) =>
        (['command', 'button'] as const).map((source) => ({
          person,
          place,
          who,
          where,
          source,
          text: words[0] ?? '',
        })),
      ),
    ),
  );

  it('only a listed person in an allowed channel or alone with the bot sees anything, and every attempt is audited', async () => {
    expect(cells.length).toBeGreaterThan(500);
    for (const { person, place, source, text, where, who } of cells) {
      const audited: string[] = [];
      const { answering, paths, said } = setUp({
        decide: async (request) =>
          decideAccess({ users: ['U1'], channels: ['C1'] }, 'T1', request, { ...who.facts, ...where.facts }),
        answer: async () => ({ text: CANARY, blocks: [] }),
        audit: async (_request, verdict) => void audited.push(verdict.allowed ? 'allowed' : verdict.code),
      });
      const request = { userId: who.userId, teamId: who.teamId, channelId: where.channelId, text, source };
      await (source === 'command'
        ? answering.answerCommand(request, paths)
        : answering.answerClick(request, paths));
      const mayAsk = person === 'listed' && (place === 'allowed' || place === 'direct');
      expect({ person, place, source, text, sees: JSON.stringify(said).includes(CANARY) }).toEqual({
        person,
        place,
        source,
        text,
        sees: mayAsk,
      });
      expect(audited).toHaveLength(1);
      expect(audited[0] === 'allowed').toBe(mayAsk);
    }
  });
});

describe('a click', () => {
  it('is confirmed, then answered', async () => {
    const { answering, paths, said } = setUp();
    await answering.answerClick({ ...REQUEST, source: 'button' }, paths);
    expect(said).toEqual([
      ['ack', undefined],
      ['respond', ANSWER],
    ]);
  });

  it('without a response URL is answered by an ephemeral post', async () => {
    const { answering, paths, said } = setUp();
    await answering.answerClick(REQUEST, { ack: paths.ack, postEphemeral: paths.postEphemeral });
    expect(said.at(-1)).toEqual(['postEphemeral', ANSWER]);
  });
});

describe('a form', () => {
  const FORM = { title: 'Alerts here', submit: 'Set', blocks: [] };
  const opened: unknown[] = [];
  const openForm = async (form: unknown): Promise<void> => void opened.push(form);

  it('is opened instead of the answer that has one, after an empty ack', async () => {
    const { answering, paths, said } = setUp({ answer: async () => ({ ...ANSWER, form: FORM }) });
    await answering.answerCommand(REQUEST, { ...paths, openForm });
    await answering.answerClick(REQUEST, { ...paths, openForm });
    expect(said).toEqual([
      ['ack', undefined],
      ['ack', undefined],
    ]);
    expect(opened).toEqual([FORM, FORM]);
  });

  it('that Slack does not open is answered in words', async () => {
    const { answering, paths, said, log } = setUp({ answer: async () => ({ ...ANSWER, form: FORM }) });
    const broken = { ...paths, openForm: () => Promise.reject(new Error('expired_trigger_id')) };
    await answering.answerCommand(REQUEST, broken);
    expect(said.at(-1)?.[1]).toMatchObject(ANSWER);
    expect(log.asText()).toContain('expired_trigger_id');
  });

  const SENT = {
    ...REQUEST,
    source: 'form',
    entries: [{ id: 'alerts refund', text: 'alerts refund off' }],
  } as const;
  function formPaths() {
    const said: unknown[] = [];
    return {
      said,
      paths: {
        ack: async (errors?: unknown) => void said.push(['ack', errors]),
        postEphemeral: async (message: Message) => void said.push(['postEphemeral', message.text]),
      },
    };
  }

  it('that is fine closes, and its outcome is said', async () => {
    const { answering } = setUp({ submit: async () => ({ message: ANSWER }) });
    const { paths, said } = formPaths();
    await answering.answerForm(SENT, paths);
    expect(said).toEqual([
      ['ack', undefined],
      ['postEphemeral', 'Seven left.'],
    ]);
  });

  it('with something wrong says what, beside its field', async () => {
    const { answering } = setUp({ submit: async () => ({ errors: { 'alerts refund': 'No.' } }) });
    const { paths, said } = formPaths();
    await answering.answerForm(SENT, paths);
    expect(said).toEqual([['ack', { 'alerts refund': 'No.' }]]);
  });

  it('of somebody who may not is refused before anything is done, and written down', async () => {
    const audited: unknown[] = [];
    const { answering } = setUp({
      decide: async () => ({ allowed: false, code: 'guest', sentence: 'No guests.' }),
      submit: () => Promise.reject(new Error('must not be called')),
      audit: async ({ text }, { allowed }) => void audited.push([text, allowed]),
    });
    const { paths, said } = formPaths();
    await answering.answerForm(SENT, paths);
    expect(said).toEqual([
      ['ack', undefined],
      ['postEphemeral', 'No guests.'],
    ]);
    expect(audited).toEqual([['alerts refund off', false]]);
  });

  it('that fails closes with an apology', async () => {
    const { answering } = setUp({ submit: () => Promise.reject(new Error('disk full')) });
    const { paths, said } = formPaths();
    await answering.answerForm(SENT, paths);
    expect(said[1]).toEqual(['postEphemeral', expect.stringMatching(/^Something went wrong \(reference/)]);
  });

  it('that nobody knows any more says so', async () => {
    const { answering } = setUp();
    const { paths, said } = formPaths();
    await answering.answerForm(SENT, paths);
    expect(said[1]).toEqual(['postEphemeral', 'I do not know that form any more.']);
  });
});
