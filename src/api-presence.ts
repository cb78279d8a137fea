import type { MarketplaceConfig } from './config/read-config.ts';
import { createReportingClient } from './reporting/client.ts';

/** Whether the Reporting API answers at all, if only with a refusal: one request. Throws the signal's reason. */
export async function isApiThere(
  {
    apiUrl,
    developerIds: [developerId],
    email,
    token,
  }: Pick<MarketplaceConfig, 'apiUrl' | 'developerIds' | 'email' | 'token'>,
  signal: AbortSignal,
): Promise<boolean> {
  const client = createReportingClient({ baseUrl: apiUrl, email, token });
  try {
    return await client.isThere({ signal, ...(developerId !== undefined && { developerId }) });
  } finally {
    await client.close();
  }
}
