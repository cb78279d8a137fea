import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Trouble on the wire, after the eight kinds of Shopify's Toxiproxy. Times in ms. `toServer`: what is sent; otherwise what is
 * answered.
 */
export type Toxic = (
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs?: number }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** The end of the stream comes late. */
  | { readonly kind: 'slow-close'; readonly ms: number }
  /** Nothing passes; after a while the connection is closed. */
  | { readonly kind: 'timeout'; readonly ms: number }
  | { readonly kind: 'reset-peer'; readonly ms: number }
  /** Small pieces with pauses between them. */
  | { readonly kind: 'slicer'; readonly bytes: number; readonly ms: number }
  /** The connection ends after so many bytes. */
  | { readonly kind: 'limit-data'; readonly bytes: number }
  /** Nobody listens. */
  | { readonly kind: 'down' }
) & { readonly toServer?: boolean };

export const TOXICS = [
  'latency',
  'bandwidth',
  'slow-close',
  'timeout',
  'reset-peer',
  'slicer',
  'limit-data',
  'down',
] as const satisfies readonly Toxic['kind'][];

/** A proxy on loopback in front of one server. */
export interface ToxicProxy {
  readonly port: number;
  /** Connections that something was done to. */
  readonly hits: number;
  /** From now on this happens to new connections; `down`, `reset-peer` and `timeout` end the open ones. Undefined: nothing. */
  set(toxic: Toxic | undefined): void;
  close(): Promise<void>;
}

/** Passes on one direction; everything but a reset ends by closing the target. */
async function pipeThrough(source: Socket, target: Socket, toxic: Toxic | undefined): Promise<void> {
  let passed = 0;
  async function write(chunk: Buffer): Promise<void> {
    if (!target.write(chunk)) await new Promise<void>((resolve) => target.once('drain', resolve));
  }
  for await (const chunk of source as AsyncIterable<Buffer>) {
    switch (toxic?.kind) {
      case 'latency':
        await pause(toxic.ms + Math.random() * (toxic.jitterMs ?? 0));
        await write(chunk);
        break;
      case 'bandwidth':
        await pause((chunk.length / toxic.bytesPerSecond) * 1000);
        await write(chunk);
        break;
      case 'slicer':
        for (let at = 0; at < chunk.length; at += toxic.bytes) {
          await write(chunk.subarray(at, at + toxic.bytes));
          await pause(toxic.ms);
        }
        break;
      case 'limit-data': {
        const left = toxic.bytes - passed;
        passed += chunk.length;
        if (left > 0) await write(chunk.subarray(0, left));
        if (passed >= toxic.bytes) {
          target.destroy();
          source.destroy();
          return;
        }
        break;
      }
      case 'timeout':
        break;
      case 'slow-close':
      case 'reset-peer':
      case 'down':
      case undefined:
        await write(chunk);
    }
  }
  if (toxic?.kind === 'slow-close') await pause(toxic.ms);
  target.end();
}

/** Starts a proxy in front of a port of this machine. */
export async function createToxicProxy(targetPort: number): Promise<ToxicProxy> {
  let toxic: Toxic | undefined;
  let hits = 0;
  const open = new Set<Socket>();

  function keep(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  }

  async function serve(client: Socket): Promise<void> {
    const active = toxic;
    if (active) hits += 1;
    keep(client);
    if (active?.kind === 'down') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(targetPort, '127.0.0.1');
    keep(server);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const)
      one.once('close', () => other.destroy());
    if (active?.kind === 'reset-peer') setTimeout(() => client.resetAndDestroy(), active.ms).unref();
    if (active?.kind === 'timeout') setTimeout(() => client.destroy(), active.ms).unref();
    await Promise.all([
      pipeThrough(client, server, active?.toServer ? active : undefined),
      pipeThrough(server, client, active?.toServer ? undefined : active),
    ]);
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    serve(client).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    get hits() {
      return hits;
    },
    set(next) {
      toxic = next;
      if (next?.kind !== 'down' && next?.kind !== 'reset-peer' && next?.kind !== 'timeout') return;
      for (const socket of open) {
        hits += 1;
        socket.resetAndDestroy();
      }
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
