import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { createDigestThread } from '../src/digest-thread.ts';
import { DIGESTS } from '../src/digests/index.ts';
import { addDays, dayOf, lastCompleteWeek } from '../src/domain/day.ts';
import { createDigestBuilder } from '../src/schedule/prepare-digests.ts';
import { createStore, type Store } from '../src/store/store.ts';
import { makeFiles } from './large-partner/make-files.ts';
import { NEWEST_DAY } from './large-partner/rows.ts';
import {
  DEVELOPER_ID,
  FOLDER,
  type LargePartner,
  logOf,
  pullAll,
  startLargePartner,
  startSyncThread,
} from './large-partner/start.ts';
import { measureAcknowledgements } from './lookup/acknowledge.ts';
import { drawQuestions, type Questions } from './lookup/questions.ts';
import { type Times, timesOf, timesText } from './times.ts';

const QUESTIONS = 1_000;
const PAUSE_MS = 2;

interface Asked {
  readonly times: Times;
  /** The share of questions whose answer held what was looked for. */
  readonly recall: number;
}

/** Asks every question; with pauses while something else runs, as people do. */
async function measure({ ask, texts }: Questions, pauseMs = 0): Promise<Asked> {
  const histogram = createHistogram();
  let right = 0;
  for (const [index, text] of texts.entries()) {
    const startedAt = performance.now();
    if (await ask(text, index)) right += 1;
    histogram.record(Math.max(1, Math.round((performance.now() - startedAt) * 1e6)));
    await (pauseMs > 0 ? sleep(pauseMs) : setImmediate());
  }
  return { times: timesOf(histogram), recall: right / texts.length };
}

async function fill(partner: LargePartner, path: string): Promise<void> {
  const thread = startSyncThread(partner, path, logOf());
  await pullAll(thread);
  await thread.stop();
}

/** Asks while the same rows are pulled again and again. */
async function measureDuringSync(partner: LargePartner, path: string, all: readonly Questions[]) {
  const thread = startSyncThread(partner, path, logOf());
  const over = new AbortController();
  async function pullUntilOver(): Promise<void> {
    while (!over.signal.aborted) await pullAll(thread);
  }
  const pulling = pullUntilOver();
  const asked: Asked[] = [];
  for (const questions of all) asked.push(await measure(questions, PAUSE_MS));
  over.abort();
  await pulling;
  await thread.stop();
  return asked;
}

interface DigestTimes {
  readonly id: string;
  readonly builtMs: number;
  readonly preparedMs: number;
}

async function measureDigests(store: Store, path: string): Promise<DigestTimes[]> {
  const thread = createDigestThread(path);
  const build = createDigestBuilder(store, thread.build);
  const now = Date.parse(addDays(NEWEST_DAY, 1));
  const request = {
    developerId: DEVELOPER_ID,
    app: null,
    week: lastCompleteWeek(now),
    now,
    today: dayOf(now),
  };
  const times: DigestTimes[] = [];
  for (const { id } of DIGESTS) {
    const startedAt = performance.now();
    await build(id, { ...request, now: Date.now() });
    const builtAt = performance.now();
    await build(id, request);
    times.push({ id, builtMs: builtAt - startedAt, preparedMs: performance.now() - builtAt });
  }
  await thread.stop();
  return times;
}

/** `npm run bench -- lookup [rows]` */
export async function lookup(rows = 1_000_000): Promise<void> {
  makeFiles(FOLDER, rows);
  const partner = await startLargePartner(rows);
  const path = join(FOLDER, `lookup-${rows}.db`);
  if (!existsSync(path)) await fill(partner, path);
  const store = await createStore(path, { waits: false });
  const all = drawQuestions(path, store.search, QUESTIONS);

  const quiet: Asked[] = [];
  for (const questions of all) quiet.push(await measure(questions));
  const busy = await measureDuringSync(partner, path, all);
  const digests = await measureDigests(store, path);
  await store.close();
  const acknowledged = await measureAcknowledgements(partner, path, all[0]?.texts ?? []);
  partner.stop();

  const line = ({ kind }: Questions, index: number): string => {
    const [first, second] = [quiet[index], busy[index]];
    if (!first || !second) return '';
    return `| ${kind} | ${timesText(first.times)} | ${timesText(second.times)} | ${(first.recall * 100).toFixed(1)} % |`;
  };
  console.log(`${rows.toLocaleString('en-US')} licences and as many transaction lines, ${QUESTIONS} questions of each kind:

| lookup | p50 / p99 / max | during a sync | right answer among the first 10 |
|---|---|---|---|
${all.map(line).join('\n')}

| digest | prepared after the sync | added up in its thread |
|---|---|---|
${digests.map(({ builtMs, id, preparedMs }) => `| ${id} | ${preparedMs.toFixed(1)} ms | ${(builtMs / 1000).toFixed(1)} s |`).join('\n')}

${acknowledged.asked} signed commands over HTTP to the bot's process while it synced: acknowledged after ${timesText(acknowledged.times)} (p50 / p99 / max); resident memory at most ${acknowledged.peakMb.toFixed(0)} MB.`);
}
