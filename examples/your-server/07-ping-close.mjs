// Stage 7: answers pings, and answers a close frame before it ends TCP.
// Run it:   node examples/your-server/07-ping-close.mjs
// Check it: npm run -s framelight -- check ws://localhost:9001/echo --stage 7

import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { createServer } from 'node:net';

const PORT = Number(process.argv[2] ?? 9001);
const PATH = '/echo';
const MAX_HEAD_BYTES = 8192;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const LINGER_MS = 2000;
const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10];

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
  const accept = acceptOf(values('sec-websocket-key')[0]);
  return response(101, 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`);
}

/** Hashes the key, as text, with the GUID of RFC 6455 appended. The hash is 20 bytes, not hex digits. */
function acceptOf(key) {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** Reads the header of a frame, and checks everything that can be checked in it. */
async function readHeader(reader) {
  const [first, second] = await reader.exactly(2);
  const [fin, opcode, size] = [first >= 0x80, first & 0x0f, second & 0x7f];
  rule((first & 0x70) === 0, 1002, 'a reserved bit is set');
  rule([CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG].includes(opcode), 1002, 'the opcode is reserved');
  rule(second >= 0x80, 1002, 'the frame is not masked');
  rule(opcode < CLOSE || (fin && size <= 125), 1002, 'a control frame is cut, or too long');
  let length = size;
  if (size === 126) length = (await reader.exactly(2)).readUInt16BE();
  if (size === 127) length = Number((await reader.exactly(8)).readBigUInt64BE());
  rule(size < 126 || length >= (size === 126 ? 126 : 65_536), 1002, 'the length has a shorter form');
  rule(length < 2 ** 63, 1002, 'the first bit of the length is 1');
  rule(length <= MAX_MESSAGE_BYTES, 1009, 'the frame is too long');
  return { fin, opcode, length, key: await reader.exactly(4) };
}

/** Fails the connection unless the rule is kept: sends a close frame that says why, and ends TCP. */
function rule(isKept, code, reason) {
  if (!isKept) throw new Stop(closeFrame(code, reason));
}

function closeFrame(code, reason) {
  return encodeFrame(CLOSE, Buffer.from([code >> 8, code & 0xff, ...Buffer.from(reason)]));
}

/** Writes a frame as a server does: FIN is 1, there is no mask, and the length has its shortest form. */
function encodeFrame(opcode, payload) {
  const { length } = payload;
  const size = length < 126 ? length : length < 65_536 ? 126 : 127;
  const header = Buffer.alloc(size < 126 ? 2 : size === 126 ? 4 : 10);
  header.set([0x80 | opcode, size]);
  if (size === 126) header.writeUInt16BE(length, 2);
  if (size === 127) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

/** Undoes the masking: XOR of byte i of the payload and byte i mod 4 of the key. */
function unmask(payload, key) {
  for (let i = 0; i < payload.length; i++) payload[i] ^= key[i % 4];
  return payload;
}

/** Reads frame after frame, and echoes each message when its last frame has come. */
async function talk(reader, socket) {
  let message; // The message whose last frame has not come yet.
  while (true) {
    const { fin, opcode, length, key } = await readHeader(reader);
    const payload = unmask(await reader.exactly(length), key);
    if (opcode === PING) await send(socket, encodeFrame(PONG, payload));
    if (opcode === CLOSE) throw new Stop(encodeFrame(CLOSE, payload.subarray(0, 2)));
    if (opcode >= CLOSE) continue; // A control frame may come between two fragments. It is not part of the message.
    if (opcode !== CONTINUATION) message = { opcode, length: 0, pieces: [] };
    if (message === undefined) continue;
    message.length += length;
    rule(message.length <= MAX_MESSAGE_BYTES, 1009, 'the message is too long');
    message.pieces.push(payload);
    if (!fin) continue;
    await send(socket, encodeFrame(message.opcode, Buffer.concat(message.pieces)));
    message = undefined;
  }
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
    await talk(reader, socket);
  } catch (error) {
    if (error instanceof Stop) await send(socket, error.lastWords);
    else console.error(error.message);
  }
  await end(reader, socket).catch(() => socket.destroy());
}

const server = createServer({ noDelay: true }, serve);
server.listen(PORT, '127.0.0.1', () => console.log(`Listening on ws://localhost:${server.address().port}/echo`));
