import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { WireMessage } from '../../src/inspector/wire/wire.ts';
import { Player } from '../proxy/player.ts';
import { ProxyServer, type ProxyServerOptions } from '../proxy/proxy.ts';
import type { ProxyRecord } from '../proxy/recording.ts';
import { parseProxyTarget } from '../proxy/target.ts';

/** A proxy for one test, on a free port of 127.0.0.1. */
export interface TestProxy extends ProxyServer {
  readonly port: number;
  readonly problems: string[];
}

export async function startProxy(
  targetPort: number | string,
  options: Partial<ProxyServerOptions> = {},
): Promise<TestProxy> {
  const problems: string[] = [];
  const target = parseProxyTarget(typeof targetPort === 'string' ? targetPort : `ws://127.0.0.1:${targetPort}/chat`);
  const proxy = new ProxyServer({
    target,
    host: '127.0.0.1',
    closingTimeoutMs: 500,
    listener: { problem: (sentence) => problems.push(sentence) },
    ...options,
  });
  const { port } = await proxy.listen();
  onTestFinished(() => proxy.close());
  return Object.assign(proxy, { port, problems });
}

/** A plain TCP server. @param accept gets each connection, which may stay half open */
export async function startTarget(accept: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    accept(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, server };
}

/** All records that a proxy still has. */
export function recordsOf({ recording }: ProxyServer): ProxyRecord[] {
  const cursor = recording.start();
  const records: ProxyRecord[] = [];
  for (let record = recording.next(cursor); record !== undefined; record = recording.next(cursor)) records.push(record);
  return records;
}

/** The messages that a tap would get. */
export function messagesOf(proxy: ProxyServer): WireMessage[] {
  const player = new Player();
  return recordsOf(proxy).flatMap((record) => [...player.messagesOf(record)]);
}
