/** The server that is put to the test. */
export interface CheckTarget {
  /** As it was given. */
  readonly url: string;
  /** Name or address to connect to, without brackets. */
  readonly hostname: string;
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
 * @throws RangeError where it is no ws: address, or not on this machine without `allowRemote`
 */
export function parseTarget(address: string, { allowRemote = false }: TargetOptions = {}): CheckTarget {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new RangeError(`${JSON.stringify(address)} is no address. Give one like ws://localhost:9001/echo.`);
  }
  if (url.protocol === 'wss:' || url.protocol === 'https:') {
    throw new RangeError(`${address} speaks TLS, which the check does not. Give the ws: address behind it.`);
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'http:') {
    throw new RangeError(`${address} begins with ${url.protocol} Give an address that begins with ws:.`);
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowRemote && !isLoopback(hostname)) {
    throw new RangeError(`${hostname} is not this machine. Add --allow-remote if its owner agrees to broken frames.`);
  }
  const port = url.port === '' ? 80 : Number(url.port);
  return { url: address, hostname, port, host: url.host, target: url.pathname + url.search };
}

/** Whether a host name or address stands for this machine, told without asking a name server. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
