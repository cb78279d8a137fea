/** A process that pulls answers and tells how much memory that took at its peak. Arguments: the API's address, endpoints. */
import { createReportingClient } from '../../src/reporting/client.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';

const [baseUrl = '', ...ids] = process.argv.slice(2);
const client = createReportingClient({
  baseUrl,
  email: 'jane@partner.example',
  token: { reveal: () => 'token' },
  developerId: 'space-1',
  wait: async () => undefined,
});

async function pull(name: string): Promise<string> {
  try {
    for await (const _ of client.pull(endpoints[name as 'churn'])) {
      // Rows are counted by nobody: what matters is the memory.
    }
    return 'read';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

// The first pulls load what a pull needs.
for (const id of ids) await pull(id);
const before = process.resourceUsage().maxRSS;
const codes: string[] = [];
for (const id of ids) codes.push(await pull(id));
process.stdout.write(JSON.stringify({ codes, mb: (process.resourceUsage().maxRSS - before) / 1024 }));
await client.close();
