import { runningOut } from '../analytics/open-evaluations.ts';
import { addDays, lastCompleteWeek } from '../domain/day.ts';
import { readEvaluationHistory, readRunning } from '../digests/evaluation-history.ts';
import { badDays } from '../messages/bad-argument.ts';
import { expiringList } from '../messages/conversion-lists.ts';
import { mrk } from '../messages/kit/escape.ts';
import { count } from '../messages/kit/words.ts';
import { onDemandList } from '../messages/on-demand-list.ts';
import { askedDays, isDaysOnly } from './asked-days.ts';
import type { Command } from './command.ts';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 90;

/** `/pulse evaluations [days]`: what is being evaluated now, and what of it runs out soon. */
export const evaluations: Command = {
  words: ['evaluations', 'evals', 'trials'],
  usage: '[days]',
  summary: 'running evaluations and when they run out',
  reads: ['licenses', 'transactions'],
  definition:
    'Lists the evaluations that run now and run out within the days asked for, 30 unless you say otherwise and 90 at most, with the customer, the size and whether Atlassian extended them. Evaluations of Atlassian itself and on sandboxes are left out.',
  examples: ['evaluations', 'evaluations 14'],
  understands: async (words) => isDaysOnly(words),
  async answer(words, { now, read, slash, today }) {
    if (!isDaysOnly(words)) return badDays(slash, 'evaluations', words.join(' '), DEFAULT_DAYS);
    const days = askedDays(words, DEFAULT_DAYS, MOST_DAYS);
    const [developerId = ''] = await read.readDeveloperIds();
    const request = { developerId, app: null, week: lastCompleteWeek(now), now, today };
    const history = await readEvaluationHistory(read, request);
    const running = (await readRunning(read, history, request)) ?? [];
    const soon = runningOut(running, today, days);
    const rows = soon.map((one) => ({
      ...history.customerOf(one),
      endsOn: one.endsOn,
      extendedDays: one.extendedDays,
    }));
    return onDemandList({
      title: 'Running evaluations',
      sentences: [
        mrk`*${count(running.length, 'evaluation')}* running; *${soon.length}* of them run out in the next ${count(days, 'day')}.`,
      ],
      tables: expiringList(addDays(today, days), rows),
      buttons: [{ label: 'Conversion', asks: 'conversion' }],
      asOf: await read.readAsOf(developerId, ['licenses', 'transactions']),
      now,
    });
  },
};
