import { readRenewalRadar } from '../digests/renewal-radar.ts';
import { mrk } from '../messages/kit/escape.ts';
import { onDemandList } from '../messages/on-demand-list.ts';
import { dueSentence, lateSentence, renewalRadarReplies } from '../messages/renewal-radar.ts';
import { askedDays } from './asked-days.ts';
import type { Command } from './command.ts';

const DEFAULT_DAYS = 60;
const MOST_DAYS = 365;

/** `/pulse renewals [days]`: the annual renewals ahead, and which of them need a look. */
export const renewals: Command = {
  words: ['renewals', 'radar'],
  usage: '[days]',
  summary: 'annual renewals of the next days, which of them need a look, and which are late',
  reads: ['licenses', 'transactions', 'churn-events', 'feedback'],
  async answer(words, { now, read, today }) {
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
