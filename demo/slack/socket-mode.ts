/**
 * Slack's end of Socket Mode: one-time WebSocket addresses, `hello`, envelopes and their acknowledgements,
 * `disconnect`. Source: docs.slack.dev/apis/events-api/using-socket-mode and @slack/socket-mode 3.1.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Delivery, Dispatch } from './deliver-http.ts';

/** Slack allows an app ten connections at a time. */
const MAX_CONNECTIONS = 10;
const PING_INTERVAL_MS = 10_000;

function text(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
}

/** Accepts the app's WebSockets and delivers envelopes over them, one connection after the other. */
export function createSocketMode(appId: string) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: WebSocket[] = [];
  const waiting = new Map<string, (payload: unknown) => void>();
  const watchers = new Set<() => void>();
  let turn = 0;

  const pings = setInterval(() => {
    for (const socket of connections) socket.ping();
  }, PING_INTERVAL_MS);
  pings.unref();

  function welcome(socket: WebSocket): void {
    connections.push(socket);
    socket.on('message', (data) => receive(text(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const index = connections.indexOf(socket);
      if (index >= 0) connections.splice(index, 1);
      for (const watcher of watchers) watcher();
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        connection_info: { app_id: appId },
        debug_info: { host: 'applink-simulated', build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    for (const watcher of watchers) watcher();
  }

  function receive(data: string): void {
    const message = JSON.parse(data) as { envelope_id?: string; payload?: unknown };
    if (message.envelope_id !== undefined) waiting.get(message.envelope_id)?.(message.payload);
  }

  function send(message: Record<string, unknown>): boolean {
    const open = connections.filter((socket) => socket.readyState === socket.OPEN);
    turn += 1;
    const socket = open[turn % open.length];
    socket?.send(JSON.stringify(message));
    return socket !== undefined;
  }

  return {
    /** The path of a new address, good for one connection. */
    ticketPath(): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${randomBytes(8).toString('hex')}`;
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): void {
      const isInvited = tickets.delete(url.searchParams.get('ticket') ?? '');
      if (url.pathname !== '/link/' || !isInvited || connections.length >= MAX_CONNECTIONS) {
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    /** Connections that said nothing of leaving. */
    get connected(): number {
      return connections.length;
    },
    /** Resolves when `count` connections are open. */
    async whenConnected(count = 1): Promise<void> {
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          if (connections.length < count) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      });
    },
    /** Sends an envelope, `deliveries` times the same one, and waits for the first acknowledgement. */
    async deliver(dispatch: Dispatch): Promise<Delivery> {
      const envelopeId = randomUUID();
      const startedAt = performance.now();
      const { promise, resolve } = Promise.withResolvers<{ readonly payload: unknown } | undefined>();
      waiting.set(envelopeId, (payload) => resolve({ payload }));
      const envelope = {
        envelope_id: envelopeId,
        type: dispatch.kind,
        payload: dispatch.payload,
        accepts_response_payload: dispatch.kind === 'slash_commands',
        ...(dispatch.kind === 'events_api' && { retry_attempt: 0, retry_reason: '' }),
      };
      const sent = Array.from({ length: dispatch.deliveries }, () => send(envelope));
      if (!sent[0]) {
        waiting.delete(envelopeId);
        return { outcome: 'dispatch_failed', detail: 'no Socket Mode connection', ms: 0, body: undefined };
      }
      const timer = setTimeout(() => resolve(undefined), dispatch.ackLimitMs);
      const ack = await promise;
      clearTimeout(timer);
      waiting.delete(envelopeId);
      const ms = performance.now() - startedAt;
      return ack === undefined
        ? {
            outcome: 'operation_timeout',
            detail: `no acknowledgement in ${dispatch.ackLimitMs} ms`,
            ms,
            body: undefined,
          }
        : { outcome: 'acked', detail: undefined, ms, body: ack.payload };
    },
    /** Asks every connection to leave, as Slack does when it recycles a host; new ones are welcome at once. */
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
      const message = JSON.stringify({
        type: 'disconnect',
        reason,
        debug_info: { host: 'applink-simulated' },
      });
      for (const socket of connections) socket.send(message);
    },
    /** Drops every connection without a word. */
    cut(): void {
      for (const socket of connections) socket.terminate();
    },
    close(): void {
      clearInterval(pings);
      for (const socket of connections) socket.terminate();
      server.close();
    },
  };
}
