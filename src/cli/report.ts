import { readSyncConfig } from '../config/read-config.ts';
import { createReportingClient } from '../reporting/client.ts';
import type { Endpoint } from '../reporting/endpoint.ts';
import { endpoints } from '../reporting/endpoints/index.ts';
import { configSources, print, UsageError } from './context.ts';

/** `--param productId=a --param productId=b` as the client takes it. */
function toParameters(pairs: readonly string[]): Record<string, string[]> {
  const parameters: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--param is "${pair}": give name=value.`);
    const name = pair.slice(0, at);
    (parameters[name] ??= []).push(pair.slice(at + 1));
  }
  return parameters;
}

function describe({ id, parameters, summary }: Endpoint<unknown>): string {
  return `${id}\n  ${summary}\n  parameters: ${Object.keys(parameters).join(', ') || 'none'}`;
}

/** `pulse report <endpoint> [--param name=value ...]`: rows of one API resource, one JSON object a line. */
export async function report(
  id: string | undefined,
  options: { readonly param?: readonly string[] },
): Promise<void> {
  const list: readonly Endpoint<unknown>[] = Object.values(endpoints);
  if (id === undefined) {
    print(list.map(describe).join('\n'));
    return;
  }
  const endpoint = list.find((one) => one.id === id);
  if (!endpoint)
    throw new UsageError(
      `There is no endpoint "${id}". The endpoints are ${list.map((one) => one.id).join(', ')}.`,
    );
  const { marketplace } = readSyncConfig(configSources());
  const client = createReportingClient({
    baseUrl: marketplace.apiUrl,
    email: marketplace.email,
    token: marketplace.token,
  });
  try {
    for (const developerId of marketplace.developerIds) {
      const pull = client.pull(endpoint, { developerId, parameters: toParameters(options.param ?? []) });
      for await (const row of pull) print(JSON.stringify(row));
      const { quarantined, requests, rows } = pull.report;
      process.stderr.write(`${rows} rows in ${requests} requests\n`);
      for (const { count, expected, path } of quarantined) {
        process.stderr.write(`set aside: ${count} at ${path}, expected ${expected}\n`);
      }
    }
  } finally {
    await client.close();
  }
}
