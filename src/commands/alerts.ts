import { type AlertRequest, readAlertRequest } from '../domain/alert-request.ts';
import type { AlertChange } from '../domain/alert-rules.ts';
import { addDays, type Day, dayOf, type Instant } from '../domain/day.ts';
import { fold } from '../domain/fold.ts';
import { instantAt } from '../domain/local-time.ts';
import type { Answer, FormOutcome, Message } from '../domain/message.ts';
import {
  alertActed,
  alertProblem,
  askInChannel,
  problemWords,
  snoozeForm,
  unknownApp,
  unknownAppWords,
} from '../messages/alert-answers.ts';
import { alertForm } from '../messages/alert-form.ts';
import { alertSettings } from '../messages/alert-settings.ts';
import type { Command, CommandContext, FormEntry } from './command.ts';

/** Snoozed until a day means until the morning. */
const MORNING_MINUTE = 9 * 60;

function momentOf(until: Day | Instant, zone: string): Instant {
  return typeof until === 'number' ? until : instantAt(until, MORNING_MINUTE, zone);
}

async function readAppNames({ read }: CommandContext): Promise<{ appKey: string; name: string }[]> {
  const spaces = await read.readDeveloperIds();
  const apps = await Promise.all(spaces.map((developerId) => read.readApps(developerId)));
  return apps.flat();
}

const appOf = (change: AlertChange): string => {
  if (change.kind === 'rule') return change.app;
  return change.kind === 'owner' && change.owner.of === 'app' ? change.owner.name : '';
};

/** A change with the key of the app it names; undefined when no app is called so. */
async function withAppKey(change: AlertChange, context: CommandContext): Promise<AlertChange | undefined> {
  const text = appOf(change);
  if (text === '') return change;
  const apps = await readAppNames(context);
  const wanted = fold(text);
  const exact = apps.filter(({ appKey, name }) => appKey === text || fold(name) === wanted);
  const partial = apps.filter(({ name }) => wanted !== '' && fold(name).includes(wanted));
  const [app] = exact.length > 0 ? exact : partial.length === 1 ? partial : [];
  if (!app) return undefined;
  if (change.kind === 'rule') return { ...change, app: app.appKey };
  return change.kind === 'owner' ? { ...change, owner: { of: 'app', name: app.appKey } } : change;
}

async function answerChange(changes: readonly AlertChange[], context: CommandContext): Promise<Message> {
  const { alerts, asker, slash } = context;
  const known: AlertChange[] = [];
  for (const change of changes) {
    const found = await withAppKey(change, context);
    if (!found)
      return unknownApp(
        appOf(change),
        (await readAppNames(context)).map(({ name }) => name),
      );
    known.push(found);
  }
  await alerts.set(asker.channelId, known, asker.userId);
  return alertSettings(await alerts.readHere(asker.channelId), slash, true);
}

/** Channel ids of direct messages: nothing is alerted there. */
const isDirectMessage = (channelId: string): boolean => channelId.startsWith('D');

async function answerRequest(request: AlertRequest, context: CommandContext): Promise<Answer> {
  const { alerts, asker, now, slash } = context;
  const isAboutChannel = ['show', 'form', 'change'].includes(request.kind);
  if (isAboutChannel && isDirectMessage(asker.channelId)) return askInChannel(slash);
  switch (request.kind) {
    case 'problem':
      return alertProblem(slash, request.what, request.text);
    case 'show':
      return alertSettings(await alerts.readHere(asker.channelId), slash);
    case 'form':
      return alertForm(await alerts.readHere(asker.channelId), slash);
    case 'change':
      return answerChange(request.changes, context);
    case 'handled':
    case 'reopen': {
      const { outcome } = await alerts.act(request.id, { kind: request.kind }, asker);
      return alertActed({ kind: request.kind }, outcome, alerts.zone);
    }
    case 'snooze': {
      if (request.until === undefined) return snoozeForm(request.id, addDays(dayOf(now), 1), slash);
      const act = { kind: 'snooze', until: momentOf(request.until, alerts.zone) } as const;
      const { outcome } = await alerts.act(request.id, act, asker);
      return alertActed(act, outcome, alerts.zone);
    }
  }
}

/** What is wrong with one field of a form, in a sentence; undefined when nothing is. */
async function problemOf(request: AlertRequest, context: CommandContext): Promise<string | undefined> {
  if (request.kind === 'problem') return problemWords(request.what, request.text);
  if (request.kind !== 'change') return undefined;
  for (const change of request.changes) {
    if (await withAppKey(change, context)) continue;
    return unknownAppWords(
      appOf(change),
      (await readAppNames(context)).map(({ name }) => name),
    );
  }
  return undefined;
}

/** `/pulse alerts ...`: what this channel hears, and what somebody did about an alert. Buttons type it, too. */
export const alerts: Command = {
  words: ['alerts', 'alert'],
  usage: '[rule] [on | off | amount | mute 1w] [app] · quiet 20-8 · days mon-fri · owner me',
  summary: 'what is alerted on in this channel, from how much on, and when it is quiet',
  reads: [],
  definition:
    'Says what is alerted on in this channel, from how much on and when it is quiet, and changes it: a rule on or off, for one app, from an amount on, muted for a while. What fired is marked as handled or snoozed from its own message.',
  examples: ['alerts', 'alerts refund 500', 'alerts quiet 20-8', 'alerts downgrade mute 1w'],
  understands: async (words, { asker, now }) =>
    readAlertRequest(words, { now, userId: asker.userId }).kind !== 'problem',
  answer: (words, context) =>
    answerRequest(readAlertRequest(words, { now: context.now, userId: context.asker.userId }), context),

  async submit(entries: readonly FormEntry[], context): Promise<FormOutcome> {
    const { now, asker } = context;
    const errors: Record<string, string> = {};
    const requests: AlertRequest[] = [];
    for (const { id, words } of entries) {
      const request = readAlertRequest(words, { now, userId: asker.userId });
      const problem = await problemOf(request, context);
      if (problem !== undefined) errors[id] = problem;
      requests.push(request);
    }
    if (Object.keys(errors).length > 0) return { errors };
    const changes = requests.flatMap((request) => (request.kind === 'change' ? request.changes : []));
    const [other] = requests.filter(({ kind }) => kind !== 'change');
    const message = other ? await answerRequest(other, context) : await answerChange(changes, context);
    return { message };
  },
};
