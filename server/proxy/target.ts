import { isIP } from 'node:net';
import { isLoopback, isLoopbackAddress } from '../conformance/target.ts';
import { bracket } from '../socket/remote.ts';

/** Where a proxy passes everything on to. It is set at the start: no request can change it. */
export interface ProxyTarget {
  /** Name or address to connect to, without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly isTls: boolean;
  /** The Host header that the target expects. */
  readonly host: string;
  /** The path and query of the given URL. The proxy passes every path on; this one is only printed. */
  readonly path: string;
  /** As a WebSocket URL. */
  readonly url: string;
  readonly allowRemote: boolean;
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const SCHEMES = new Map([
  ['ws:', false],
  ['http:', false],
  ['wss:', true],
  ['https:', true],
]);

/**
 * Reads the address of a target. An address without a scheme gets `ws://`.
 *
 * @throws RangeError if it is no address, or belongs to another machine and `allowRemote` is false
 */
export function parseProxyTarget(address: string, allowRemote = false): ProxyTarget {
  const full = HAS_SCHEME.test(address) ? address : `ws://${address}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || url.hostname === '')
    throw new RangeError(`${JSON.stringify(address)} is not an address. Give one like ws://localhost:3000/chat.`);
  const isTls = SCHEMES.get(url.protocol);
  if (isTls === undefined)
    throw new RangeError(`${address} starts with ${url.protocol}//. Give an address that starts with ws:// or wss://.`);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowRemote && isIP(hostname) !== 0 && !isLoopback(hostname)) throw new RangeError(notLoopback(hostname));
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const path = url.pathname + url.search;
  return {
    hostname,
    port,
    isTls,
    host: url.host,
    path,
    url: `${isTls ? 'wss' : 'ws'}://${url.host}${path}`,
    allowRemote,
  };
}

/** The message about a target on another machine. */
export function notLoopback(name: string): string {
  return `${name} is not this machine. To pass connections on to another machine, add --allow-remote.`;
}

/** Whether a connection may go to this address. */
export function mayDial(address: string, { allowRemote }: ProxyTarget): boolean {
  return allowRemote || isLoopbackAddress(address);
}

/** `localhost:8081`, or `[::1]:8081`. */
export function hostAndPort(hostname: string, port: number): string {
  return `${bracket(hostname)}:${port}`;
}
