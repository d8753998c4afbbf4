import type { IncomingMessage } from 'node:http';
import type { Header, RequestHead } from '../../src/protocol/index.ts';

/**
 * Converts a request from Node's parser. Header names keep their case and order. RFC 9112 §3. Of the pseudo-headers of HTTP/2,
 * the authority becomes the Host, and the others are in the request line. RFC 9113 §8.3.1.
 */
export function requestHeadOf(request: IncomingMessage): RequestHead {
  const { method = '', url = '', httpVersion } = request;
  return { method, target: url, httpVersion, headers: headersOf(request) };
}

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
    if (name === ':authority') headers.push({ name: 'host', value });
    else if (!name.startsWith(':')) headers.push({ name, value });
  }
  return headers;
}
