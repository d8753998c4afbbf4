// Stage 2: checks the opening request, refuses a wrong one, and answers a right one with 101.
// Run it:   node examples/your-server/02-handshake.mjs
// Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 2

import { STATUS_CODES } from 'node:http';
import { createServer } from 'node:net';

const PORT = Number(process.argv[2] ?? 9001);
const PATH = '/echo';
const MAX_HEAD_BYTES = 8192;
const LINGER_MS = 2000;

/** Thrown to end a connection. The last words are sent first: a response, or a close frame. */
class Stop extends Error {
  constructor(lastWords = '') {
    super();
    this.lastWords = lastWords;
  }
}

/** Reads a socket in pieces of the size that we ask for. TCP itself may cut the bytes anywhere. */
class Reader {
  #rest = Buffer.alloc(0);
  #chunks;

  constructor(socket) {
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** Returns at least one byte, and at most `max`. Waits if nothing is there. */
  async some(max) {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done) throw new Stop();
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, max);
    this.#rest = this.#rest.subarray(max);
    return piece;
  }

  async exactly(count) {
    const pieces = [];
    for (let left = count; left > 0; left -= pieces.at(-1).length) pieces.push(await this.some(left));
    return Buffer.concat(pieces);
  }
}

/** Reads the head of a request, up to and including its empty line. */
async function readHead(reader) {
  let head = '';
  while (!head.endsWith('\r\n\r\n')) {
    head += (await reader.exactly(1)).toString('latin1');
    check(head.length <= MAX_HEAD_BYTES, 431);
  }
  return head;
}

/** Refuses the request with an HTTP status, unless all is right. */
function check(isRight, status, ...headers) {
  if (!isRight) throw new Stop(response(status, ...headers, 'Connection: close', 'Content-Length: 0'));
}

function response(status, ...headers) {
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', ''].join('\r\n');
}

const HEADER = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const EXTENSION = /^[\w!#$%&'*+.^`|~-]+([ \t]*;[ \t]*[\w!#$%&'*+.^`|~-]+(="?[\w!#$%&'*+.^`|~-]+"?)?)*$/;

/** Checks the request, and returns the response that opens the connection. */
function open(head) {
  const [requestLine, ...lines] = head.slice(0, -4).split('\r\n');
  const [, method, target = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(requestLine) ?? [];
  check(method !== undefined, 400);
  check(method === 'GET', 405, 'Allow: GET');
  const [, path] = /^(?:https?:\/\/[^/]+)?(\/[^?]*)/.exec(target) ?? [];
  check(path !== undefined, 400);
  check(path === PATH, 404);

  const headers = new Map();
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    check(name !== undefined, 400);
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
  }
  const values = (name) => headers.get(name) ?? [];
  const items = (name) => values(name).flatMap((value) => value.split(/[ \t]*,[ \t]*/).filter(Boolean));
  const lists = (name, word) => items(name).some((item) => item.toLowerCase() === word);
  const isOne = (name, form) => values(name).length === 1 && form.test(values(name)[0]);

  check(isOne('host', HOST), 400);
  check(values('upgrade').length > 0, 426, 'Upgrade: websocket');
  check(lists('upgrade', 'websocket') && lists('connection', 'upgrade'), 400);
  check(isOne('sec-websocket-version', /^13$/), 426, 'Upgrade: websocket', 'Sec-WebSocket-Version: 13');
  check(isOne('sec-websocket-key', /^[A-Za-z\d+/]{22}==$/), 400);
  check(values('origin').length <= 1 && values('content-length').length === 0, 400);
  const subprotocols = items('sec-websocket-protocol');
  const areNames = subprotocols.every((name, i) => TOKEN.test(name) && subprotocols.indexOf(name) === i);
  const areOffers = items('sec-websocket-extensions').every((offer) => EXTENSION.test(offer));
  check(areNames && areOffers, 400);
  return response(101, 'Upgrade: websocket', 'Connection: Upgrade');
}

/** Resolves when the bytes are on their way, so that a client that does not read slows us down. */
function send(socket, bytes) {
  return new Promise((resolve) => socket.write(bytes, resolve));
}

/** Ends TCP from this side, and reads on for a while. Unread bytes would reset TCP, and our last words could be lost. */
async function end(reader, socket) {
  socket.end();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  while (true) await reader.some(65_536);
}

async function serve(socket) {
  const reader = new Reader(socket);
  try {
    const head = await readHead(reader);
    await send(socket, open(head));
    while (true) await reader.some(65_536); // The frames, which we cannot read yet.
  } catch (error) {
    if (error instanceof Stop) await send(socket, error.lastWords);
    else console.error(error.message);
  }
  await end(reader, socket).catch(() => socket.destroy());
}

const server = createServer({ noDelay: true }, serve);
server.listen(PORT, '127.0.0.1', () => console.log(`Listening on ws://localhost:${server.address().port}/echo`));
