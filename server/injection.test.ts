import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from './log.ts';
import type { Companion } from './server.ts';
import { startShared } from './testing/access.ts';
import { RawPeer, requestFor } from './testing/raw-peer.ts';

const lines: string[] = [];
let requests = 0;
let companion: Companion;
let port: number;
beforeAll(async () => {
  // The log of `framelight serve`.
  const log = createLog((line) => lines.push(line));
  companion = await startShared({ log });
  ({ port } = companion.listening);
});
afterAll(() => companion.close());

/**
 * What the server says to a request in Latin-1, and what it has logged since the request was sent: a line about the
 * request before it can come late, when the server notices that the connection has ended.
 */
async function answerTo(request: string): Promise<{ head: string; body: string; logged: readonly string[] }> {
  const before = lines.length;
  requests += 1;
  const peer = await RawPeer.connect(port);
  peer.send(Buffer.from(request, 'latin1'));
  peer.socket.end();
  await peer.end();
  const text = peer.received.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  return { head: text.slice(0, end), body: text.slice(end + 4), logged: lines.slice(before) };
}

/** Every header that an answer may have: what a request tries to smuggle in is none of them. */
const OWN_HEADERS =
  /^(?:Upgrade|Connection|Sec-WebSocket-(?:Accept|Protocol|Version)|Allow|Cache-Control|Content-(?:Length|Security-Policy|Type)|Date|ETag|Keep-Alive|Last-Modified|Referrer-Policy|Vary|X-Content-Type-Options): [\x20-\x7e]*$/;

function expectNothingInjected({ head, body, logged }: Awaited<ReturnType<typeof answerTo>>): void {
  const [first, ...headers] = head.split('\r\n');
  expect(first).toMatch(/^HTTP\/1\.1 \d{3} [A-Z][A-Za-z ]+$/);
  for (const header of headers) expect(header).toMatch(OWN_HEADERS);
  const length = /^Content-Length: (\d+)$/m.exec(head)?.[1];
  if (length !== undefined) expect(body).toHaveLength(Number(length));
  // Behind a 101 are frames: a reason stands in one as it was asked for.
  const text = head.includes(' 101 ') ? '' : body;
  for (const line of [...text.split('\n'), ...logged]) expect(line).toMatch(/^[\x20-\x7e\xa1-\xac\xae-\xff…’]*$/);
  // A line for each request at most.
  expect(lines.length).toBeLessThanOrEqual(requests);
}

const WITH = {
  'Sec-WebSocket-Protocol': (value: string) => requestFor('/dump', [`Sec-WebSocket-Protocol: ${value}`]),
  'Sec-WebSocket-Extensions': (value: string) => requestFor('/echo', [`Sec-WebSocket-Extensions: ${value}`]),
  'Sec-WebSocket-Key': (value: string) => requestFor('/echo').replace(/(Key:).*/, `$1 ${value}`),
  'Sec-WebSocket-Version': (value: string) => requestFor('/echo').replace(/(Version:).*/, `$1 ${value}`),
  Origin: (value: string) => requestFor('/echo', [`Origin: http://localhost${value}`]),
  Host: (value: string) => requestFor('/echo').replace(/(Host:).*/, `$1 localhost${value}`),
  Upgrade: (value: string) => requestFor('/echo').replace(/(Upgrade:).*/, `$1 websocket${value}`),
  'Content-Length': (value: string) => requestFor('/echo', [`Content-Length: ${value}`]),
  Expect: (value: string) => `GET /echo HTTP/1.1\r\nHost: localhost\r\nExpect: ${value}\r\n\r\n`,
  'X-Header': (value: string) => requestFor('/nowhere', [`X-Header: ${value}`]),
  'a header’s name': (value: string) => requestFor('/nowhere', [`X-${value}: 1`]),
  'the method': (value: string) => requestFor('/echo').replace('GET', `GET${value}`),
  'the path': (value: string) => requestFor(`/nowhere${value}`),
  'the path, escaped': (value: string) => requestFor(`/nowhere${encodeURIComponent(value)}`),
  'the token': (value: string) => requestFor(`/echo?watch=${encodeURIComponent(value)}`),
  'an act': (value: string) => requestFor(`/lab/act?act=${encodeURIComponent(value)}`),
  'a reason': (value: string) => requestFor(`/lab/act?act=close-1000&reason=${encodeURIComponent(value)}`),
  'the version': (value: string) => requestFor('/echo').replace('HTTP/1.1', `HTTP/1.1${value}`),
} as const;

const HOSTILE = [
  ...[
    'a\rX-Evil: 1',
    'a\nX-Evil: 1',
    'a\r\r\nX-Evil: 1',
    'a\n\nHTTP/1.1 200 OK',
    'a\r\n X-Evil: folded',
    'a\r\n\tX-Evil: 1',
  ],
  ...[
    'a\0b',
    'a\x1b[2J\x1b]0;evil\x07',
    'a\x9b31m',
    'a\x08\x08\x7f',
    'a\x0b\x0c',
    'a\x85\xad',
    'a\xe2\x80\xaeb',
    'a\xe5\x98\x8a\xe5\x98\x8d',
  ],
  ...['dump.json, \x01', '"dump.json"\r\nX-Evil: 1', '<script>alert(1)</script>'],
];

describe.each(Object.entries(WITH))('in %s', (_where, requestWith) => {
  test.each(HOSTILE)('%j', async (value) => {
    expectNothingInjected(await answerTo(requestWith(value)));
  });
});

test('a header of the request’s own stays the request’s own', async () => {
  const answer = await answerTo(requestFor('/dump', ['Sec-WebSocket-Protocol: dump.json', 'X-Evil: 1']));
  expect(answer.head).toContain(' 101 ');
  expect(answer.head.match(/^Sec-WebSocket-Protocol: .*$/m)?.[0]).toBe('Sec-WebSocket-Protocol: dump.json');
  expectNothingInjected(answer);
});

test('a subprotocol that nobody here speaks is not repeated', async () => {
  const answer = await answerTo(requestFor('/dump', ['Sec-WebSocket-Protocol: evil, dump.json.evil']));
  expect(answer.head).toContain(' 101 ');
  expect(answer.head).not.toContain('evil');
});
