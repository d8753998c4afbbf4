/** A name or an address (IPv6 in brackets), and perhaps a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[^:]*)(?::\d*)?$/i;

/** The name in a Host header, without its port, in lower case. RFC 9110 §7.2. */
export function hostName(host: string): string {
  return (HOST.exec(host)?.[1] ?? '').toLowerCase();
}

const LOOPBACK_NAMES = new Set(['localhost', '[::1]']);
// Only in the form that browsers write. 127.0.0.999 is not an address but a name, which somebody might own.
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const LOOPBACK_IPV4 = new RegExp(`^127(?:\\.${OCTET}){3}$`);
const ADDRESS = new RegExp(`^(?:\\[[0-9a-f:.]+\\]|${OCTET}(?:\\.${OCTET}){3})$`);

/** Whether a name can only mean this machine; IPv6 in brackets. RFC 6761 §6.3, RFC 1122 §3.2.1.3. */
export function isLoopbackName(name: string): boolean {
  return LOOPBACK_NAMES.has(name) || LOOPBACK_IPV4.test(name);
}

/** Whether this is an address (IPv6 in brackets). A name can be pointed at any machine, an address cannot. */
export function isAddress(name: string): boolean {
  return ADDRESS.test(name);
}
