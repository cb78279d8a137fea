import { readSyncConfig } from '../config/read-config.ts';
import { PulseError } from '../domain/errors.ts';
import { createLog } from '../log.ts';
import { createReportingClient } from '../reporting/client.ts';
import { runSync } from '../schedule/run-sync.ts';
import { createExportReader } from '../sync/export-reader.ts';
import type { SyncReport } from '../sync/sync-space.ts';
import { configSources, print, readChannels, withStore } from './context.ts';

function describe({ changes, developerId, failures }: SyncReport): string {
  const sum = (pick: (change: SyncReport['changes'][number]) => number) =>
    changes.reduce((total, one) => total + pick(one), 0);
  const news = sum(({ added, changed, vanished }) => added + changed + vanished);
  const rows = sum(({ rows }) => rows).toLocaleString('en-US');
  const quarantined = sum((change) => change.quarantined);
  const byReason = Map.groupBy(failures, ({ code, message }) => `${code}: ${message}`);
  const read =
    news === 0
      ? `nothing changed (${rows} rows read)`
      : `${sum(({ added }) => added)} new, ${sum(({ changed }) => changed)} changed, ${sum(({ vanished }) => vanished)} gone (${rows} rows read)`;
  const lines = [
    `${developerId}: ${changes.length === 0 ? 'nothing could be read' : read}`,
    ...changes
      .filter((change) => change.added + change.changed + change.vanished > 0 || change.isShort)
      .map(
        ({ added, changed, dataset, isShort, rows, vanished }) =>
          `  ${dataset}: ${added} new, ${changed} changed, ${vanished} gone of ${rows} rows${isShort ? ', much fewer than stored: nothing taken for deleted' : ''}`,
      ),
    ...(quarantined > 0 ? [`  ${quarantined} rows did not fit and were set aside`] : []),
    ...[...byReason].map(
      ([reason, failed]) =>
        `  not updated: ${failed.map(({ dataset }) => dataset).join(', ')}\n    ${reason}`,
    ),
  ];
  return lines.join('\n');
}

/** `pulse sync [--full]`: pulls, records and enqueues; the running bot posts. */
export async function sync(options: { readonly full?: boolean; readonly json?: boolean }): Promise<void> {
  const config = readSyncConfig(configSources());
  const { marketplace } = config;
  const log = createLog(config.logLevel, [marketplace.token.reveal()]);
  const client = createReportingClient({
    baseUrl: marketplace.apiUrl,
    email: marketplace.email,
    token: marketplace.token,
  });
  const reader = createExportReader(client, {
    baseUrl: marketplace.apiUrl,
    databasePath: config.databasePath,
    email: marketplace.email,
    token: marketplace.token.reveal(),
  });
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  try {
    const reports = await withStore(async (store) => {
      const channels = config.channels ?? (await readChannels(store));
      const { contacts, largeTransaction } = config;
      return runSync(
        {
          client,
          reader,
          store,
          contacts,
          channels,
          ...(largeTransaction !== undefined && { largeTransaction }),
          slash: config.command,
          zone: config.timeZone,
          clock: Date.now,
          log,
        },
        marketplace.developerIds,
        { full: options.full ?? false, signal: interrupted.signal },
      );
    }, config);
    print(options.json ? JSON.stringify(reports, null, 2) : reports.map(describe).join('\n'));
    const failure = reports.flatMap(({ failures }) => failures).at(0);
    if (failure)
      throw new PulseError(
        failure.code,
        'Not everything could be updated; what is stored goes on answering.',
      );
  } finally {
    await Promise.all([client.close(), reader.stop()]);
  }
}
