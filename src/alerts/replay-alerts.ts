import type { AlertId, AlertSetting } from '../domain/alert-rules.ts';
import { addDays, type Day, weekOf } from '../domain/day.ts';
import { type AnnounceOptions, announceAlerts, type Happening } from './announce-alerts.ts';
import { createMemoryBook } from './memory-book.ts';
import type { PastRows } from '../store/row-history.ts';
import { createReplayedNews } from './replayed-news.ts';

/** What would have been said, and on which day. */
export interface ReplayedAlert extends Happening {
  readonly day: Day;
}

/** What a week (Sunday to Saturday) would have brought. */
export interface ReplayedWeek {
  readonly week: Day;
  /** Alerts by rule; rules without any are left out. */
  readonly rules: Readonly<Partial<Record<AlertId, number>>>;
  readonly alerts: number;
  /** Messages in channels: several alerts of one day can be one. */
  readonly messages: number;
}

/** Rules over days gone by. */
export interface Replay {
  readonly since: Day;
  readonly until: Day;
  /** New alerts, and those told again because their amount moved. */
  readonly alerts: readonly ReplayedAlert[];
  readonly weeks: readonly ReplayedWeek[];
  readonly rules: Readonly<Partial<Record<AlertId, number>>>;
  /** Rules that failed, and why. */
  readonly failures: readonly { readonly rule: AlertId; readonly error: string; readonly day: Day }[];
}

/** Quiet hours delay and mutes are about today: neither tells what a rule is worth. */
function lastingSettings(settings: readonly AlertSetting[]): AlertSetting[] {
  return settings.flatMap((setting): AlertSetting[] => {
    if (setting.kind === 'quiet' || setting.kind === 'days') return [];
    if (setting.kind !== 'rule') return [setting];
    const { mutedUntil: _, ...lasting } = setting;
    return [lasting];
  });
}

function countByRule(alerts: readonly ReplayedAlert[]): Partial<Record<AlertId, number>> {
  return Object.fromEntries(
    [...Map.groupBy(alerts, ({ rule }) => rule)].map(([rule, all]) => [rule, all.length]),
  );
}

const FIRES: ReadonlySet<Happening['what']> = new Set(['told', 'again']);

/**
 * What the rules would have said from `since` to `until`, at one sync a day and with the thresholds and settings of the
 * options. Nothing is kept and nothing is posted.
 */
export function replayAlerts(
  past: PastRows,
  { since, until }: { readonly since: Day; readonly until: Day },
  settings: readonly AlertSetting[],
  options: Omit<AnnounceOptions, 'awaySince'>,
): Replay {
  const book = createMemoryBook(lastingSettings(settings));
  const news = createReplayedNews(past, since);
  const alerts: ReplayedAlert[] = [];
  const messages = new Map<Day, number>();
  const failures: Replay['failures'][number][] = [];
  for (let day = since; day <= until; day = addDays(day, 1)) {
    const said = announceAlerts(news.of(day), book, options);
    book.write(said);
    alerts.push(...said.happenings.filter(({ what }) => FIRES.has(what)).map((one) => ({ ...one, day })));
    failures.push(...said.failures.map((failure) => ({ ...failure, day })));
    const posts = said.entries.filter(({ parentKey }) => parentKey === undefined).length;
    messages.set(weekOf(day), (messages.get(weekOf(day)) ?? 0) + posts);
  }
  const byWeek = Map.groupBy(alerts, ({ day }) => weekOf(day));
  const weeks = [...messages].map(([week, posts]): ReplayedWeek => {
    const ofWeek = byWeek.get(week) ?? [];
    return { week, rules: countByRule(ofWeek), alerts: ofWeek.length, messages: posts };
  });
  return { since, until, alerts, weeks, rules: countByRule(alerts), failures };
}
