/** Where a Redis is, and what may be shown of that. */
export interface RedisAddress {
  /** The whole URL, with its password. Never log it. */
  readonly url: string;
  /** Scheme, host and port, for the log. */
  readonly name: string;
}

const EXAMPLES = 'Give one such as redis://localhost:6379, or rediss://user:password@redis.example:6380 for TLS.';

/**
 * Checks a Redis URL. The sentences never quote it, because it can hold a password.
 *
 * @returns the address, or the problem and how to fix it
 */
export function readRedisAddress(text: string): RedisAddress | { readonly problem: string } {
  if (!URL.canParse(text)) return { problem: `This is not a URL. ${EXAMPLES}` };
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    return { problem: `A Redis URL starts with redis:// or rediss://. ${EXAMPLES}` };
  if (hostname === '') return { problem: `The URL names no host. ${EXAMPLES}` };
  if (!/^\/?\d*$/.test(pathname) || search !== '' || hash !== '')
    return { problem: `After host and port, a Redis URL can have only the number of a database. ${EXAMPLES}` };
  if (!isPercentEncoded(username) || !isPercentEncoded(password))
    return { problem: 'The user name or the password has a "%" that starts no escape. Write "%" as %25.' };
  return { url: text, name: `${protocol}//${hostname}:${port === '' ? 6379 : port}` };
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
