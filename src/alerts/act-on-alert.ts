import type { Instant } from '../domain/day.ts';
import { composeAlert } from '../messages/alert-state.ts';
import type { AlertBook, AlertMessageRow, AlertWrites } from '../store/alert-book.ts';

/** What somebody does with an alert. */
export type AlertAct =
  | { readonly kind: 'handled' | 'reopen' }
  | { readonly kind: 'snooze'; readonly until: Instant };

/** What came of it. `same`: it was so already; `old`: its message cannot be changed any more. */
export interface ActOutcome extends AlertWrites {
  readonly outcome: 'done' | 'same' | 'old' | 'unknown';
  readonly title?: string;
}

const NOTHING: AlertWrites = { entries: [], facts: [], messages: [] };

function after(
  message: AlertMessageRow,
  act: AlertAct,
  by: string,
  now: Instant,
): AlertMessageRow | undefined {
  const { handled, snoozed, ...open } = message;
  switch (act.kind) {
    case 'handled':
      return handled ? undefined : { ...open, handled: { by, at: now } };
    case 'reopen':
      return handled || snoozed ? open : undefined;
    case 'snooze':
      return { ...open, snoozed: { by, until: act.until } };
  }
}

/** Who does it, and where: alerts of other channels are out of reach. */
export interface ActOptions {
  readonly by: string;
  readonly channel: string;
  readonly now: Instant;
  readonly zone: string;
}

/** Notes on an alert what somebody did with it, and shows it on the message: who, and when. */
export function actOnAlert(
  book: AlertBook,
  id: number,
  act: AlertAct,
  { by, channel, now, zone }: ActOptions,
): ActOutcome {
  const message = book.message(id);
  if (!message || message.channel !== channel) return { ...NOTHING, outcome: 'unknown' };
  const { title } = message;
  if (!message.body) return { ...NOTHING, outcome: 'old', title };
  const changed = after(message, act, by, now);
  if (!changed) return { ...NOTHING, outcome: 'same', title };
  const row = { ...changed, revision: message.revision + 1 };
  return {
    outcome: 'done',
    title,
    facts: [],
    messages: [row],
    entries: [
      {
        key: `${message.key}/edit/${row.revision}`,
        kind: 'reply',
        channel: message.channel,
        message: composeAlert(message.body, { ...row, zone }),
        parentKey: message.key,
        act: 'edit',
      },
    ],
  };
}
