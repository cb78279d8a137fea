function quoted(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell ?? '').replace(/^""$/, '');
  return `"${text.replaceAll('"', '""')}"`;
}

/** A CSV file with these columns, every cell quoted and lines ended as RFC 4180 says. */
export function writeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  const lines = rows.map((row) => columns.map((name) => quoted(row[name])).join(','));
  return [columns.map(quoted).join(','), ...lines, ''].join('\r\n');
}

/** The same row without nesting, as the CSV exports write it; the first field of a name counts. */
export function flattened(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    const inner = isNested ? flattened(value as Record<string, unknown>) : { [name]: value };
    for (const [key, cell] of Object.entries(inner)) flat[key] ??= cell;
  }
  return flat;
}
