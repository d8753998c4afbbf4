import { hostName, isLoopbackName } from './host.ts';

// Scheme, host and port, and nothing else: a user name before the host could look like another host.
const WEB_ORIGIN = /^https?:\/\/([^/?#@\\]+)$/i;

/**
 * Whether pages from an origin may connect. A browser lets a page connect to any server, and sends the page's origin for
 * the server to decide. RFC 6455 §10.2.
 *
 * @param origin the Origin header; undefined for a program other than a browser, which sends none
 * @param host the request's own host: a page from there comes from this server, or from another port of the same host
 * @param allowed further origins, as a browser writes them
 */
export function isWelcomeOrigin(origin: string | undefined, host: string, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  const authority = WEB_ORIGIN.exec(origin)?.[1];
  if (authority === undefined || !URL.canParse(origin)) return false;
  const name = hostName(authority);
  return name !== '' && (isLoopbackName(name) || name === hostName(host));
}

/**
 * Whether pages from an origin are this server's own: their name and port must be those of the request's host, because
 * our pages connect to the host that they were loaded from. Two loopback addresses are not enough: another program can
 * serve pages at the same port of 127.0.0.2, for example.
 *
 * The scheme is not compared: a page that came through a TLS proxy on the same name and port is the server's own.
 *
 * @param host the request's own host, with its port; empty if it is not a name of this server
 */
export function isOwnOrigin(origin: string | undefined, host: string, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  if (!isWelcomeOrigin(origin, host, allowed) || !URL.canParse(`http://${host}`)) return false;
  const samePort = portOf(new URL(origin)) === portOf(new URL(`http://${host}`));
  return samePort && hostName(WEB_ORIGIN.exec(origin)?.[1] ?? '') === hostName(host);
}

/** The default port is 80 for HTTP and 443 for HTTPS. RFC 9110 §4.2. */
function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

/** Whether a browser can send this as its Origin: scheme, host and port as it writes them, or `null`. RFC 6454 §6.2. */
export function isSerializedOrigin(text: string): boolean {
  if (text === 'null') return true;
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return host !== '' && text === `${protocol}//${host}`;
}
