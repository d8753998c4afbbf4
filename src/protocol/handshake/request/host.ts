const NAME_OR_IPV4 = /^[\w\-.~!$&'()*+,;=%]+$/;
const IPV6 = /^\[[0-9A-Fa-f:.]+\]$/;
const HIGHEST_PORT = 65535;

/** Says whether a text is what a Host header holds: a name or an address, and a port or none. RFC 9110 §7.2. */
export function isHost(text: string): boolean {
  const [, name = '', port = ''] = /^(.*?)(?::(\d{0,5}))?$/.exec(text) ?? [];
  return (NAME_OR_IPV4.test(name) || IPV6.test(name)) && Number(port) <= HIGHEST_PORT;
}
