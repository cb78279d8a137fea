import { status as statusMessage } from '../messages/status.ts';
import { plainText } from '../messages/plain-text.ts';
import { readStatus } from '../schedule/read-status.ts';
import { openAlertDesk, print, readChannels, withStore } from './context.ts';

/** `pulse status [--json]`: data ages, delivery and the next runs, from the store alone. */
export async function status(options: { readonly json?: boolean }): Promise<void> {
  await withStore(async (store, config) => {
    const now = Date.now();
    const desk = await openAlertDesk(store, config);
    const readAlerts = async () => ((await readChannels(store)) ? desk.readEverywhere() : []);
    const report = await readStatus(store, [], config.timeZone, now, { readAlerts });
    print(options.json ? JSON.stringify(report, null, 2) : plainText(statusMessage(report, now)));
  });
}
