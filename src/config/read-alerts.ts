import { readAlertRequest } from '../domain/alert-request.ts';
import type { AlertChange, ChannelChange } from '../domain/alert-rules.ts';
import type { VariableReader } from './read-variables.ts';

/** What Slack's channel ids look like. */
export const CHANNEL = /^[CG][A-Z0-9]{2,}$/;

/** A time from now on means nothing in what is read again at every start, and channels have no names here. */
function isNotForFiles(change: AlertChange): boolean {
  return change.kind === 'rule' && ((change.mutedUntil ?? 0) > 0 || change.app.startsWith('#'));
}

/** The settings of `PULSE_ALERTS`: `refund off; C0SALES large-transaction 20000; quiet 20:00-8:00`. */
export function readAlerts(
  reader: VariableReader,
  channels?: { readonly alert: string; readonly ops: string },
): ChannelChange[] {
  const texts = (reader.text('PULSE_ALERTS') ?? '').split(';').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .flatMap((text): ChannelChange[] => {
      const words = [...text.matchAll(/([a-z]+:)?"([^"]*)"|\S+/gi)].map(([word, name = '', quoted]) =>
        quoted === undefined ? word : name + quoted,
      );
      const named = CHANNEL.test(words[0] ?? '') ? words[0] : undefined;
      const request = readAlertRequest(named ? words.slice(1) : words, { now: 0 });
      if (request.kind === 'change' && !request.changes.some(isNotForFiles))
        return request.changes.map((change) => {
          const isForOps = change.kind === 'rule' && change.rule === 'data-problem';
          const usual = isForOps ? channels?.ops : channels?.alert;
          return { channel: named ?? usual ?? '', change };
        });
      reader.problems.push(
        `PULSE_ALERTS contains "${reader.shown(text)}": give settings such as refund off; C0123ABCD upgrade 5000; quiet 20:00-8:00; days mon-fri`,
      );
      return [];
    });
}
