import { type Carrier, isStream } from './carrier.ts';

/** The peer's address and port; after the connection has ended, the system no longer knows them. */
export function remoteOf(carrier: Carrier): string {
  const { remoteAddress, remotePort } = (isStream(carrier) ? carrier.session?.socket : carrier) ?? {};
  return remoteAddress === undefined ? 'gone' : `${bracket(remoteAddress)}:${remotePort}`;
}

/** Puts an IPv6 address in brackets, so that a port can follow it. RFC 3986 §3.2.2. */
export function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
