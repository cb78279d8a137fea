/** Text as a cell of a table shows it, whatever it is. */
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', '<br>');

/** A table; cells may hold Markdown, and line breaks. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const MARKED = /(<!-- table: ([\w-]+), written by npm run docs -->\n).*?(<!-- end of table -->)/gs;

/** A document with its marked tables written anew. Throws for a mark that no table belongs to, and for a table without. */
export function fillTables(document: string, tables: Readonly<Record<string, string>>): string {
  const left = new Set(Object.keys(tables));
  const filled = document.replaceAll(MARKED, (_, open: string, name: string, close: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`There is no table "${name}".`);
    left.delete(name);
    return `${open}\n${table}\n\n${close}`;
  });
  if (left.size > 0) throw new Error(`No place is marked for the table ${[...left].join(', ')}.`);
  return filled;
}
