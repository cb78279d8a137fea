import { readRenewalRadar } from '../digests/renewal-radar.ts';
import { badDays } from '../messages/bad-argument.ts';
import { mrk } from '../messages/kit/escape.ts';
import { onDemandList } from '../messages/on-demand-list.ts';
import { dueSentence, lateSentence, renewalRadarReplies } from '../messages/renewal-radar.ts';
import { askedDays, isDaysOnly } from './asked-days.ts';
import type { Command } from './command.ts';

const DEFAULT_DAYS = 60;
const MOST_DAYS = 365;

/** `/pulse renewals [days]`: the annual renewals ahead, and which of them need a look. */
export const renewals: Command = {
  words: ['renewals', 'radar'],
  usage: '[days]',
  summary: 'annual renewals of the next days, which of them need a look, and which are late',
  reads: ['licenses', 'transactions', 'churn-events', 'feedback'],
  definition:
    'Lists annual subscriptions whose paid term ends within the days asked for, 60 unless you say otherwise and 365 at most: the largest first, those that need a look because something speaks against their renewal, and those that are late.',
  examples: ['renewals', 'renewals 90'],
  understands: async (words) => isDaysOnly(words),
  async answer(words, { now, read, slash, today }) {
    if (!isDaysOnly(words)) return badDays(slash, 'renewals', words.join(' '), DEFAULT_DAYS);
    const days = askedDays(words, DEFAULT_DAYS, MOST_DAYS);
    const [developerId = ''] = await read.readDeveloperIds();
    const radar = await readRenewalRadar(read, { developerId, appKey: null }, today, days);
    const late = lateSentence(radar);
    return onDemandList({
      title: `Renewals, next ${days} days`,
      sentences: [
        dueSentence(radar, days) ?? mrk`No annual renewal is due in the next ${days} days.`,
        ...(late ? [late] : []),
      ],
      tables: renewalRadarReplies(radar),
      buttons: [{ label: 'Last Week', asks: 'renewal' }],
      asOf: await read.readAsOf(developerId, ['licenses', 'transactions']),
      now,
    });
  },
};
