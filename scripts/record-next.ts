import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { chromium } from 'playwright';
import { createCompanion } from '../server/server.ts';
import { computeAccept } from '../src/protocol/index.ts';
import { browserName } from '../src/widgets/break-rules/browser-name.ts';
import { findBrowser } from '../tests/browser.ts';

// Records what the Chromium of the tests has of the interfaces in the chapter "Today and next", and what it does when a server
// stops reading, in content/recordings/next-chromium.json.
//
//   node scripts/record-next.ts

const FILE = new URL('../content/recordings/next-chromium.json', import.meta.url);
const CHUNK_BYTES = 256 * 1024;
/** With WebSocket, a page can go on for ever: 64 MiB are enough to see that. */
const MAX_CHUNKS = 256;
/** A writer that is not ready by then waits for the server. */
const STUCK_MS = 1000;

/** A server that opens a WebSocket and reads nothing after it. */
async function serveWithoutReading(): Promise<{ readonly url: string; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const key = /^Sec-WebSocket-Key: (.*)\r$/im.exec(String(head))?.[1] ?? '';
      socket.pause();
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${computeAccept(key)}\r\n\r\n`,
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}

const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
const context = await browser.newContext({ ignoreHTTPSErrors: true });
const page = await context.newPage();
const companion = createCompanion({ port: 0, h2: true });
const url = await companion.listen();
await page.goto(`${url}/healthz`);

const interfaces = await page.evaluate(() =>
  Object.fromEntries(['WebSocketStream', 'WebTransport', 'EventSource'].map((name) => [name, name in window])),
);
const protocol = await page.evaluate(
  () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol,
);

// The page is the server's own. What the tap says of its next connection shows whether that is a stream.
const http2 = await page.evaluate(async () => {
  const token = 'recorded-for-the-chapter';
  const tap = new WebSocket(`wss://${location.host}/tap?watch=${token}`);
  await new Promise((done) => tap.addEventListener('open', done));
  const first = new Promise<string>((done) =>
    tap.addEventListener('message', ({ data }) => done(data), { once: true }),
  );
  const socket = new WebSocket(`wss://${location.host}/echo?watch=${token}`);
  socket.addEventListener('open', () => socket.close());
  return JSON.parse(await first).http2;
});

const silent = await serveWithoutReading();
const local = await context.newPage();
// A secure page must not open ws:, and WebSocketStream needs a secure one: loopback is both.
const plain = createCompanion({ port: 0 });
await local.goto(`${await plain.listen()}/healthz`);
const asked = { url: silent.url, chunkBytes: CHUNK_BYTES, maxChunks: MAX_CHUNKS, stuckMs: STUCK_MS };
const withWebSocket = await local.evaluate(async ({ url: to, chunkBytes, maxChunks }) => {
  const socket = new WebSocket(to);
  await new Promise((done) => socket.addEventListener('open', done));
  for (let i = 0; i < maxChunks; i++) socket.send(new Uint8Array(chunkBytes));
  const { bufferedAmount, readyState } = socket;
  return { sentBytes: maxChunks * chunkBytes, bufferedAmount, isOpen: readyState === WebSocket.OPEN };
}, asked);
const withStream = await local.evaluate(async ({ url: to, chunkBytes, maxChunks, stuckMs }) => {
  // TypeScript does not know it yet.
  const { WebSocketStream } = window as unknown as {
    WebSocketStream?: new (url: string) => { opened: Promise<{ writable: WritableStream<Uint8Array> }> };
  };
  if (WebSocketStream === undefined) return undefined;
  const { writable } = await new WebSocketStream(to).opened;
  const writer = writable.getWriter();
  for (let i = 0; i < maxChunks; i++) {
    const late = new Promise((done) => setTimeout(done, stuckMs, 'stuck'));
    if ((await Promise.race([writer.ready, late])) === 'stuck') return { writtenBytes: i * chunkBytes, waits: true };
    writer.write(new Uint8Array(chunkBytes)).catch(() => {});
  }
  return { writtenBytes: maxChunks * chunkBytes, waits: false };
}, asked);

const userAgent = await page.evaluate(() => navigator.userAgent);
await browser.close();
silent.close();
await Promise.all([companion.close(), plain.close()]);
const recorded = { browser: browserName(userAgent), interfaces, protocol, http2, withWebSocket, withStream };
await writeFile(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
console.log(recorded);
