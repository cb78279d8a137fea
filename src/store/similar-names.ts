import { withoutLegalForm } from '../domain/fold.ts';
import type { Database } from './database.ts';

/** A company whose name looks like what was asked for. */
export interface SimilarName {
  readonly id: number;
  /** 0 to 1; 1: the same letters in the same order. */
  readonly likeness: number;
}

const GRAM = 3;
/** Names looked at per question: enough to find one with two typing errors among 270,000, few enough for 15 ms. */
const MOST_POSTINGS = 20_000;
/** Names compared letter by letter. */
const MOST_COMPARED = 250;
/** Below this a name is another one. */
const LEAST_LIKENESS = 0.6;

/** The sequences of three letters in a text, each once. */
function gramsOf(text: string): string[] {
  const letters = Array.from(text);
  const grams = new Set<string>();
  for (let at = 0; at + GRAM <= letters.length; at += 1) grams.add(letters.slice(at, at + GRAM).join(''));
  return [...grams];
}

/**
 * How many letters are wrong, missing, too many or swapped with their neighbour (optimal string alignment distance,
 * Damerau 1964); Infinity when they are more than `most`.
 */
function typosBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    before = row;
    row = next;
  }
  const typos = row[b.length] ?? Infinity;
  return typos > most ? Infinity : typos;
}

/** How alike a name and a question are: the whole name, or its beginning where only that was typed. */
function likenessOf(asked: string, name: string): number {
  const most = Math.max(2, Math.floor(asked.length / 2));
  const whole = 1 - typosBetween(asked, name, most) / Math.max(asked.length, name.length);
  const beginning = 1 - typosBetween(asked, name.slice(0, asked.length), most) / asked.length;
  return Math.max(whole, 0.98 * beginning);
}

/**
 * Finds names that are typed wrongly: those that share the rarest three-letter sequences of the question, compared letter
 * by letter. Common sequences lead to half of all names and say nothing. Kukich 1992 (n-gram techniques) for the idea.
 */
export function createSimilarNames(db: Database): (folded: string, limit: number) => SimilarName[] {
  const frequency = db.prepare<[string], { term: string; doc: number }>(
    'SELECT term, doc FROM company_trigrams WHERE term IN (SELECT value FROM json_each(?)) ORDER BY doc',
  );
  const postings = db
    .prepare<[string], number>('SELECT rowid FROM company_search WHERE folded MATCH ?')
    .pluck();
  const names = db.prepare<[string], { id: number; folded: string }>(
    'SELECT id, folded FROM companies WHERE id IN (SELECT value FROM json_each(?))',
  );

  return (folded, limit) => {
    const grams = frequency.all(JSON.stringify(gramsOf(folded)));
    const hits = new Map<number, number>();
    let looked = 0;
    for (const { doc, term } of grams) {
      if (looked > 0 && looked + doc > MOST_POSTINGS) break;
      looked += doc;
      // A rare sequence says more than a common one.
      const weight = 1 / Math.log2(doc + 2);
      for (const id of postings.all(`"${term.replaceAll('"', '""')}"`))
        hits.set(id, (hits.get(id) ?? 0) + weight);
    }
    const best = [...hits].sort((a, b) => b[1] - a[1]).slice(0, MOST_COMPARED);
    return names
      .all(JSON.stringify(best.map(([id]) => id)))
      .map(({ folded: name, id }) => ({ id, likeness: likenessOf(folded, withoutLegalForm(name)) }))
      .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, limit);
  };
}
