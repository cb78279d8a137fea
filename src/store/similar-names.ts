import { withoutLegalForm } from '../domain/fold.ts';
import type { Database } from './database.ts';

/** A company whose name looks like what was asked for. */
export interface SimilarName {
  readonly id: number;
  /** 0 to 1; 1: the same letters in the same order. */
  readonly likeness: number;
}

const GRAM = 3;
/** Postings read per question: enough to find a name with two typing errors among 145,000, few enough for 5 ms. */
const MOST_POSTINGS = 30_000;
/** Of the weight of the most promising name: with less, a name shares too little to be compared. */
const LEAST_SHARE = 0.5;
/** Names compared letter by letter. */
const MOST_COMPARED = 250;
/** Below this a name is another one. */
const LEAST_LIKENESS = 0.6;
/** Sequences whose frequency is kept in memory: about two megabytes. */
const MOST_COUNTED = 20_000;
/** More letters than any name has. */
const FAR = 60_000;

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
  let before = new Uint16Array(b.length + 1);
  let row = Uint16Array.from(before.keys());
  let next = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    const letter = a.charCodeAt(i - 1);
    const previous = a.charCodeAt(i - 2);
    next.fill(FAR);
    next[0] = i;
    let least = i;
    // Further from the diagonal than `most`, more letters than that are missing or too many.
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j += 1) {
      const other = b.charCodeAt(j - 1);
      const replaced = (row[j - 1] as number) + (letter === other ? 0 : 1);
      let cost = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, replaced);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && previous === other)
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return Infinity;
    [before, row, next] = [row, next, before];
  }
  const typos = row[b.length] as number;
  return typos > most ? Infinity : typos;
}

/** How alike a name and a question are: the whole name, or its beginning where only that was typed. */
function likenessOf(asked: string, name: string): number {
  const most = Math.max(2, Math.floor((1 - LEAST_LIKENESS) * Math.max(asked.length, name.length)));
  const whole = 1 - typosBetween(asked, name, most) / Math.max(asked.length, name.length);
  const beginning = 1 - typosBetween(asked, name.slice(0, asked.length), most) / asked.length;
  return Math.max(whole, 0.98 * beginning);
}

/**
 * Finds names that are typed wrongly: those that share the rarest three-letter sequences of the question, compared letter
 * by letter. Common sequences lead to half of all names and say nothing. Kukich 1992 (n-gram techniques) for the idea.
 */
export function createSimilarNames(db: Database): (folded: string, limit: number) => SimilarName[] {
  const readFrequency = db
    .prepare<[string], number>('SELECT doc FROM company_trigrams WHERE term = ?')
    .pluck();
  const newestCompany = db.prepare<[], number | null>('SELECT max(id) FROM companies').pluck();
  // Counted by reading all postings of a sequence, 5 ms a question: kept until there are other names.
  const frequencies = new Map<string, number>();
  let countedAt: number | null = null;
  const postings = db
    .prepare<[string], number>('SELECT rowid FROM company_search WHERE folded MATCH ?')
    .pluck();
  const names = db.prepare<[string], { id: number; folded: string }>(
    'SELECT id, folded FROM companies WHERE id IN (SELECT value FROM json_each(?))',
  );

  function frequencyOf(gram: string): number {
    const known = frequencies.get(gram);
    if (known !== undefined) return known;
    const counted = readFrequency.get(gram) ?? 0;
    frequencies.set(gram, counted);
    return counted;
  }

  return (folded, limit) => {
    const newest = newestCompany.get() ?? null;
    if (newest !== countedAt || frequencies.size > MOST_COUNTED) frequencies.clear();
    countedAt = newest;
    const grams = gramsOf(folded)
      .map((gram) => ({ gram, frequency: frequencyOf(gram) }))
      .filter(({ frequency }) => frequency > 0)
      .sort((a, b) => a.frequency - b.frequency);
    const weights = new Float32Array((newest ?? 0) + 1);
    const found: number[] = [];
    let looked = 0;
    let most = 0;
    for (const { frequency, gram } of grams) {
      if (looked > 0 && looked + frequency > MOST_POSTINGS) break;
      looked += frequency;
      // A rare sequence says more than a common one.
      const weight = 1 / Math.log2(frequency + 2);
      for (const id of postings.all(`"${gram.replaceAll('"', '""')}"`)) {
        const before = weights[id] ?? 0;
        if (before === 0) found.push(id);
        weights[id] = before + weight;
        most = Math.max(most, before + weight);
      }
    }
    const weightOf = (id: number): number => weights[id] ?? 0;
    const best = found
      .filter((id) => weightOf(id) >= most * LEAST_SHARE)
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, MOST_COMPARED);
    return names
      .all(JSON.stringify(best))
      .map(({ folded: name, id }) => ({ id, likeness: likenessOf(folded, withoutLegalForm(name)) }))
      .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, limit);
  };
}
