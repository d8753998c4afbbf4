import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ServerUrl } from './target.ts';

/** Starts a connection to the server under test. It emits `connect`, or with TLS `secureConnect`, when bytes can pass. */
export function connectTo({ hostname, port, tls }: ServerUrl): Socket {
  const to = { host: hostname, port, noDelay: true };
  if (tls === undefined) return connect(to);
  const { name, insecure } = tls;
  // A server name is never an address. RFC 6066 §3.
  const named = isIP(name) === 0 ? { servername: name } : {};
  return connectTls({ ...to, ...named, ALPNProtocols: ['http/1.1'], rejectUnauthorized: !insecure });
}
