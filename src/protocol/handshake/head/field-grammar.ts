const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const OUTSIDE_FIELD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const NAME_OR_IPV4 = /^[\w\-.~!$&'()*+,;=%]+$/;
const IPV6 = /^\[[0-9A-Fa-f:.]+\]$/;
const MAX_PORT = 65535;

/** Says whether a text is a token, the form of methods, header names and subprotocols. RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Finds the first character that must not be in a header's value: a control character (above all CR, LF and NUL,
 * which could end the value and begin another header line), or one that is not a single byte. RFC 9110 §5.5.
 *
 * @returns its index, or -1
 */
export function findForbiddenCharacter(fieldValue: string): number {
  return fieldValue.search(OUTSIDE_FIELD_VALUE);
}

/** Says whether a text has the form of a Host header: a name or an address, with or without a port. RFC 9110 §7.2. */
export function isHost(text: string): boolean {
  const [, name = '', port = ''] = /^(.*?)(?::(\d{0,5}))?$/.exec(text) ?? [];
  return (NAME_OR_IPV4.test(name) || IPV6.test(name)) && Number(port) <= MAX_PORT;
}
