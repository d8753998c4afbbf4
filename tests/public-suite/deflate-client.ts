import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { constants, createInflateRaw, deflateRawSync, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { DeflateCase } from './deflate.ts';

const TAIL = Buffer.of(0x00, 0x00, 0xff, 0xff);
const SYNC = { finishFlush: constants.Z_SYNC_FLUSH } as const;
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

interface Agreed {
  readonly serverNoContext: boolean;
  readonly clientNoContext: boolean;
  readonly serverBits: number;
  readonly clientBits: number;
}

interface Message {
  readonly opcode: number;
  readonly payload: Buffer;
}

/**
 * The public suite's client for sections 12 and 13, written down from its description. It shares no code with the project: zlib
 * compresses and inflates.
 *
 * @param messages how many the case sends; the suite sends 1,000
 * @throws Error that says what is wrong with the server
 */
export async function runDeflateCase(
  port: number,
  { offer, file, units, fragmentBytes }: DeflateCase,
  messages: number,
) {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  try {
    const reader = new Reader(socket);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /echo HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`,
    );
    const agreed = readAnswer(await reader.head(), key);
    const inflater = new Inflater(agreed);
    const contents = unitsOf(file.bytes(), file.opcode);
    // From near the end on, so that the first message goes on at the file's start, however few there are.
    let at = contents.length - Math.floor(units / 2);
    for (let i = 0; i < messages; i++) {
      const message = Buffer.concat(take(contents, at, units));
      at = (at + units) % contents.length;
      const bits = Math.max(agreed.clientBits, 9);
      const payload = deflateRawSync(message, { ...SYNC, windowBits: bits, memLevel: 8 }).subarray(0, -TAIL.length);
      for (const frame of fragmentsOf(file.opcode, payload, fragmentBytes)) socket.write(frame);
      const echo = await reader.message(inflater);
      if (echo.opcode !== file.opcode || !echo.payload.equals(message))
        throw new Error(`message ${i + 1} came back wrong`);
    }
    socket.write(masked(0x88, Buffer.of(0x03, 0xe8)));
    const close = await reader.message(inflater);
    const code = close.payload.length === 0 ? 1000 : close.payload.readUInt16BE();
    if (close.opcode !== 8 || code !== 1000)
      throw new Error(`the close frame was answered with ${close.opcode}, ${code}`);
    await reader.end();
    inflater.close();
  } finally {
    socket.destroy();
  }
}

/** A text by its characters, in groups of bytes; other bytes one by one would be slow, so they are cut where needed. */
function unitsOf(bytes: Buffer, opcode: 1 | 2): { readonly length: number; slice(start: number, end: number): Buffer } {
  const text = opcode === 1 ? bytes.toString() : undefined;
  if (text === undefined) return { length: bytes.length, slice: (start, end) => bytes.subarray(start, end) };
  return { length: text.length, slice: (start, end) => Buffer.from(text.slice(start, end)) };
}

function take(contents: ReturnType<typeof unitsOf>, start: number, count: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = start, left = count; left > 0; at = 0) {
    const end = Math.min(at + left, contents.length);
    pieces.push(contents.slice(at, end));
    left -= end - at;
  }
  return pieces;
}

/** If the length is a multiple, the last frame is empty. */
function* fragmentsOf(opcode: number, payload: Buffer, size: number): Generator<Buffer> {
  if (size === 0 || payload.length <= size) {
    yield masked(0xc0 | opcode, payload);
    return;
  }
  for (let at = 0; at <= payload.length; at += size) {
    const isLast = at + size > payload.length;
    yield masked((at === 0 ? 0x40 | opcode : 0) | (isLast ? 0x80 : 0), payload.subarray(at, at + size));
  }
}

function masked(first: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? Buffer.of(first, 0x80 | length) : Buffer.alloc(length < 65_536 ? 4 : 10, first);
  if (length >= 126) {
    head[1] = 0x80 | (length < 65_536 ? 126 : 127);
    if (length < 65_536) head.writeUInt16BE(length, 2);
    else head.writeBigUInt64BE(BigInt(length), 2);
  }
  const key = randomBytes(4);
  return Buffer.concat([head, key, Buffer.from(payload.map((byte, i) => byte ^ (key[i & 3] as number)))]);
}

function readAnswer(head: string, key: string): Agreed {
  if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(`refused: ${head}`);
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  if (!head.includes(`Sec-WebSocket-Accept: ${accept}\r\n`)) throw new Error('the accept is wrong');
  const value = /^Sec-WebSocket-Extensions: (.*)\r$/m.exec(head)?.[1];
  if (value === undefined) throw new Error('the server does not accept permessage-deflate');
  const [name, ...parameters] = value.split(';').map((part) => part.trim());
  if (name !== 'permessage-deflate') throw new Error(`the server chose ${name}`);
  const agreed = { serverNoContext: false, clientNoContext: false, serverBits: 15, clientBits: 15 };
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const [, word = '', digits] = /^(\w+)(?:=([89]|1[0-5]))?$/.exec(parameter) ?? [];
    if (seen.has(word)) throw new Error(`${word} stands twice`);
    seen.add(word);
    if (word === 'server_no_context_takeover' && digits === undefined) agreed.serverNoContext = true;
    else if (word === 'client_no_context_takeover' && digits === undefined) agreed.clientNoContext = true;
    else if (word === 'server_max_window_bits' && digits !== undefined) agreed.serverBits = Number(digits);
    else if (word === 'client_max_window_bits' && digits !== undefined) agreed.clientBits = Number(digits);
    else throw new Error(`the parameter ${parameter} is wrong`);
  }
  return agreed;
}

/** Inflates the server's messages by what it agreed to, and by nothing else. */
class Inflater {
  readonly #options: { readonly windowBits: number };
  readonly #stream: InflateRaw | undefined;

  constructor({ serverNoContext, serverBits }: Agreed) {
    this.#options = { windowBits: serverBits };
    this.#stream = serverNoContext ? undefined : createInflateRaw(this.#options);
  }

  async inflate(payload: Buffer): Promise<Buffer> {
    const bytes = Buffer.concat([payload, TAIL]);
    const stream = this.#stream;
    if (stream === undefined) return inflateRawSync(bytes, { ...SYNC, ...this.#options });
    const pieces: Buffer[] = [];
    const collect = (piece: Buffer) => pieces.push(piece);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    stream.on('data', collect).once('error', reject);
    stream.write(bytes);
    stream.flush(() => resolve());
    await promise;
    stream.off('data', collect).off('error', reject);
    return Buffer.concat(pieces);
  }

  close(): void {
    this.#stream?.close();
  }
}

/** Reads what the server sends, and checks every frame. */
class Reader {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #isEnded = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      socket.emit('more');
    });
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        this.#isEnded = true;
        socket.emit('more');
      });
    }
  }

  async head(): Promise<string> {
    for (;;) {
      const text = this.#all().toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end >= 0) return (await this.#take(end + 4)).toString('latin1');
      await this.#more();
    }
  }

  /** The next message or close frame. */
  async message(inflater: Inflater): Promise<Message> {
    const pieces: Buffer[] = [];
    let opcode = 0;
    let isCompressed = false;
    for (;;) {
      const [first, second] = (await this.#take(2)) as unknown as [number, number];
      const payload = await this.#take(await this.#payloadLength(second));
      const own = first & 0x0f;
      if ((first & 0x30) !== 0 || ((first & 0x40) !== 0 && own !== 1 && own !== 2))
        throw new Error('a reserved bit is set');
      if (own === 8) return { opcode: 8, payload };
      if (own > 2 || (own === 0) !== pieces.length > 0) throw new Error(`opcode ${own} where none may stand`);
      if (own !== 0) {
        opcode = own;
        isCompressed = (first & 0x40) !== 0;
      }
      pieces.push(payload);
      if ((first & 0x80) === 0) continue;
      const whole = Buffer.concat(pieces);
      return { opcode, payload: isCompressed ? await inflater.inflate(whole) : whole };
    }
  }

  async end(): Promise<void> {
    while (!this.#isEnded) await this.#more();
    if (this.#length > 0) throw new Error('bytes after the close frame');
  }

  async #payloadLength(second: number): Promise<number> {
    if (second < 126) return second;
    if (second > 127) throw new Error('a frame is masked');
    const length =
      second === 126 ? (await this.#take(2)).readUInt16BE() : Number((await this.#take(8)).readBigUInt64BE());
    if (length < (second === 126 ? 126 : 65_536)) throw new Error('a length is not in its shortest form');
    return length;
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#length < length) {
      if (this.#isEnded) throw new Error('the server ended TCP');
      await this.#more();
    }
    const all = this.#all();
    this.#chunks = [all.subarray(length)];
    this.#length -= length;
    return all.subarray(0, length);
  }

  #all(): Buffer {
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  async #more(): Promise<void> {
    if (this.#isEnded) return;
    await once(this.#socket, 'more');
  }
}
