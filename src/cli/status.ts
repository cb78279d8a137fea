import { status as statusMessage } from '../messages/status.ts';
import { plainText } from '../messages/plain-text.ts';
import { readStatus } from '../schedule/read-status.ts';
import { print, withStore } from './context.ts';

/** `pulse status [--json]`: data ages, delivery and the next runs, from the store alone. */
export async function status(options: { readonly json?: boolean }): Promise<void> {
  await withStore(async (store, { timeZone }) => {
    const now = Date.now();
    const report = await readStatus(store, [], timeZone, now);
    print(options.json ? JSON.stringify(report, null, 2) : plainText(statusMessage(report, now)));
  });
}
