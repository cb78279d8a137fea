import type { LiveAnswer } from './commands/command.ts';
import type { MarketplaceConfig } from './config/read-config.ts';
import { PulseError, reasonOf } from './domain/errors.ts';
import type { License } from './domain/license.ts';
import type { Log } from './domain/log.ts';
import type { TransactionLine } from './domain/transaction-line.ts';
import { createReportingClient } from './reporting/client.ts';
import { licenses } from './reporting/endpoints/licenses.ts';
import { transactions } from './reporting/endpoints/transactions.ts';

/** A person waits for the answer. */
const LIMIT_MS = 10_000;

/** One page of the API. */
const MOST_ROWS = 50;

interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly isCut: boolean;
}

/** The first rows of a pull, whose further pages are not asked for. */
async function firstOf<Row>(pull: AsyncIterable<Row>): Promise<Rows<Row>> {
  const rows: Row[] = [];
  for await (const row of pull) {
    if (rows.length === MOST_ROWS) return { rows, isCut: true };
    rows.push(row);
  }
  return { rows, isCut: false };
}

/** The rows of several developer spaces as one list. */
function together<Row>(all: readonly Rows<Row>[]): Rows<Row> {
  const rows = all.flatMap((one) => one.rows);
  return { rows: rows.slice(0, MOST_ROWS), isCut: rows.length > MOST_ROWS || all.some(({ isCut }) => isCut) };
}

/**
 * Asks the API's own search (`text=` of licences and transactions) at once, in every developer space. Stops after
 * `limitMs`, ten seconds unless given. Never rejects: what went wrong comes back as a code, that of the last failed try
 * where time ran out between tries.
 */
export async function askLive(
  { apiUrl, developerIds, email, token }: MarketplaceConfig,
  text: string,
  log: Log,
  limitMs = LIMIT_MS,
): Promise<LiveAnswer> {
  const signal = AbortSignal.timeout(limitMs);
  let hasFailedTry = false;
  const client = createReportingClient({
    baseUrl: apiUrl,
    email,
    token,
    onRetry: () => {
      hasFailedTry = true;
    },
  });

  function codeOf(error: unknown): string {
    if (error instanceof PulseError) return error.code;
    return signal.aborted && !hasFailedTry ? 'TIMED_OUT' : 'API_UNAVAILABLE';
  }

  const asked = { parameters: { text }, signal };
  const [found, sold] = await Promise.allSettled([
    Promise.all(
      developerIds.map((developerId) => firstOf<License>(client.pull(licenses, { ...asked, developerId }))),
    ).then(together),
    Promise.all(
      developerIds.map((developerId) =>
        firstOf<TransactionLine>(client.pull(transactions, { ...asked, developerId })),
      ),
    ).then(together),
  ]);
  await client.close();

  for (const one of [found, sold])
    if (one.status === 'rejected') log.warn({ error: reasonOf(one.reason) }, 'a live search got no answer');
  if (found.status === 'rejected' && sold.status === 'rejected')
    return { kind: 'failed', code: codeOf(found.reason) };
  const nothing = { rows: [], isCut: false };
  const known = found.status === 'fulfilled' ? found.value : nothing;
  const lines = sold.status === 'fulfilled' ? sold.value : nothing;
  return {
    kind: 'answered',
    licenses: known.rows,
    lines: lines.rows,
    isCut: known.isCut || lines.isCut,
    ...(found.status === 'rejected' && { failed: { what: 'licenses', code: codeOf(found.reason) } }),
    ...(sold.status === 'rejected' && { failed: { what: 'transactions', code: codeOf(sold.reason) } }),
  };
}
