import type { OwnThresholds } from '../analytics/thresholds.ts';
import type { AlertId } from '../domain/alert-rules.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import { reasonOf } from '../domain/errors.ts';
import type { AlertBook, AlertFactRow, AlertWrites } from '../store/alert-book.ts';
import type { RecordedNews } from '../store/recorded-news.ts';
import type { AlertContext, NamedApp } from './alert.ts';
import { changeSaid } from './change-said.ts';
import { type AlertChannels, type ChannelRules, channelRules } from './channel-rules.ts';
import { type Decision, decide } from './decide.ts';
import { ALERTS } from './index.ts';
import { type SeenFact, toSubjects } from './match-facts.ts';
import { withoutPartsOfLeaving } from './parts-of-leaving.ts';
import { createDraft, type Draft, say, type Saying } from './say.ts';

/** What announcing works with, gathered before the sync is recorded. */
export interface AnnounceOptions {
  readonly channels: AlertChannels;
  readonly thresholds: OwnThresholds;
  readonly apps: readonly NamedApp[];
  /** Of quiet hours, and of the times messages name. */
  readonly zone: string;
  /** When the last good sync was, where that is so long ago that the bot was away. */
  readonly awaySince?: Instant;
}

/** What became of a fact in a channel, for logs and replays. */
export interface Happening {
  readonly what: 'told' | 'waits' | 'held' | 'dropped' | 'changed' | 'again';
  readonly channel: string;
  readonly rule: AlertId;
  readonly title: string;
  readonly amount: number;
  readonly why?: string;
}

/** What a sync's news are to be said as. */
export interface Announcement extends AlertWrites {
  readonly happenings: readonly Happening[];
  /** Rules that failed: the others were heard, and the sync is recorded. */
  readonly failures: readonly { readonly rule: AlertId; readonly error: string }[];
}

/** What waited this long without anything left of it is forgotten. */
const FORGOTTEN_MS = 3 * 24 * 3_600_000;

/** What one run has found so far. */
interface Run {
  readonly news: RecordedNews;
  readonly options: AnnounceOptions;
  readonly draft: Draft;
  readonly happenings: Happening[];
  readonly failures: Map<AlertId, string>;
  readonly known: (entitlement: string) => readonly AlertFactRow[];
  readonly open: readonly AlertFactRow[];
}

function findAll(run: Run, context: AlertContext): SeenFact[] {
  return ALERTS.flatMap((alert) => {
    const { id: rule } = alert;
    try {
      return alert.find(run.news, context).map((fact): SeenFact => ({ rule, fact }));
    } catch (error) {
      run.failures.set(rule, reasonOf(error));
      return [];
    }
  });
}

/** True of a row that the channel has heard of, or hears of once it is not quiet. */
const isSaid = ({ state }: AlertFactRow): boolean => state === 'told' || state === 'held';

/** The row of a fact that is told, held or waits. */
function toRow(
  { news }: Run,
  rules: ChannelRules,
  { row, seen: { fact, rule } }: Decision & { readonly seen: SeenFact },
): { readonly saying: Saying; readonly why: string } {
  const told = fact.tell();
  const { amount, app, customer, entitlement, id, marks } = fact;
  const { developerId, at } = news;
  const base = row ?? {
    key: `alert/1/${rules.channel}/${rule}/${developerId}/${id}`,
    developerId,
    channel: rules.channel,
    fact: id,
    firstAt: at,
  };
  return {
    why: told.why,
    saying: {
      body: told.message,
      row: {
        ...base,
        rule,
        entitlement,
        appKey: app.appKey,
        state: 'told',
        marks,
        title: told.title,
        amount,
        details: told.details,
        mention: rules.ownersOf(app, customer),
        changedAt: at,
      },
    },
  };
}

function act(run: Run, rules: ChannelRules, decision: Decision, sayings: Saying[]): void {
  const { draft, happenings, news, options } = run;
  const { channel } = rules;
  const note = (what: Happening['what'], row: AlertFactRow, why?: string) => {
    const { amount, rule, title } = row;
    happenings.push({ what, channel, rule, title, amount, ...(why !== undefined && { why }) });
  };
  if (decision.act === 'drop') {
    draft.facts.push({ ...decision.row, state: 'dropped', changedAt: news.at });
    return note('dropped', decision.row);
  }
  if (decision.act === 'change') {
    const how = changeSaid(draft, decision.row, decision.seen, {
      zone: options.zone,
      now: news.at,
      isQuiet: rules.isQuiet(news.at),
    });
    return how && note(how, draft.facts.at(-1) ?? decision.row);
  }
  const { saying, why } = toRow(run, rules, decision);
  const isHeld = decision.act === 'hold' || (decision.act === 'tell' && rules.isQuiet(news.at));
  if (decision.act === 'wait' || isHeld) {
    const state = isHeld ? 'held' : 'waiting';
    const isNew = decision.row?.state !== state;
    draft.facts.push({ ...saying.row, state, body: saying.body });
    return isNew ? note(isHeld ? 'held' : 'waits', saying.row, why) : undefined;
  }
  sayings.push(saying);
  note('told', saying.row, why);
}

/** What waits in the channel although nothing is left of it: its lines are gone, or told as `parts` of something else. */
function forgetWaiting(
  { draft, news, open }: Run,
  channel: string,
  seen: ReadonlySet<string>,
  parts: ReadonlySet<string>,
): void {
  for (const row of open) {
    if (row.channel !== channel || row.state !== 'waiting' || seen.has(row.key)) continue;
    const isPart = row.marks.every((mark) => parts.has(mark));
    if (isPart || news.at - row.firstAt > FORGOTTEN_MS)
      draft.facts.push({ ...row, state: 'dropped', changedAt: news.at });
  }
}

function announceIn(run: Run, rules: ChannelRules): void {
  const { draft, known, news, open, options } = run;
  const own = (entitlement: string) => known(entitlement).filter(({ channel }) => channel === rules.channel);
  const context: AlertContext = {
    now: news.at,
    today: dayOf(news.at),
    apps: options.apps,
    watched: new Set(open.filter(({ state }) => state === 'waiting').map(({ entitlement }) => entitlement)),
    threshold: (rule, app) => rules.threshold(rule, app),
    known: own,
  };
  const has = ({ fact, rule }: SeenFact, is: (row: AlertFactRow) => boolean): boolean =>
    own(fact.entitlement).some((row) => row.rule === rule && is(row));
  const { found, parts } = withoutPartsOfLeaving(
    findAll(run, context),
    ({ fact, rule }) =>
      has({ fact, rule }, isSaid) || (fact.isNews && fact.holds && rules.hears(rule, fact.app, news.at)),
    (seen) => has(seen, (row) => isSaid(row) && row.fact === seen.fact.id),
  );
  const sayings: Saying[] = [];
  const seen = new Set<string>();
  for (const subject of toSubjects(found, own)) {
    if (subject.row) seen.add(subject.row.key);
    const decision = decide(subject, rules, news.at);
    if (decision) act(run, rules, decision, sayings);
  }
  forgetWaiting(run, rules.channel, seen, parts);
  const { awaySince, zone } = options;
  say(draft, sayings, {
    zone,
    now: news.at,
    ...(awaySince !== undefined && { asOne: { kind: 'away', since: awaySince } }),
  });
}

/**
 * What the news of a sync are to be said as, in every channel that wants to hear them. Keys name the fact:
 * `alert/1/<channel>/<rule>/<space>/<fact>`. A fact that was told is told again only by changing its message; many at
 * once become one message; what comes after an absence is one message.
 */
export function announceAlerts(news: RecordedNews, book: AlertBook, options: AnnounceOptions): Announcement {
  const facts = new Map<string, readonly AlertFactRow[]>();
  const draft = createDraft(book);
  const run: Run = {
    news,
    options,
    draft,
    happenings: [],
    failures: new Map(),
    open: book.openFacts(news.developerId),
    known(entitlement) {
      const rows = facts.get(entitlement) ?? book.factsAbout(news.developerId, [entitlement]);
      facts.set(entitlement, rows);
      return rows;
    },
  };
  for (const rules of channelRules(book.settings(), options)) announceIn(run, rules);
  const { entries, facts: rows, messages } = draft;
  const failures = [...run.failures].map(([rule, error]) => ({ rule, error }));
  return { entries, facts: rows, messages, happenings: run.happenings, failures };
}
