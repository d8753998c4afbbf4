import type { IncomingMessage } from 'node:http';
import type { Header, RequestHead } from '../../src/protocol/index.ts';

/** Converts a request from Node's parser. Header names keep their case and order. RFC 9112 §3. */
export function requestHeadOf(request: IncomingMessage): RequestHead {
  const { method = '', url = '', httpVersion } = request;
  return { method, target: url, httpVersion, headers: headersOf(request) };
}

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.push({ name: rawHeaders[i] as string, value: rawHeaders[i + 1] as string });
  }
  return headers;
}
