import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSocket, type SocketDeps } from '../../../src/slack/socket.ts';
import { createLogBook } from '../../support/log-book.ts';

const SECOND = 1000;

/** A connection as the SDK gives one: it connects unless it is told to fail, and is gone when somebody says so. */
function createClient() {
  const client = Object.assign(new EventEmitter(), {
    failures: 0,
    starts: 0,
    isConnected: false,
    async start(): Promise<void> {
      client.starts += 1;
      if (client.failures > 0) {
        client.failures -= 1;
        throw new Error('apps.connections.open failed');
      }
      client.isConnected = true;
    },
    async disconnect(): Promise<void> {
      client.isConnected = false;
      client.emit('disconnected');
    },
  });
  return client;
}

async function setUp() {
  const client = createClient();
  let now = 0;
  const waits: number[] = [];
  const log = createLogBook();
  const deps = {
    receiver: { client },
    clock: () => now,
    log,
    async wait(ms: number, signal?: AbortSignal) {
      await setImmediate();
      // The deadline of a handshake and of a goodbye is no pause between two tries.
      if (signal?.aborted) return;
      waits.push(ms);
      now += ms;
    },
  } as unknown as SocketDeps;
  const socket = createSocket(deps);
  await socket.start();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 1000 && !client.isConnected; turn += 1) await setImmediate();
  };
  return { client, socket, waits, log, settle, anHourLater: () => void (now += 3600 * SECOND) };
}

describe('a Socket Mode connection', () => {
  it('that ends politely is replaced without any pause', async () => {
    const { anHourLater, client, settle, socket, waits } = await setUp();
    anHourLater();
    waits.length = 0;
    await client.disconnect();
    await settle();
    expect([client.starts, client.isConnected]).toEqual([2, true]);
    expect(waits).toEqual([]);
    await socket.stop();
  });

  it.each([1, 5, 50])(
    'that cannot be made %i times is made with the next try, never more than half a minute apart',
    async (failures) => {
      const { anHourLater, client, log, settle, socket, waits } = await setUp();
      anHourLater();
      client.failures = failures;
      waits.length = 0;
      await client.disconnect();
      await settle();
      expect([client.starts, client.isConnected]).toEqual([2 + failures, true]);
      expect(waits).toHaveLength(failures);
      expect(waits.slice(0, 5)).toEqual([1, 2, 4, 8, 16].slice(0, failures).map((s) => s * SECOND));
      expect(Math.max(...waits)).toBeLessThanOrEqual(30 * SECOND);
      expect(log.lines.filter(({ message }) => message === 'Slack could not be connected')).toHaveLength(
        failures,
      );
      await socket.stop();
      await setImmediate();
      expect(client.starts).toBe(2 + failures);
    },
  );

  it('that ends at once again and again is not stormed', async () => {
    const { client, settle, socket, waits } = await setUp();
    for (let time = 0; time < 6; time += 1) {
      await client.disconnect();
      await settle();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30].map((s) => s * SECOND));
    await socket.stop();
  });
});
