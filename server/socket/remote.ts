import type { Socket } from 'node:net';

/** The address and port of the other end; `gone` if the connection has ended, because the system forgets them then. */
export function remoteOf({ remoteAddress, remotePort }: Socket): string {
  return remoteAddress === undefined ? 'gone' : `${bracket(remoteAddress)}:${remotePort}`;
}

/** Puts an IPv6 address into brackets, so that a port can follow it. RFC 3986 §3.2.2. */
export function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
