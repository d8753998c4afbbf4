import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { chromium, type Page } from 'playwright';
import { joinBytes } from '../src/bytes/join-bytes.ts';
import {
  computeAccept,
  decodeCloseBody,
  decodeHeader,
  encodeCloseBody,
  encodeFrame,
  type FrameHeader,
  isControlOpcode,
  mask,
  OPCODE,
} from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { browserName } from '../src/widgets/break-rules/browser-name.ts';
import { findBrowser } from '../tests/browser.ts';

// Records what the Chromium of the tests does where RFC 6455 leaves a choice, or where the chapters say that browsers
// differ, in content/recordings/browser-habits-chromium.json. It takes about 70 seconds: one of the answers is how long
// the browser waits.
//
//   node scripts/record-browser-habits.ts

const FILE = new URL('../content/recordings/browser-habits-chromium.json', import.meta.url);
const SHORT_MS = 500;
/** The longest wait that is recorded is a minute. */
const MAX_WAIT_MS = 90_000;

/** The parts of a correct answer that a habit changes. */
interface Answer {
  readonly status?: string;
  readonly lineEnd?: string;
  readonly lines?: (request: string) => readonly string[];
}

/** What the page does once its connection is open: sends 300,000 bytes or an empty message, closes, or nothing. */
type OnOpen = 'send' | 'empty' | 'close' | 'wait';

/** What the page was told, and when, in milliseconds since it asked to connect. */
interface PageEvent {
  readonly event: string;
  readonly at: number;
  readonly code?: number;
}

interface Visit {
  readonly events: PageEvent[];
  /** The heads of all requests for a WebSocket. */
  readonly requests: string[];
  readonly connection: Connection | undefined;
}

/** The server's end of one WebSocket, which answers nothing by itself. */
class Connection {
  readonly frames: FrameHeader[] = [];
  /** Of the client's close frame. */
  closeCode: number | undefined;
  readonly #socket: Socket;
  #unread = new Uint8Array(0);
  #waiting: (() => void)[] = [];
  endedAt: number | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('end', () => {
      this.endedAt = performance.now();
      this.#wake();
    });
  }

  receive(bytes: Uint8Array): void {
    this.#unread = joinBytes([this.#unread, bytes]);
    for (;;) {
      const header = decodeHeader(this.#unread);
      const end = header === undefined ? 0 : header.headerLength + header.payloadLength;
      if (header === undefined || this.#unread.length < end) break;
      if (header.opcode === OPCODE.close) {
        const body = mask(this.#unread.slice(header.headerLength, end), header.maskingKey);
        this.closeCode = decodeCloseBody(body).closeCode;
      }
      this.frames.push(header);
      this.#unread = this.#unread.slice(end);
    }
    this.#wake();
  }

  send(opcode: number, payload: Uint8Array): void {
    this.#socket.write(encodeFrame({ opcode, payload }));
  }

  close(): void {
    this.send(OPCODE.close, encodeCloseBody(1000));
  }

  end(): void {
    this.#socket.end();
  }

  async frame(opcode: number): Promise<void> {
    await this.#until(() => this.frames.some((frame) => frame.opcode === opcode));
  }

  async ended(): Promise<number> {
    await this.#until(() => this.endedAt !== undefined);
    return this.endedAt ?? 0;
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
const userAgent = await (await browser.newPage()).evaluate(() => navigator.userAgent);

/** Lets a page open a WebSocket to a server of its own, and reports both sides. */
async function visit(
  answer: Answer,
  { open = 'wait', url = '', offer = [] }: { open?: OnOpen; url?: string; offer?: readonly string[] } = {},
  meanwhile: (connection: Connection, page: Page) => Promise<void> = async () => {},
): Promise<Visit> {
  const requests: string[] = [];
  const opened = Promise.withResolvers<Connection>();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let head = '';
    let connection: Connection | undefined;
    socket.on('data', (bytes) => {
      if (connection !== undefined) return connection.receive(bytes);
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      const key = /^Sec-WebSocket-Key: (.*)\r$/im.exec(head)?.[1];
      if (key === undefined) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<!doctype html>');
        return;
      }
      requests.push(head);
      const { status = 'HTTP/1.1 101 Switching Protocols', lineEnd = '\r\n', lines = () => [] } = answer;
      const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${computeAccept(key)}`];
      const isOpen = status.includes('101');
      socket.write([status, ...(isOpen ? upgrade : []), ...lines(head), '', ''].join(lineEnd));
      head = '';
      if (!isOpen) return;
      connection = new Connection(socket);
      opened.resolve(connection);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(
    ([target, names, onOpen]) => {
      const began = performance.now();
      const socket = new WebSocket(target, [...names]);
      const events: PageEvent[] = [];
      Object.assign(globalThis, { socket, events });
      for (const event of ['open', 'message', 'error', 'close']) {
        socket.addEventListener(event, (happened) => {
          const { code } = happened as CloseEvent;
          events.push({ event, at: Math.round(performance.now() - began), ...(event === 'close' ? { code } : {}) });
        });
      }
      socket.addEventListener('open', () => {
        if (onOpen === 'send') socket.send('x'.repeat(300_000));
        if (onOpen === 'empty') socket.send('');
        if (onOpen === 'close') socket.close(1000);
      });
    },
    [url === '' ? `ws://127.0.0.1:${port}/` : url.replace('{port}', String(port)), [...offer], open] as const,
  );
  const connection = await Promise.race([opened.promise, wait(SHORT_MS).then(() => undefined)]);
  if (connection !== undefined) await meanwhile(connection, page);
  await wait(SHORT_MS);
  const events = await page.evaluate(() => (globalThis as unknown as { events?: PageEvent[] }).events ?? []);
  await page.close();
  for (const socket of sockets) socket.destroy();
  server.close();
  return { events, requests, connection };
}

const isOpened = ({ events }: Visit) => events.some(({ event }) => event === 'open');
const closing = ({ events }: Visit) => events.find(({ event }) => event === 'close');
const seconds = (ms: number) => Math.round(ms / 100) / 10;
const opcodes = ({ connection }: Visit) => connection?.frames.map(({ opcode }) => opcode) ?? [];

const large = await visit({}, { open: 'send' }, async (connection) => {
  while (connection.frames.reduce((sum, { payloadLength }) => sum + payloadLength, 0) < 300_000) await wait(20);
});
const late = await visit({}, { open: 'close' }, async (connection) => {
  await connection.frame(OPCODE.close);
  connection.send(OPCODE.text, encodeText('late'));
  connection.send(OPCODE.ping, encodeText('late'));
  await wait(SHORT_MS);
  connection.close();
  connection.end();
});
let heldMs = 0;
const held = await visit({}, { open: 'close' }, async (connection) => {
  await connection.frame(OPCODE.close);
  const answeredAt = performance.now();
  connection.close();
  heldMs = (await connection.ended()) - answeredAt;
});
let silentMs = 0;
const silent = await visit({}, { open: 'close' }, async (connection) => {
  await connection.frame(OPCODE.close);
  const askedAt = performance.now();
  silentMs = (await Promise.race([connection.ended(), wait(MAX_WAIT_MS).then(() => Number.NaN)])) - askedAt;
});
const left = await visit({}, {}, async (connection, page) => {
  await page.goto('about:blank');
  await connection.frame(OPCODE.close);
});
const redirected = await visit({
  status: 'HTTP/1.1 302 Found',
  lines: () => ['Location: /elsewhere', 'Content-Length: 0'],
});
const challenged = await visit(
  { status: 'HTTP/1.1 401 Unauthorized', lines: () => ['WWW-Authenticate: Basic realm="a"', 'Content-Length: 0'] },
  { url: 'ws://user:secret@127.0.0.1:{port}/' },
);
const deflating = () => ['Sec-WebSocket-Extensions: permessage-deflate'];
const empty = await visit({ lines: deflating }, { open: 'empty' }, (connection) => connection.frame(OPCODE.text));
const [emptyFrame] = empty.connection?.frames ?? [];
const copied = await visit({ lines: (request) => /^Sec-WebSocket-Extensions:.*$/im.exec(request) ?? [] });

const habits = {
  opensWithoutSubprotocol: isOpened(await visit({}, { offer: ['chat'] })),
  opensWithCopiedExtensions: isOpened(copied),
  emptyMessageWithDeflate: { rsv1: emptyFrame?.rsv1, payloadLength: emptyFrame?.payloadLength },
  opensWithLineFeeds: isOpened(await visit({ lineEnd: '\n' })),
  opensWithHttp10: isOpened(await visit({ status: 'HTTP/1.0 101 Switching Protocols' })),
  requestsAfterRedirect: redirected.requests.length,
  authorizesAfter401: challenged.requests.length === 2 && /^Authorization: Basic /im.test(challenged.requests[1] ?? ''),
  fragmentsOf300000: large.connection?.frames
    .filter(({ opcode }) => !isControlOpcode(opcode))
    .map(({ payloadLength }) => payloadLength),
  opcodesAfterCloseAndPing: opcodes(late),
  eventsAfterCloseAndMessage: late.events.map(({ event }) => event),
  secondsUntilItEndsTcp: seconds(heldMs),
  secondsUntilCloseEventWhileTcpIsHeld: seconds((closing(held)?.at ?? Number.NaN) - (held.events[0]?.at ?? 0)),
  secondsWithoutCloseFrame: seconds(silentMs),
  codeWithoutCloseFrame: closing(silent)?.code,
  codeWhenThePageIsLeft: left.connection?.closeCode,
};
await browser.close();
await writeFile(FILE, `${JSON.stringify({ browser: browserName(userAgent), habits }, null, 2)}\n`);
console.log(habits);
