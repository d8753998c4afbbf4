/** A name or an address, in brackets where it is IPv6, and perhaps a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[^:]*)(?::\d*)?$/i;

/** The name in a Host header, without its port, in lower case. RFC 9110 §7.2. */
export function hostName(host: string): string {
  return (HOST.exec(host)?.[1] ?? '').toLowerCase();
}

const LOOPBACK_NAMES = new Set(['localhost', '[::1]']);
// As browsers write it, and no other way: 127.0.0.999 is no address, and so a name that somebody may own.
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const LOOPBACK_IPV4 = new RegExp(`^127(?:\\.${OCTET}){3}$`);
const ADDRESS = new RegExp(`^(?:\\[[0-9a-f:.]+\\]|${OCTET}(?:\\.${OCTET}){3})$`);

/** Whether a name can only mean this machine; IPv6 in brackets. RFC 6761 §6.3, RFC 1122 §3.2.1.3. */
export function isLoopbackName(name: string): boolean {
  return LOOPBACK_NAMES.has(name) || LOOPBACK_IPV4.test(name);
}

/** Whether this is an address, IPv6 in brackets: a name can be made to lead to any machine, an address cannot. */
export function isAddress(name: string): boolean {
  return ADDRESS.test(name);
}

// Scheme, host and port, and nothing else: a user name in front of the host could look like another host.
const WEB_ORIGIN = /^https?:\/\/([^/?#@\\]+)$/i;

/**
 * Whether pages from an origin may connect. RFC 6455 §10.2: a browser says where a page comes from,
 * and lets it connect anywhere; the server decides.
 *
 * @param origin the Origin header; undefined for a program, which sends none
 * @param host the request's own host: a page from there is this server's, or a neighbor's on it
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
 * Whether pages from an origin are this server's own: their name and port must be those of the request's host. A page of
 * ours connects to the host that it was loaded from. Another program can serve pages at the same port of another
 * loopback address, such as 127.0.0.2 or [::1], so it is not enough that both are loopback. Asked where traffic is
 * shown or made.
 *
 * The scheme is not compared: a page that came through a proxy with TLS, on the same name and port, is the server's own.
 *
 * @param host the request's own host, with its port; empty where it is not a name of this server
 */
export function isOwnOrigin(origin: string | undefined, host: string, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  if (!isWelcomeOrigin(origin, host, allowed) || !URL.canParse(`http://${host}`)) return false;
  const samePort = portOf(new URL(origin)) === portOf(new URL(`http://${host}`));
  return samePort && hostName(WEB_ORIGIN.exec(origin)?.[1] ?? '') === hostName(host);
}

/** An address of HTTP that names no port means 80, one of HTTPS 443. RFC 9110 §4.2. */
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
