import type { Message } from '../domain/message.ts';
import { alertSummary } from '../messages/alert-summary.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import type { RecordedNews } from '../store/record-sync.ts';
import type { AlertContext, AlertFact } from './alert.ts';
import { ALERTS } from './index.ts';

/** More alerts than this from one sync become one message. */
const SEPARATE = 10;

interface Found extends AlertFact {
  readonly key: string;
}

function toEntry(key: string, channel: string, message: Message): OutboxEntry {
  return { key, kind: 'alert', channel, message };
}

/**
 * The messages of a sync's news, for one channel. Keys name the fact: `alert/1/<channel>/<rule>/<space>/<fact>`, so a
 * fact that is seen again is not said again. A storm becomes one summary, and its facts count as said.
 */
export function announceAlerts(news: RecordedNews, context: AlertContext, channel: string): OutboxEntry[] {
  const found = ALERTS.flatMap((alert) =>
    alert.find(news, context).map((fact): Found => {
      const key = `alert/1/${channel}/${alert.id}/${news.developerId}/${fact.id}`;
      return { ...fact, key };
    }),
  );
  if (found.length <= SEPARATE) return found.map(({ key, message }) => toEntry(key, channel, message));
  const largest = found.toSorted((a, b) => b.amount - a.amount);
  const [first] = largest;
  const summary = toEntry(`${first?.key ?? channel}/summary`, channel, alertSummary(largest));
  return [summary, ...found.map(({ key, message }) => ({ ...toEntry(key, channel, message), silent: true }))];
}
