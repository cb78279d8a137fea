import type { Instant } from '../domain/day.ts';
import { whileAway } from '../messages/while-away.ts';
import type { OutboxEntry } from '../store/outbox.ts';

/** Up to so many alerts stay what they are: a person can act on each of them. */
const SEPARATE = 3;

/** True for what would be posted as an alert of its own. */
function isAlert({ kind, parentKey, silent }: OutboxEntry): boolean {
  return kind === 'alert' && parentKey === undefined && silent !== true;
}

/**
 * The messages of a sync after an absence: many alerts for one channel become one message, and each of them counts as said.
 * Whatever rule they come from: history is told once, as such, and not as so many pieces of news.
 */
export function sayAsOne(entries: readonly OutboxEntry[], since: Instant, now: Instant): OutboxEntry[] {
  const byChannel = Map.groupBy(entries.filter(isAlert), ({ channel }) => channel);
  const merged = new Set<string>();
  const summaries = [...byChannel].flatMap(([channel, alerts]): OutboxEntry[] => {
    const [first] = alerts;
    if (!first || alerts.length <= SEPARATE) return [];
    for (const { key } of alerts) merged.add(key);
    const sentences = alerts.map(({ message }) => message.text);
    return [{ key: `${first.key}/away`, kind: 'alert', channel, message: whileAway(sentences, since, now) }];
  });
  const rest = entries.map((entry) =>
    merged.has(entry.key) || merged.has(entry.parentKey ?? '') ? { ...entry, silent: true } : entry,
  );
  return [...summaries, ...rest];
}
