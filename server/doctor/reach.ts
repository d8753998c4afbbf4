import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { DoctorUrl } from './doctor-url.ts';

/** Where the name leads to. */
export interface FoundAddress {
  readonly addresses: readonly string[];
  readonly problem?: string;
  readonly tookMs: number;
}

/** Looks the name up. An address needs no lookup. */
export async function findAddresses({ hostname }: DoctorUrl): Promise<FoundAddress> {
  const startedMs = performance.now();
  const since = () => performance.now() - startedMs;
  try {
    const found = await lookup(hostname, { all: true });
    return { addresses: [...new Set(found.map(({ address }) => address))], tookMs: since() };
  } catch (error) {
    return { addresses: [], problem: messageOf(error), tookMs: since() };
  }
}

/** A connection, or why there is none. */
export type Reached<T extends Socket> =
  | { readonly socket: T; readonly tookMs: number }
  | { readonly code: string; readonly problem: string; readonly tookMs: number };

/** Opens TCP. The caller ends the socket. */
export function reachTcp(address: string, port: number, timeoutMs: number): Promise<Reached<Socket>> {
  return reach(connect({ host: address, port, noDelay: true, allowHalfOpen: true }), 'connect', timeoutMs);
}

/** Opens TLS. The certificate is not judged here: the caller wants to see it, good or bad. */
export function reachTls(
  address: string,
  { hostname, port }: Pick<DoctorUrl, 'hostname' | 'port'>,
  alpn: readonly string[],
  timeoutMs: number,
): Promise<Reached<TLSSocket>> {
  const options: ConnectionOptions = {
    host: address,
    port,
    ALPNProtocols: [...alpn],
    rejectUnauthorized: false,
    // An address must not stand in SNI. RFC 6066 §3.
    ...(!/^[\d.]+$|:/.test(hostname) && { servername: hostname }),
  };
  return reach(connectTls(options), 'secureConnect', timeoutMs);
}

function reach<T extends Socket>(socket: T, event: string, timeoutMs: number): Promise<Reached<T>> {
  const startedMs = performance.now();
  const since = () => performance.now() - startedMs;
  return new Promise((resolve) => {
    let isDone = false;
    const finish = (reached: Reached<T>) => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      if (!('socket' in reached)) socket.destroy();
      resolve(reached);
    };
    const fail = (code: string, problem: string) => finish({ code, problem, tookMs: since() });
    const timer = setTimeout(() => fail('ETIMEDOUT', `no answer in ${timeoutMs} ms`), timeoutMs);
    socket.once(event, () => finish({ socket, tookMs: since() }));
    // The listener stays: a socket may fail at any later time, too.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? '', messageOf(error)));
    socket.once('close', () => fail('ECONNRESET', 'the other side ended the connection'));
  });
}

/** The message of an error in one line. OpenSSL's own begins with numbers and the file that it comes from. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { reason } = error as { reason?: unknown };
  return typeof reason === 'string' ? reason : error.message.replaceAll(/\s+/g, ' ').trim();
}
