/**
 * Every test file loads this first: a socket to anything but loopback throws, so that a test which could
 * reach the internet fails instead of passing by luck.
 */
import net from 'node:net';
import { URL } from 'node:url';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::', '']);

type Connect = typeof net.Socket.prototype.connect;
// oxlint-disable-next-line typescript/unbound-method -- called below with the socket as `this`.
const connect: Connect = net.Socket.prototype.connect;

function hostOf(args: unknown[]): string | undefined {
  // net.connect normalises its arguments to one array before it reaches the prototype.
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && first.path) return undefined;
    return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return undefined;
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: Parameters<Connect>) {
  const host = hostOf(args);
  if (host !== undefined && !LOOPBACK.has(host.replace(/^\[|\]$/g, ''))) {
    throw new Error(
      `a test tried to reach ${new URL(`tcp://${host.includes(':') ? `[${host}]` : host}`).host}`,
    );
  }
  return connect.apply(this, args);
} as Connect;
