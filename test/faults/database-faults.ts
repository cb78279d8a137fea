import SQLite from 'better-sqlite3';

/** How the database fails at a write. `dies`: the process is gone, so every later call fails too. */
export type DatabaseFault = 'full' | 'dies';

/** Thrown by everything a dead process would have done. */
export class Dead extends Error {
  constructor() {
    super('killed');
  }
}

interface Plan {
  readonly fault: DatabaseFault;
  readonly at: number;
}

let plan: Plan | undefined;
let writes = 0;
let isDead = false;
let isPatched = false;
/** The write before, and which write followed which in this transaction. */
let before = '';
let followed = new Set<string>();

/** The thousandth row goes the way of the first: a write counts when another kind of write was before it. */
function isCounted(source: string): boolean {
  const step = `${before}\n${source}`;
  before = source;
  if (source === 'COMMIT') followed = new Set();
  const isNew = !followed.has(step);
  followed.add(step);
  return isNew;
}

function onWrite(source: string): void {
  if (isDead) throw new Dead();
  if (!isCounted(source)) return;
  writes += 1;
  if (writes !== plan?.at) return;
  if (plan.fault === 'full') throw new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL');
  isDead = true;
  throw new Dead();
}

interface Called {
  readonly readonly?: boolean;
  readonly source?: string;
}

type Method = (this: Called, ...parameters: unknown[]) => unknown;

/** SQLite calls a COMMIT read-only. */
function isWrite({ readonly, source }: Called): boolean {
  return readonly === false || source === 'COMMIT';
}

/** Every write of every connection of this thread goes through here from now on; reads fail only after a death. */
function patch(): void {
  if (isPatched) return;
  isPatched = true;
  const db = new SQLite(':memory:');
  const statement = Object.getPrototypeOf(db.prepare('SELECT 1')) as Record<string, Method>;
  db.close();
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const original = statement[name];
    if (!original) throw new Error(`better-sqlite3 has no ${name} any more`);
    statement[name] = function guarded(...parameters) {
      if (isWrite(this)) onWrite(this.source ?? '');
      else if (isDead) throw new Dead();
      return original.apply(this, parameters);
    };
  }
  const connection = SQLite.prototype as unknown as Record<'exec', Method>;
  const { exec } = connection;
  connection.exec = function guarded(...parameters) {
    onWrite(String(parameters[0]));
    return exec.apply(this, parameters);
  };
}

/** Counts the writes of what follows, and lets one of them fail. Undefined: none fails. */
export function planDatabase(next: Plan | undefined): void {
  patch();
  plan = next;
  writes = 0;
  isDead = false;
  before = '';
  followed = new Set();
}

/** Writes since the last plan, rows of the same kind as one. */
export const writesSoFar = (): number => writes;

/** Whether the planned death has come. */
export const hasDied = (): boolean => isDead;

/** Kills the process that is simulated here, from outside. */
export function die(): void {
  isDead = true;
}
