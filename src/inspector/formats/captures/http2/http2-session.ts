import { GrowingBytes } from '../../../../bytes/growing-bytes.ts';
import type { ConversationOwner } from '../conversation-owner.ts';
import type { Side, StreamTaker } from '../tcp.ts';
import { type HeadField, HpackDecoder } from './hpack.ts';

/** What the client sends before its first frame: `PRI * HTTP/2.0`, and four lines more. RFC 9113 §3.4. */
const PREFACE_BYTES = 24;
const FRAME_HEAD_BYTES = 9;

const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const PUSH_PROMISE = 5;
const CONTINUATION = 9;

const END_STREAM = 0x01;
const END_HEADERS = 0x04;
const PADDED = 0x08;
const PRIORITY = 0x20;

/** In bytes. A longer head is not read: that direction ends there. */
const MAX_HEAD_BYTES = 256 * 1024;
/** What a client sends before it has the response. No client sends this much. */
const MAX_WAITING_BYTES = 1024 * 1024;
const MAX_STREAMS = 10_000;

/** Where one direction of frames stands. */
interface Direction {
  readonly hpack: HpackDecoder;
  prefaceLeft: number;
  readonly head: Uint8Array;
  headLength: number;
  type: number;
  flags: number;
  stream: number;
  /** How many bytes of the frame's payload are still to come. */
  left: number;
  /** How many of them are padding; undefined while the byte that says so has not come. */
  padding: number | undefined;
  /** The block of fields that is arriving, which may come in several frames. */
  readonly block: GrowingBytes;
  blockStream: number;
  blockFlags: number;
  /** Where in the block the fields begin. */
  blockStart: number;
  /** Whether it is unknown where the next frame begins, or what the fields are. */
  isLost: boolean;
}

/** A stream with a WebSocket in it. RFC 8441. */
interface Stream {
  readonly connection: number;
  /** What the client has sent before the response. */
  waiting: { readonly bytes: Uint8Array; readonly timeMs: number }[];
  waitingBytes: number;
  isOpen: boolean;
  readonly ended: [boolean, boolean];
}

/** Reads HTTP/2 and finds the WebSockets in it: streams that CONNECT opens with `:protocol` websocket. RFC 9113, RFC 8441 §4. */
export class Http2Session implements StreamTaker {
  readonly #owner: ConversationOwner;
  readonly #client: Side;
  readonly #names: readonly [string, string];
  readonly #directions: readonly [Direction, Direction];
  readonly #streams = new Map<number, Stream>();
  #found = 0;

  /** @param names the addresses of the two sides */
  constructor(owner: ConversationOwner, names: readonly [string, string], client: Side) {
    this.#owner = owner;
    this.#names = names;
    this.#client = client;
    this.#directions = [newDirection(client === 0), newDirection(client === 1)];
  }

  /** How many WebSockets it has found. */
  get found(): number {
    return this.#found;
  }

  opened(): void {}

  bytes(side: Side, bytes: Uint8Array, timeMs: number): void {
    const direction = this.#directions[side];
    let at = 0;
    while (at < bytes.length && !direction.isLost) at = this.#step(side, direction, bytes, at, timeMs);
  }

  gap(side: Side, byteLength: number | undefined, timeMs: number): void {
    const direction = this.#directions[side];
    if (direction.isLost) return;
    const { type, left, padding = 0 } = direction;
    // Whatever is missing of the payload of DATA is missing of the stream, and the next frame's place is known.
    if (byteLength !== undefined && type === DATA && direction.padding !== undefined && byteLength < left - padding) {
      direction.left -= byteLength;
      const stream = this.#streams.get(direction.stream);
      if (stream?.isOpen) this.#emitGap(side, stream, byteLength, timeMs);
      return;
    }
    this.#lose(side, timeMs);
  }

  end(side: Side, how: 'FIN' | 'RST', timeMs: number): void {
    for (const [id, stream] of this.#streams) this.#endStream(side, id, stream, how, timeMs);
  }

  /** @returns where the next step begins */
  #step(side: Side, direction: Direction, bytes: Uint8Array, at: number, timeMs: number): number {
    const available = bytes.length - at;
    if (direction.prefaceLeft > 0) {
      const taken = Math.min(direction.prefaceLeft, available);
      direction.prefaceLeft -= taken;
      return at + taken;
    }
    if (direction.headLength < FRAME_HEAD_BYTES) {
      direction.head[direction.headLength++] = bytes[at] as number;
      if (direction.headLength === FRAME_HEAD_BYTES) this.#beginFrame(side, direction, timeMs);
      return at + 1;
    }
    if (direction.padding === undefined) {
      direction.padding = bytes[at] as number;
      direction.left--;
      if (direction.padding > direction.left) this.#lose(side, timeMs);
      else if (direction.left === 0) this.#endFrame(side, direction, timeMs);
      return at + 1;
    }
    const content = direction.left - direction.padding;
    const taken = Math.min(content > 0 ? content : direction.left, available);
    if (content > 0) this.#content(side, direction, bytes.subarray(at, at + taken), timeMs);
    direction.left -= taken;
    if (direction.left === 0) this.#endFrame(side, direction, timeMs);
    return at + taken;
  }

  #beginFrame(side: Side, direction: Direction, timeMs: number): void {
    const { head } = direction;
    const [high = 0, middle = 0, low = 0, type = 0, flags = 0] = head;
    direction.type = type;
    direction.flags = flags;
    direction.left = high * 65536 + middle * 256 + low;
    direction.stream = new DataView(head.buffer).getUint32(5) & 0x7fffffff;
    const hasPadding = (flags & PADDED) !== 0 && (type === DATA || type === HEADERS || type === PUSH_PROMISE);
    direction.padding = hasPadding ? undefined : 0;
    if (type === HEADERS || type === PUSH_PROMISE) {
      direction.block.discard();
      // The fields of a push are those of another stream. Nobody pushes a WebSocket.
      direction.blockStream = type === HEADERS ? direction.stream : 0;
      direction.blockFlags = type === HEADERS ? flags : 0;
      // The priority, or the number of the promised stream, stands before the fields.
      direction.blockStart = type === PUSH_PROMISE ? 4 : (flags & PRIORITY) !== 0 ? 5 : 0;
    }
    if (direction.left === 0) {
      if (hasPadding) this.#lose(side, timeMs);
      else this.#endFrame(side, direction, timeMs);
    }
  }

  #content(side: Side, direction: Direction, content: Uint8Array, timeMs: number): void {
    switch (direction.type) {
      case DATA: {
        const stream = this.#streams.get(direction.stream);
        if (stream !== undefined) this.#data(side, stream, content, timeMs);
        return;
      }
      case HEADERS:
      case PUSH_PROMISE:
      case CONTINUATION:
        direction.block.append(content);
        if (direction.block.length > MAX_HEAD_BYTES) this.#lose(side, timeMs);
    }
  }

  #endFrame(side: Side, direction: Direction, timeMs: number): void {
    const { type, flags, stream: id, block } = direction;
    direction.headLength = 0;
    if (direction.isLost) return;
    const stream = this.#streams.get(id);
    if (type === RST_STREAM && stream !== undefined) this.#reset(side, id, stream, timeMs);
    if (type === DATA && (flags & END_STREAM) !== 0 && stream !== undefined)
      this.#endStream(side, id, stream, 'FIN', timeMs);
    if (type === HEADERS || type === PUSH_PROMISE || type === CONTINUATION) {
      if ((flags & END_HEADERS) === 0) return;
      const fields = direction.hpack.decode(block.peek().slice(direction.blockStart));
      block.discard();
      if (fields === undefined) this.#lose(side, timeMs);
      else this.#fields(side, direction, fields, timeMs);
    }
  }

  #fields(side: Side, { blockStream: id, blockFlags }: Direction, fields: readonly HeadField[], timeMs: number): void {
    const fieldNamed = (name: string) => fields.find((field) => field[0] === name)?.[1];
    let stream = this.#streams.get(id);
    if (side === this.#client) {
      const isWebSocket = fieldNamed(':method') === 'CONNECT' && fieldNamed(':protocol')?.toLowerCase() === 'websocket';
      if (stream === undefined && isWebSocket && this.#streams.size < MAX_STREAMS) {
        const connection = this.#owner.nextConnection();
        stream = { connection, waiting: [], waitingBytes: 0, isOpen: false, ended: [false, false] };
        this.#streams.set(id, stream);
        this.#found++;
        const [client, server] = [this.#names[side], this.#names[1 - side] as string];
        const url = fieldNamed(':path') ?? '';
        this.#owner.emit({ kind: 'open', connection, timeMs, client, server, url, begins: 'frames' });
        this.#owner.emit({ kind: 'fields', connection, direction: 'in', timeMs, fields });
      }
    } else if (stream !== undefined && !stream.isOpen) {
      const status = fieldNamed(':status') ?? '';
      this.#owner.emit({ kind: 'fields', connection: stream.connection, direction: 'out', timeMs, fields });
      if (/^2\d\d$/.test(status)) {
        stream.isOpen = true;
        for (const { bytes, timeMs: sentMs } of stream.waiting) this.#emitBytes(this.#client, stream, bytes, sentMs);
      }
      stream.waiting = [];
    }
    if (stream !== undefined && (blockFlags & END_STREAM) !== 0) this.#endStream(side, id, stream, 'FIN', timeMs);
  }

  #data(side: Side, stream: Stream, bytes: Uint8Array, timeMs: number): void {
    if (stream.isOpen) {
      this.#emitBytes(side, stream, bytes, timeMs);
      return;
    }
    // Before a response of success only the client can have sent frames; what follows a refusal is a page.
    if (side !== this.#client || stream.waitingBytes + bytes.length > MAX_WAITING_BYTES) return;
    stream.waiting.push({ bytes: bytes.slice(), timeMs });
    stream.waitingBytes += bytes.length;
  }

  /** RST_STREAM ends both directions. RFC 8441 §5: as RST does in TCP. */
  #reset(side: Side, id: number, stream: Stream, timeMs: number): void {
    if (!stream.ended[side]) this.#endStream(side, id, stream, 'RST', timeMs);
    this.#streams.delete(id);
  }

  /** RFC 8441 §5: END_STREAM is the FIN of the stream. */
  #endStream(side: Side, id: number, stream: Stream, how: 'FIN' | 'RST', timeMs: number): void {
    if (stream.ended[side]) return;
    stream.ended[side] = true;
    const { connection } = stream;
    this.#owner.emit({ kind: 'end', connection, direction: this.#directionOf(side), timeMs, how });
    if (stream.ended[0] && stream.ended[1]) this.#streams.delete(id);
  }

  /** Nothing more of this side can be read: each of its streams has a gap here. */
  #lose(side: Side, timeMs: number): void {
    this.#directions[side].isLost = true;
    for (const stream of this.#streams.values())
      if (!stream.ended[side]) this.#emitGap(side, stream, undefined, timeMs);
  }

  #emitBytes(side: Side, { connection }: Stream, bytes: Uint8Array, timeMs: number): void {
    this.#owner.emit({ kind: 'bytes', connection, direction: this.#directionOf(side), timeMs, bytes });
  }

  #emitGap(side: Side, { connection }: Stream, byteLength: number | undefined, timeMs: number): void {
    this.#owner.emit({ kind: 'gap', connection, direction: this.#directionOf(side), timeMs, byteLength });
  }

  #directionOf(side: Side): 'in' | 'out' {
    return side === this.#client ? 'in' : 'out';
  }
}

function newDirection(isClient: boolean): Direction {
  return {
    hpack: new HpackDecoder(),
    prefaceLeft: isClient ? PREFACE_BYTES : 0,
    head: new Uint8Array(FRAME_HEAD_BYTES),
    headLength: 0,
    type: 0,
    flags: 0,
    stream: 0,
    left: 0,
    padding: 0,
    block: new GrowingBytes(),
    blockStream: 0,
    blockFlags: 0,
    blockStart: 0,
    isLost: false,
  };
}
