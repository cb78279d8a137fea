import { dayOf, type Instant } from '../domain/day.ts';
import type { Message } from '../domain/message.ts';
import { backupFailed } from '../messages/operator.ts';
import type { OutboxEntry } from '../store/outbox.ts';

/** An operator message, once per cause and day. `subject`: what the cause is about, where there are several. */
function daily(
  code: string,
  message: Message,
  channel: string,
  now: Instant,
  subject?: string,
): OutboxEntry[] {
  const key = ['ops/1', code, ...(subject === undefined ? [] : [subject]), dayOf(now)].join('/');
  return [{ key, kind: 'ops', channel, message }];
}

/** Today's backup could not be made. */
export function announceBackupFailed(code: string, channel: string, now: Instant): OutboxEntry[] {
  return daily('BACKUP_FAILED', backupFailed(code), channel, now);
}
