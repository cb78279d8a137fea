import { readStoreConfig } from '../config/read-config.ts';
import { countByTable, exportPerson, type PersonExport } from '../store/export-person.ts';
import { configSources, print, withStore } from './context.ts';
import { toPersonAddress } from './person-address.ts';

function counted(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([table, count]) => `${table} ${count}`)
    .join(', ');
}

/** What was understood and found, and what to mind before it is handed over. */
function describe(address: string, { files, holdings, isForgotten, masked, unread }: PersonExport): string[] {
  const perhaps = holdings.filter(({ isPerhapsAnother }) => isPerhapsAnother).length;
  return [
    holdings.length === 0
      ? `Nothing is stored of ${address}.`
      : `Stored of ${address}: ${counted(countByTable(holdings))} rows.`,
    ...(isForgotten ? ['This person asked to be forgotten: syncs leave them out.'] : []),
    ...(perhaps > 0
      ? [`${perhaps} of them say ${masked}, which may be somebody else: look whose they are.`]
      : []),
    ...files.map(({ file, rows }) => `Also in ${file}: ${counted(rows)} rows.`),
    ...unread.map(({ file, reason }) => `Not looked into: ${file} (${reason}).`),
    ...(holdings.length === 0 ? [] : ['Read it before you hand it over: messages may name other people.']),
    'Not in reach: backups you copied elsewhere, and what was posted to Slack.',
  ];
}

/** `pulse export EMAIL`: everything the store holds of a person, as JSON; what was understood goes to stderr. */
export async function exportAddress(text: string): Promise<void> {
  const address = toPersonAddress(text);
  const config = readStoreConfig(configSources());
  // Brings the store to the newest schema first.
  await withStore(async () => undefined, config);
  const found = exportPerson(config.databasePath, address);
  print(JSON.stringify({ address, ...found }, null, 2));
  process.stderr.write(`${describe(address, found).join('\n')}\n`);
}
