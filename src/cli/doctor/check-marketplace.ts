import type { MarketplaceConfig } from '../../config/read-config.ts';
import { addDays, type Day, dayOf } from '../../domain/day.ts';
import { PulseError, reasonOf } from '../../domain/errors.ts';
import { createReportingClient } from '../../reporting/client.ts';
import type { Endpoint } from '../../reporting/endpoint.ts';
import { endpoints } from '../../reporting/endpoints/index.ts';
import { DATA_SETS } from '../../sync/data-sets/index.ts';
import { type Finding, fine, note, problem } from './finding.ts';

const ASKED_DAYS = 60;

/** The resources a sync needs; of an export the list beside it, which answers at once. */
function neededEndpoints(): Endpoint<unknown>[] {
  const all: Readonly<Record<string, Endpoint<unknown>>> = endpoints;
  const ids = DATA_SETS.flatMap((dataSet) => dataSet.endpoints);
  const light = ids.map((id) => all[id.replace(/-export$/, '')] ?? all[id]);
  return [...new Set(light)].filter((endpoint) => endpoint !== undefined);
}

/** The least that can be asked of an endpoint; undefined when it wants to be asked about something in particular. */
function leastParameters({ parameters }: Endpoint<unknown>, today: Day): Record<string, string> | undefined {
  const least: Record<string, string> = {};
  for (const [name, { allowed, isRequired }] of Object.entries(parameters)) {
    if (name === 'startDate') least[name] = addDays(today, -ASKED_DAYS);
    else if (name === 'endDate') least[name] = today;
    else if (isRequired && allowed?.[0] === undefined) return undefined;
    else if (isRequired && allowed) least[name] = allowed[0] ?? '';
  }
  return least;
}

/** Every resource is asked for a little: a token may be allowed to see some and not others. */
async function checkSpace(config: MarketplaceConfig, developerId: string): Promise<Finding[]> {
  const { apiUrl: baseUrl, email, token } = config;
  const client = createReportingClient({ baseUrl, email, token });
  const what = `Reporting API, developer space ${developerId}`;
  const failed: { readonly id: string; readonly error: unknown }[] = [];
  let answered = 0;
  try {
    for (const endpoint of neededEndpoints()) {
      const parameters = leastParameters(endpoint, dayOf(Date.now()));
      if (!parameters) continue;
      try {
        for await (const _ of client.pull(endpoint, { developerId, parameters })) break;
        answered += 1;
      } catch (error) {
        failed.push({ id: endpoint.id, error });
        // Who is not let in at all, or asks nobody, learns nothing from the other resources.
        if (error instanceof PulseError && /UNAUTHORIZED|UNAVAILABLE|NOT_FOUND/.test(error.code)) break;
      }
    }
  } finally {
    await client.close();
  }
  const byReason = Map.groupBy(failed, ({ error }) => reasonOf(error));
  return [
    ...(answered > 0 ? [fine(`${what}: ${answered} resources answer`)] : []),
    ...[...byReason.values()].map((same) =>
      problem(`${what}, ${same.map(({ id }) => id).join(', ')}`, same[0]?.error),
    ),
  ];
}

/** The Reporting API: whether it lets the account in, to what, and how long the token lives. */
export async function checkMarketplace(config: MarketplaceConfig): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const developerId of config.developerIds) findings.push(...(await checkSpace(config, developerId)));
  const { tokenExpires } = config;
  if (tokenExpires !== undefined && tokenExpires < addDays(dayOf(Date.now()), 30)) {
    findings.push(note(`The Marketplace API token expires on ${tokenExpires}`, 'Create a new one in time.'));
  }
  return findings;
}
