import { afterAll, beforeAll } from 'vitest';
import { type Companion, createCompanion } from '../server.ts';
import { RawPeer, requestFor } from './raw-peer.ts';

const TOKEN = 'abcdefghijklmnop';

/** The paths that only return what the page itself sent, or what others sent to it on purpose. */
export const OPEN_TARGETS = ['/echo', `/echo?watch=${TOKEN}`, '/broadcast', '/prices', '/dump'];

/** The paths that show or create traffic. */
export const OWN_TARGETS = [
  '/tap',
  `/tap?watch=${TOKEN}`,
  '/lab/act',
  '/lab/act?act=ping',
  `/lab/act?act=ping&watch=${TOKEN}`,
  '/lab/raw',
  `/lab/room?room=${TOKEN}`,
  `/lab/members?room=${TOKEN}`,
  '/lab/check',
  '/lab/doctor',
  '/lab/polling',
];

/** A WebSocket request with the given Host lines, as bytes, because names may contain other characters than ASCII. */
export function requestUnder(target: string, hosts: readonly string[], origins: readonly string[]): Uint8Array {
  const lines = [...hosts.map((host) => `Host: ${host}`), ...origins.map((origin) => `Origin: ${origin}`)];
  const head = requestFor(target, lines).replace('Host: localhost\r\n', '');
  return Buffer.from(head, 'utf8');
}

/** Asks for a WebSocket and hangs up. @returns the status of the answer */
export async function statusOf(port: number, request: Uint8Array | string): Promise<number> {
  const peer = await RawPeer.connect(port);
  peer.send(request);
  const [, status] = (await peer.head()).split(' ');
  peer.socket.destroy();
  return Number(status);
}

/** The set of statuses that several targets answer with. */
export async function statusesOf(
  port: number,
  targets: readonly string[],
  hosts: readonly string[],
  origins: readonly string[],
): Promise<readonly number[]> {
  const statuses = targets.map((target) => statusOf(port, requestUnder(target, hosts, origins)));
  return [...new Set(await Promise.all(statuses))];
}

/** One companion for a whole file of tests. Its port is known when the first test runs. */
export function shareCompanion(): { readonly port: number } {
  let companion: Companion | undefined;
  beforeAll(async () => {
    companion = await startShared();
  });
  afterAll(() => companion?.close());
  return {
    get port() {
      return companion?.listening.port ?? 0;
    },
  };
}

/** A companion for a whole file of tests, closed by `close`. */
export async function startShared(options: Parameters<typeof createCompanion>[0] = {}) {
  const companion = createCompanion({ port: 0, ...options });
  await companion.listen();
  return companion;
}
