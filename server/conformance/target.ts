import { isIP } from 'node:net';
import { isLoopbackName } from '../../src/companion/policy/host.ts';
import { bracket } from '../socket/remote.ts';

/** The server under test. */
export interface ServerUrl {
  /** As it was given. */
  readonly url: string;
  /** Name or address to connect to, without brackets. */
  readonly hostname: string;
  /** Whether it may be on another machine. */
  readonly allowRemote: boolean;
  readonly port: number;
  /** Present for a wss: address: the name in it, and whether to accept any certificate. */
  readonly tls?: { readonly name: string; readonly insecure: boolean };
  /** The host with its port, and the path with its query, as the requests name them. */
  readonly host: string;
  readonly target: string;
}

/** Whether to allow servers on other machines: the suite sends broken frames, so their owners must agree. */
export interface TargetOptions {
  readonly allowRemote?: boolean;
  /** Whether to take wss: addresses, and with which certificates. */
  readonly tls?: 'trusted' | 'any';
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Reads the address of a server to test. An address without a scheme gets `ws://`. Names are resolved later, in
 * findServer.
 *
 * @throws RangeError if it is not a ws: address, or wss: where that is taken, or belongs to another machine and `allowRemote` is false
 */
export function parseServerUrl(address: string, { allowRemote = false, tls }: TargetOptions = {}): ServerUrl {
  const full = HAS_SCHEME.test(address) ? address : `ws://${address}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new RangeError(`${JSON.stringify(address)} is not an address. Give one like ws://localhost:9001/echo.`);
  }
  const isTls = url.protocol === 'wss:' || url.protocol === 'https:';
  if (isTls && tls === undefined) {
    throw new RangeError(
      `${address} uses TLS, which the suite does not support here. Give the ws: address behind it, or use the command: framelight check ${address}`,
    );
  }
  if (!isTls && url.protocol !== 'ws:' && url.protocol !== 'http:') {
    throw new RangeError(`${address} does not start with ws://. Give an address such as ws://localhost:9001/echo.`);
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowRemote && isIP(hostname) !== 0 && !isLoopbackAddress(hostname)) throw new RangeError(notHere(hostname));
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const secured = isTls ? { tls: { name: hostname, insecure: tls === 'any' } } : {};
  return { url: full, hostname, allowRemote, port, ...secured, host: url.host, target: url.pathname + url.search };
}

/** The message about a server on another machine. */
export function notHere(hostname: string): string {
  return `${hostname} is not this machine. Add --allow-remote if its owner agrees to broken frames.`;
}

/** Whether a host name or address means this machine, without resolving it. */
export function isLoopback(hostname: string): boolean {
  return isLoopbackName(bracket(hostname));
}

/** Whether an address is a loopback address. RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) !== 0 && isLoopback(address);
}
