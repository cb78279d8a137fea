import SQLite from 'better-sqlite3';
import { fold } from '../../src/domain/fold.ts';
import type { Search } from '../../src/store/search.ts';

/** Questions of one kind, with the answers that are right. */
export interface Questions {
  readonly kind: string;
  readonly texts: readonly string[];
  /** Asks the store; true when what was looked for is among the first ten. */
  readonly ask: (text: string, index: number) => Promise<boolean>;
}

type Row = Readonly<Record<string, string | null>>;

/** Repeatable numbers from 0 to `below`. */
function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A letter left out, added, mistaken or exchanged with the next one; never the first, which people get right. */
function withTypo(text: string, dice: (below: number) => number): string {
  const at = 1 + dice(text.length - 2);
  const letter = LETTERS[dice(LETTERS.length)] ?? '';
  switch (dice(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + letter + text.slice(at);
    case 2:
      return text.slice(0, at) + letter + text.slice(at + 1);
    default:
      return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
  }
}

/** Questions about random rows of a store. */
export function drawQuestions(databasePath: string, search: Search, count: number): Questions[] {
  const db = new SQLite(databasePath, { readonly: true });
  const dice = createDice(7);
  const draw = (table: string, columns: string, where: string): Row[] => {
    const most = Number(db.prepare(`SELECT max(id) FROM ${table}`).pluck().get());
    const next = db.prepare<[number], Row>(
      `SELECT ${columns} FROM ${table} WHERE id >= ? AND ${where} ORDER BY id LIMIT 1`,
    );
    const rows = Array.from({ length: count }, () => next.get(1 + dice(most)));
    return rows.filter((row) => row !== undefined);
  };
  const column = (name: string): string[] =>
    draw('licenses', name, `${name} IS NOT NULL`).map((row) => row[name] ?? '');
  const found = (rows: readonly unknown[]): boolean => rows.length > 0;
  const names = draw('companies', 'name', 'length(name) >= 6').map(({ name }) => name ?? '');
  const transactions = draw('transaction_lines', 'transaction_id', "transaction_id <> ''");

  const exact = (
    kind: string,
    texts: readonly string[],
    ask: (text: string) => Promise<readonly unknown[]>,
  ) => ({
    kind,
    texts,
    ask: async (text: string) => found(await ask(text)),
  });
  const similar = (kind: string, toText: (name: string) => string): Questions => ({
    kind,
    texts: names.map(toText),
    async ask(text, index) {
      const matches = await search.findSimilarCompanies(text, 10);
      return matches.some(({ company }) => company === names[index]);
    },
  });
  const part = (length: number): Questions => ({
    kind: `company, ${length} characters of it`,
    texts: names.map((name) => {
      const at = dice(Math.max(1, name.length - length));
      return name.slice(at, at + length);
    }),
    async ask(text) {
      const matches = await search.findCompanies(text, 10);
      return matches.length > 0 && matches.every(({ company }) => fold(company).includes(fold(text.trim())));
    },
  });

  const all = [
    exact('entitlement number', column('app_entitlement_number'), search.findByIdentifier),
    exact('entitlement id', column('app_entitlement_id'), search.findByIdentifier),
    exact(
      'SEN, small letters',
      column('license_id').map((sen) => sen.toLowerCase()),
      search.findByIdentifier,
    ),
    exact(
      'transaction id',
      transactions.map((row) => row['transaction_id'] ?? ''),
      search.findTransaction,
    ),
    exact('site', column('site_hostname'), search.findBySite),
    exact('host entitlement', column('host_entitlement_number'), search.findBySite),
    exact('mail domain', column('mail_domain'), search.findBySite),
    part(3),
    part(5),
    part(8),
    similar('company, as it is', (name) => name),
    similar('company, one typo', (name) => withTypo(name, dice)),
    similar('company, two typos', (name) => withTypo(withTypo(name, dice), dice)),
  ];
  db.close();
  return all;
}
