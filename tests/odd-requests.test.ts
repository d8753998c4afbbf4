import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from '../server/bounds/limits.ts';
import { startCompanion } from '../server/testing/companion.ts';
import { RawPeer, requestFor } from '../server/testing/raw-peer.ts';

/** The chapter's table of requests that are neither clearly right nor clearly wrong, with our server's answers. */
const CHAPTER = readFileSync(
  fileURLToPath(new URL('../content/chapters/opening-handshake.mdx', import.meta.url)),
  'utf8',
);
const TABLE = /^\| Request \| Answer \|\n\| --- \| --- \|\n((?:\|.*\|\n)+)/m.exec(CHAPTER)?.[1] ?? '';
const ROWS = [...TABLE.matchAll(/^\| (.*) \| (\d{3}) \|$/gm)].map(([, request = '', status]) => ({
  request,
  status: Number(status),
}));

const ECHO = requestFor('/echo');
const withLine = (line: string) => requestFor('/echo', [line]);

/** The bytes of each row, and whether the client then ends TCP. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  'An empty line before the request line': [`\r\n${ECHO}`],
  '`ws://` or `WS://` and the host in front of the path': ['ws', 'WS'].map((scheme) =>
    ECHO.replace('GET /', `GET ${scheme}://localhost/`),
  ),
  'White space around `;` and `=` in an extension': [withLine('Sec-WebSocket-Extensions: x-a ; b = 10')],
  '`Content-Length: 0`': [withLine('Content-Length: 0')],
  '`Content-Length: 00`, or without a value': ['Content-Length: 00', 'Content-Length: '].map(withLine),
  'An empty `Host`, or an empty `Upgrade`': [/^Host: .*$/m, /^Upgrade: .*$/m].map((line) =>
    ECHO.replace(line, (whole) => `${whole.slice(0, whole.indexOf(':'))}: `),
  ),
  'The method `HEAD`': [ECHO.replace('GET', 'HEAD')],
  'A malformed line, before the head has ended': ['GET /echo HTTP/1.1\r\nHost : localhost\r\n'],
  'TCP ends inside the head': [ECHO.slice(0, 30)],
  'Nothing at all, or a head that does not end within 10 seconds': ['', ECHO.slice(0, 30)],
  'A request while 10,000 connections are open': [ECHO],
};

async function statusOf(port: number, request: string, end: boolean): Promise<number> {
  const peer = await RawPeer.connect(port);
  if (request !== '') peer.send(request);
  if (end) peer.socket.end();
  const head = await peer.head();
  peer.socket.destroy();
  return Number(head.split(' ')[1]);
}

test('the table has a row for each request, and no other', () => {
  expect(ROWS.map(({ request }) => request)).toEqual(Object.keys(REQUESTS));
});

test.each(ROWS)('$request: $status', async ({ request, status }) => {
  const full = status === 503;
  const late = status === 408;
  const { port } = await startCompanion({
    limits: { ...(full && { maxConnections: 0 }), ...(late && { handshakeTimeoutMs: 50 }) },
  });
  for (const bytes of REQUESTS[request] ?? []) {
    expect(await statusOf(port, bytes, request.startsWith('TCP ends'))).toBe(status);
  }
});

test('the limits that the table names are those of the server', () => {
  expect(DEFAULT_SERVER_LIMITS).toMatchObject({ handshakeTimeoutMs: 10_000, maxConnections: 10_000 });
});
