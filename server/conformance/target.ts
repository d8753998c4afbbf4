import { isIP } from 'node:net';
import { isLoopbackName } from '../../src/companion/policy/host.ts';
import { bracket } from '../socket/remote.ts';

/** The server that is put to the test. */
export interface ServerUrl {
  /** As it was given. */
  readonly url: string;
  /** Name or address to connect to, without brackets. */
  readonly hostname: string;
  /** Whether it may be anywhere; else only on this machine, whatever its name. */
  readonly allowRemote: boolean;
  readonly port: number;
  /** What the requests name: host with port, path with query. */
  readonly host: string;
  readonly target: string;
}

/** Whether servers elsewhere may be checked: the suite sends broken frames, and not everybody wants them. */
export interface TargetOptions {
  readonly allowRemote?: boolean;
}

/**
 * Reads the address of a server to check.
 *
 * A name is not asked for its addresses here: findServer does that.
 *
 * @throws RangeError where it is no ws: address, or an address of another machine without `allowRemote`
 */
export function parseServerUrl(address: string, { allowRemote = false }: TargetOptions = {}): ServerUrl {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new RangeError(`${JSON.stringify(address)} is no address. Give one like ws://localhost:9001/echo.`);
  }
  if (url.protocol === 'wss:' || url.protocol === 'https:') {
    throw new RangeError(
      `${address} speaks TLS, which the conformance suite does not. Give the ws: address behind it.`,
    );
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'http:') {
    throw new RangeError(`${address} begins with ${url.protocol} Give an address that begins with ws:.`);
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowRemote && isIP(hostname) !== 0 && !isLoopbackAddress(hostname)) throw new RangeError(notHere(hostname));
  const port = url.port === '' ? 80 : Number(url.port);
  return { url: address, hostname, allowRemote, port, host: url.host, target: url.pathname + url.search };
}

/** What is said of a server that is somewhere else. */
export function notHere(hostname: string): string {
  return `${hostname} is not this machine. Add --allow-remote if its owner agrees to broken frames.`;
}

/** Whether a host name or address means this machine, without asking a name server. */
export function isLoopback(hostname: string): boolean {
  return isLoopbackName(bracket(hostname));
}

/** Whether an address is one of this machine's own. RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) !== 0 && isLoopback(address);
}
