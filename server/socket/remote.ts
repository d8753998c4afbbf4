import type { Socket } from 'node:net';

/** Who is at the other end; where the connection is gone, the system does not know any more. */
export function remoteOf({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress === undefined ? 'gone' : `${bracket(remoteAddress)}:${remotePort}`;
}

/** An IPv6 address stands in brackets where a port may follow. RFC 3986 §3.2.2. */
export function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
