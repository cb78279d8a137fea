/** README's example, between the two marks, against the API that the arguments name. */
const [email = '', token = '', developerId = '', baseUrl = ''] = process.argv.slice(2);

// README
import { ApiUnauthorizedError, createReportingClient, endpoints } from 'marketplace-pulse/reporting';

const client = createReportingClient({ email, token, developerId, baseUrl });
const found = client.pull(endpoints.licenses, { parameters: { text: 'acme', status: ['active'] } });
for await (const license of found) console.log(license.customer.company, license.tier); // pages of a list

const lines = client.pull(endpoints['transactions-export'], { signal: AbortSignal.timeout(600_000) });
try {
  for await (const line of lines) console.log(line.saleDate, line.vendorAmount); // a stream, in integer cents
} catch (error) {
  if (!(error instanceof ApiUnauthorizedError)) throw error; // a class for each situation, with a stable code
  console.error('A new token is needed.');
}
console.log(lines.report); // rows, what did not fit and why, fields nobody reads
// README

await client.close();
