/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
export function wordDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (rows[i - 1]?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const candidates = [(rows[i - 1]?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced];
      if (swapped) candidates.push((rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(Math.min(...candidates));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
