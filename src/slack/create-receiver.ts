import { HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';

/** How Slack reaches the bot. */
export type BoltMode =
  /** The bot connects to Slack; the health routes are served only with a port. */
  | { readonly kind: 'socket'; readonly appToken: string; readonly healthPort?: number }
  /** Slack sends requests to `/slack/events`. */
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };

/** Bolt's way to hear from Slack: over a WebSocket or by signed requests. */
export function createReceiver(
  mode: BoltMode,
  logger: Logger,
  clientOptions: WebClientOptions,
): SocketModeReceiver | HTTPReceiver {
  if (mode.kind === 'http') return new HTTPReceiver({ signingSecret: mode.signingSecret, logger });
  return new SocketModeReceiver({
    appToken: mode.appToken,
    autoReconnectEnabled: false,
    logger,
    // One try each: reconnecting has its own pauses.
    installerOptions: { clientOptions: { ...clientOptions, retryConfig: { retries: 0 } } },
    customPropertiesExtractor: ({ envelope_id }: { envelope_id?: string }) => ({ envelopeId: envelope_id }),
  });
}
