import { beforeEach, describe, expect, it } from 'vitest';
import { buildDigest, sinceTold } from '../../src/digests/build-digest.ts';
import { churn } from '../../src/digests/churn.ts';
import type { DigestRequest } from '../../src/digests/digest.ts';
import { addDays, type Day, dayOf, type Instant, startOf, weeksEndingWith } from '../../src/domain/day.ts';
import type { MetricSeries } from '../../src/domain/metric-series.ts';
import type { LicenseEvent } from '../../src/domain/license-event.ts';
import { createDigestJobs } from '../../src/schedule/digest-jobs.ts';
import { buildHere } from '../../src/schedule/prepare-digests.ts';
import { createScheduler } from '../../src/schedule/scheduler.ts';
import { toEntries } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { subscriptionId } from '../../src/store/subscriptions.ts';
import { createLogBook } from '../support/log-book.ts';
import { recordPulls } from '../support/record-pulls.ts';
import { aLicense } from '../support/rows.ts';
import { openStore } from '../support/store-on-disk.ts';
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts';

/** The weeks named by their Sundays; digests are due on the Tuesdays 10, 17, 24 and 31 March at 09:00. */
const [FIRST, SECOND, THIRD]: [Day, Day, Day] = ['2026-03-01', '2026-03-08', '2026-03-15'];
const HOUR = 3_600_000;
const at = (day: Day, hour: number): Instant => startOf(day) + hour * HOUR;

let store: Store;
let time: VirtualTime;

/** Customers who left, by the week they left in. */
type Left = Readonly<Partial<Record<Day, readonly string[]>>>;

const LISTED = { from: '2025-12-01', to: '2026-04-05' } as const;

/** One sync: 40 due every week of thirteen, and exactly these who left. */
async function sync(instant: Instant, left: Left): Promise<void> {
  const weeks = weeksEndingWith(THIRD, 13).filter((week) => startOf(addDays(week, 7)) <= instant);
  const series = (name: string, valueOf: (week: Day) => number): MetricSeries => ({
    metric: 'churn',
    appKey: null,
    dataset: 'Annual',
    name,
    type: '',
    points: weeks.map((period) => ({ period, value: valueOf(period) })),
  });
  const { appKey, hosting, host, name } = aLicense();
  const rows = Object.entries(left).flatMap(([week, who = []]) =>
    who.map(
      (one): LicenseEvent => ({
        kind: 'churn',
        appKey,
        name,
        host,
        hosting,
        aliases: { appEntitlementNumber: one },
        eventDate: addDays(week as Day, 3),
        lastUpdated: addDays(week as Day, 4),
      }),
    ),
  );
  await recordPulls(store, instant, {
    licenses: { kind: 'licenses', rows: [] },
    transactions: { kind: 'lines', rows: [] },
    churn: {
      kind: 'series',
      metric: 'churn',
      rows: [series('Customers', () => 40), series('Cancellations', (week) => left[week]?.length ?? 0)],
    },
    'churn-events': { kind: 'events', event: 'churn', ...LISTED, rows },
  });
}

function requestOf(week: Day, now: Instant): DigestRequest {
  return { developerId: 'dev-1', app: null, week, now, today: dayOf(now) };
}

const idOf = (channel: string) =>
  subscriptionId({ digest: 'churn', developerId: 'dev-1', channel, appKey: null });

async function subscribe(channel: string): Promise<void> {
  await store.subscriptions.put(
    { developerId: 'dev-1', channel, digest: 'churn', appKey: null, cron: '0 9 * * 2', zone: 'UTC' },
    'U1',
    time.clock(),
  );
}

/** Everything posted to a channel by now, oldest parent first; replies are settled and left out. */
async function postAll(channel: string, refuse = false): Promise<string[]> {
  const words: string[] = [];
  for (;;) {
    await store.outbox.expire(time.clock());
    const claim = await store.outbox.claim(channel, time.clock(), HOUR);
    if (!claim) return words;
    await store.outbox.settle(
      claim,
      refuse ? { to: 'refused', reason: 'invalid_blocks' } : { to: 'sent', ts: `${claim.id}` },
      time.clock(),
    );
    if (!claim.key.includes('/thread/')) words.push(JSON.stringify(claim.message.blocks));
  }
}

/** What the scheduler does at an instant: what of it says what changed, and what was never told. */
async function tick(instant: Instant, options: { channel?: string; refuse?: boolean } = {}): Promise<string> {
  time.set(instant);
  const jobs = createDigestJobs({ store, buildDigest: buildHere(store), clock: time.clock });
  const { slots } = store;
  await createScheduler({ jobs, slots, clock: time.clock, log: createLogBook() }).tick();
  return changedIn((await postAll(options.channel ?? 'C1', options.refuse)).at(-1));
}

/** The lines about what changed; undefined: the message has none. */
function changedIn(blocks: string | undefined): string {
  return /\*Changed since my last digest[^"]*/.exec(blocks ?? '')?.[0] ?? (blocks ? 'none' : 'not posted');
}

/** What somebody who asks for the digest reads, without anybody else hearing of it. */
async function preview(week: Day, channel = 'C1'): Promise<string> {
  const request = {
    ...requestOf(week, time.clock()),
    ...sinceTold(await store.told.readLast(idOf(channel))),
  };
  return changedIn(JSON.stringify((await buildDigest(churn, store.read, request)).message.blocks));
}

const NOTHING = '*Changed since my last digest:* nothing in the weeks I told';
const oneMore = (week: string, from: number, who: string) =>
  `*Changed since my last digest*, cancellations: week ${week} from ${from} of 40 to ${from + 1} of 40 (+${who})`;

beforeEach(async () => {
  store = await openStore();
  time = createVirtualTime('2026-03-09T09:00:00Z');
  await subscribe('C1');
  // Schedules are known from their first tick on.
  await sync(at('2026-03-10', 6), { [FIRST]: ['E-1'] });
  await tick(at('2026-03-10', 8));
});

describe('what changed since the last digest', () => {
  it('is nothing to speak of in the first one, and nothing when nothing changed', async () => {
    expect(await tick(at('2026-03-10', 9))).toBe('none');
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1'] });
    expect(await tick(at('2026-03-17', 9))).toBe(NOTHING);
  });

  it('is told from what to what and with who is behind it, once', async () => {
    await tick(at('2026-03-10', 9));
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'] });
    expect(await tick(at('2026-03-17', 9))).toBe(oneMore('1–7 Mar', 1, 'E-2'));
    await sync(at('2026-03-24', 6), { [FIRST]: ['E-1', 'E-2'] });
    expect(await tick(at('2026-03-24', 9))).toBe(NOTHING);
  });

  it('includes what a sync recorded before the digest was posted but after it was read', async () => {
    // The sync takes its instant, 08:59:50, before it can commit: the digest of 09:00 reads the state before it.
    const { message, knownAt } = await buildDigest(churn, store.read, requestOf(FIRST, at('2026-03-10', 9)));
    await sync(at('2026-03-10', 9) - 10_000, { [FIRST]: ['E-1', 'E-2'] });
    expect(knownAt).toBe(at('2026-03-10', 6));
    await store.told.tell(
      toEntries({ key: 'digest/1/C1/x', kind: 'digest', channel: 'C1' }, message),
      { messageKey: 'digest/1/C1/x', subscriptionId: idOf('C1'), week: FIRST, knownAt },
      at('2026-03-10', 9),
    );
    time.set(at('2026-03-10', 10));
    expect(await preview(FIRST)).toBe(oneMore('1–7 Mar', 1, 'E-2'));
  });

  it('belongs to one state of the store, also when a sync is recorded while the digest is built', async () => {
    let isRecorded = false;
    const read = new Proxy(store.read, {
      get:
        (target, name: keyof typeof store.read) =>
        async (...parameters: never[]) => {
          const answer = await (target[name] as (...all: never[]) => Promise<unknown>)(...parameters);
          if (name === 'readSeries' && !isRecorded) {
            isRecorded = true;
            await sync(at('2026-03-10', 7), { [FIRST]: ['E-1', 'E-2', 'E-3'] });
          }
          return answer;
        },
    });
    const built = await buildDigest(churn, read, requestOf(FIRST, at('2026-03-10', 9)));
    expect(built.knownAt).toBe(at('2026-03-10', 7));
    expect(built.message.text).toContain('3 of 40 customers');
    expect(JSON.stringify(built.message)).not.toContain('Does not add up*: Atlassian counts');
  });

  it('counts from the last digest that was posted, when one was missed, and tells the week that one did not', async () => {
    await tick(at('2026-03-10', 9));
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'], [SECOND]: ['E-5', 'E-6'] });
    // Nobody runs anything from the 12th to the 24th: the digest of the 17th is missed.
    await sync(at('2026-03-24', 6), { [FIRST]: ['E-1', 'E-2'], [SECOND]: ['E-5', 'E-6'], [THIRD]: ['E-7'] });
    expect(await tick(at('2026-03-24', 9))).toBe(
      `${oneMore('1–7 Mar', 1, 'E-2')}\\n*Not told before, because no digest was posted*, cancellations: week 8–14 Mar 2`,
    );
  });

  it('counts from the digest before, when Slack refused the last one', async () => {
    await tick(at('2026-03-10', 9));
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'], [SECOND]: ['E-5'] });
    await tick(at('2026-03-17', 9), { refuse: true });
    await sync(at('2026-03-24', 6), { [FIRST]: ['E-1', 'E-2'], [SECOND]: ['E-5'], [THIRD]: [] });
    expect(await tick(at('2026-03-24', 9))).toContain(oneMore('1–7 Mar', 1, 'E-2'));
  });

  it('is not used up by a preview, but by a digest that somebody had posted', async () => {
    await tick(at('2026-03-10', 9));
    await sync(at('2026-03-12', 6), { [FIRST]: ['E-1', 'E-2'] });
    time.set(at('2026-03-12', 12));
    // A preview before the next digest speaks of the week that was told, as it reads now.
    expect(await preview(FIRST)).toBe(oneMore('1–7 Mar', 1, 'E-2'));
    expect(await preview(FIRST)).toBe(oneMore('1–7 Mar', 1, 'E-2'));
    const request = requestOf(FIRST, time.clock());
    const { knownAt, message } = await buildDigest(churn, store.read, request);
    const key = 'digest/1/C1/asked/churn/*/2026-03-01/2026-03-12';
    await store.told.tell(
      toEntries({ key, kind: 'digest', channel: 'C1' }, message),
      { messageKey: key, subscriptionId: idOf('C1'), week: FIRST, knownAt },
      time.clock(),
    );
    expect(await preview(FIRST)).toBe(NOTHING);
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'] });
    expect(await tick(at('2026-03-17', 9))).toBe(NOTHING);
  });

  it('is counted for each channel from what that channel was told', async () => {
    await tick(at('2026-03-10', 9));
    await subscribe('C2');
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'] });
    time.set(at('2026-03-17', 8));
    await tick(at('2026-03-17', 8));
    expect(await tick(at('2026-03-17', 9), { channel: 'C2' })).toBe('none');
    expect(changedIn((await postAll('C1')).at(-1))).toBe(oneMore('1–7 Mar', 1, 'E-2'));
    await sync(at('2026-03-24', 6), { [FIRST]: ['E-1', 'E-2'], [SECOND]: ['E-8'] });
    expect(await tick(at('2026-03-24', 9), { channel: 'C2' })).toBe(oneMore('8–14 Mar', 0, 'E-8'));
  });

  it('is not told again when the week that is told is an old one', async () => {
    await tick(at('2026-03-10', 9));
    await sync(at('2026-03-17', 6), { [FIRST]: ['E-1', 'E-2'] });
    time.set(at('2026-03-17', 7));
    // The week before the first one told: what changed in weeks after it is no part of it.
    expect(await preview('2026-02-22')).toBe(NOTHING);
  });
});

describe('a digest that comes late', () => {
  it('says when it was due', async () => {
    time.set(at('2026-03-11', 15));
    const jobs = createDigestJobs({ store, buildDigest: buildHere(store), clock: time.clock });
    const { slots } = store;
    await createScheduler({ jobs, slots, clock: time.clock, log: createLogBook() }).tick();
    const [blocks] = await postAll('C1');
    expect(blocks).toContain('Delayed: it was due Tue 10 Mar 09:00 UTC');
  });

  it('says which ones before it never came', async () => {
    const jobs = createDigestJobs({ store, buildDigest: buildHere(store), clock: time.clock });
    const { slots } = store;
    const scheduler = createScheduler({ jobs, slots, clock: time.clock, log: createLogBook() });
    for (const day of ['2026-03-14', '2026-03-17'] as const) {
      time.set(at(day, 9) + 60_000);
      await scheduler.tick();
    }
    const [blocks] = await postAll('C1');
    expect(blocks).toContain('The digest due Tue 10 Mar 09:00 UTC was not posted: I was not running in time');
  });

  it('says nothing of a few minutes', async () => {
    time.set(at('2026-03-10', 9) + 10 * 60_000);
    const jobs = createDigestJobs({ store, buildDigest: buildHere(store), clock: time.clock });
    const { slots } = store;
    await createScheduler({ jobs, slots, clock: time.clock, log: createLogBook() }).tick();
    expect((await postAll('C1'))[0]).not.toContain('Delayed');
  });
});
