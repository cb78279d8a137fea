import { dayOf } from '../domain/day.ts';
import { identifiersIn } from '../domain/identifier.ts';
import type { Message } from '../domain/message.ts';
import { toCsv } from '../messages/csv.ts';
import { exportAsks, exportEmpty, exported } from '../messages/exported.ts';
import { escape, mrk } from '../messages/kit/escape.ts';
import { tablesIn } from '../messages/message-tables.ts';
import type { Command, CommandContext, ExportTable } from './command.ts';
import { lookup } from './lookup.ts';
import { resolveCommand, type Resolved } from './resolve-command.ts';

/** Files of one answer; Slack shows ten well. */
const MOST_FILES = 10;

/** The part of a file's name that comes from a title: small letters, digits and hyphens. */
function slug(title: string): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 50).replace(/-+$/, '') || 'table';
}

/** The rows of the tables in an answer. How many it left out is not known: lists are cut to what a message holds. */
async function tablesOfAnswer({ command, words }: Resolved, context: CommandContext): Promise<ExportTable[]> {
  const answer = await command.answer(words, context);
  return tablesIn([answer]).map(({ title, ...table }) => ({ ...table, name: title, left: 'some' as const }));
}

/** What reads no rows has none, and asking it might start something. */
function hasRows(command: Command): boolean {
  return 'tables' in command || command.reads.length > 0;
}

async function readTables(
  resolved: Resolved,
  context: CommandContext,
): Promise<readonly ExportTable[] | Message> {
  const { command, words } = resolved;
  if (command.tables) return command.tables(words, context);
  return hasRows(command) ? tablesOfAnswer(resolved, context) : [];
}

/** `/pulse export <query>`: the rows of an answer as CSV files, in a direct message with whoever asks. */
export function createExport(commands: () => readonly Command[]): Command {
  const others = () => commands().filter(({ words }) => !['export', 'share'].includes(words[0]));
  const withRows = () => others().filter(hasRows);
  return {
    words: ['export', 'csv'],
    usage: '<anything else you can ask>',
    summary: 'the rows of an answer as CSV files, sent to you alone',
    reads: [],
    definition:
      'Takes what any other command takes and sends the rows of its answer as CSV in a direct message: of a lookup all licenses and transaction lines, one by one and not netted; of a digest the tables and charts of the message and its thread. Money is in US dollars. Contacts are in it only for people who may see them, and only as far as they are stored. Text that a spreadsheet would run as a formula begins with an apostrophe.',
    examples: ['export acme', 'export churn "App 1" 8', 'export renewals 90'],
    understands: async (words, context) =>
      identifiersIn(words.join(' ')).length > 0 ||
      ((await resolveCommand(words, withRows(), context))?.isSure ?? false),
    async answer(words, context) {
      if (words.length === 0) return exportAsks(context.slash);
      const resolved = await resolveCommand(words, others(), context);
      const asked: Resolved = resolved?.isSure ? resolved : { command: lookup, words };
      const tables = await readTables(asked, context);
      if ('blocks' in tables) return tables;
      const full = tables.filter(({ rows }) => rows.length > 0).slice(0, MOST_FILES);
      if (full.length === 0) return exportEmpty(words.join(' '), context.slash);
      const day = dayOf(context.now);
      const files = full.map(({ columns, name, rows }, index) => ({
        name: `pulse-${index + 1}-${slug(name)}-${day}.csv`,
        content: toCsv(columns, rows),
      }));
      const outcome = await context.sendFiles(
        files,
        mrk`You asked for this: ${escape(words.join(' '), 200)}`.mrkdwn,
      );
      return exported({
        outcome,
        files: full.map(({ left, rows }, index) => ({
          name: files[index]?.name ?? '',
          rows: rows.length,
          left,
        })),
      });
    },
  };
}
