import { bracket } from '../socket/remote.ts';

/** The address that the doctor examines. */
export interface DoctorUrl {
  readonly url: string;
  readonly secure: boolean;
  /** Name or address, IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** For the Host header. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  /** The origin of a page of the same site. */
  readonly origin: string;
}

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Reads an address. One without a scheme gets `ws://`.
 *
 * @throws RangeError if it is none that a WebSocket can have
 */
export function parseDoctorUrl(address: string): DoctorUrl {
  const full = HAS_SCHEME.test(address) ? address : `ws://${address}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new RangeError(`${JSON.stringify(address)} is not an address. Give one like wss://example.org/socket.`);
  }
  const secure = url.protocol === 'wss:' || url.protocol === 'https:';
  if (!secure && url.protocol !== 'ws:' && url.protocol !== 'http:') {
    throw new RangeError(
      `${address} starts with neither ws:// nor wss://. Give an address such as ws://localhost:9001/echo.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new RangeError('The address has a user name or a password, which the doctor does not send. Leave them out.');
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const isDefault = port === (secure ? 443 : 80);
  const host = isDefault ? bracket(hostname) : `${bracket(hostname)}:${port}`;
  const shown = `${secure ? 'wss' : 'ws'}://${host}${url.pathname}${url.search}`;
  return {
    url: shown,
    secure,
    hostname,
    port,
    host,
    target: url.pathname + url.search,
    origin: `${secure ? 'https' : 'http'}://${host}`,
  };
}
