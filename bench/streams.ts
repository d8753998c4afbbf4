import { encodeFrame, type MessageOpcode, OPCODE } from '../src/protocol/index.ts';

/** A client's stream: the bytes on the wire, the length of the chunks that TCP delivers, and the message in each frame. */
export interface ClientStream {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly chunkLength: number;
  readonly opcode: MessageOpcode;
  readonly messages: readonly Uint8Array[];
}

/** The most bytes that one read from a socket delivers in Node. */
export const READ_LENGTH = 64 * 1024;

/** The approximate length of a stream in bytes: long enough to be timed, short enough for the processor's cache. */
const STREAM_LENGTH = 512 * 1024;

/** The most chunks of a stream: each is an object, and all of them must fit in the cache, too. */
const MAX_CHUNKS = 2048;

/** Joins masked frames of one message each, until the stream has the length above. RFC 6455 §5.3. */
export function clientStream(opcode: MessageOpcode, payload: Uint8Array, chunkLength = READ_LENGTH): ClientStream {
  const length = Math.min(STREAM_LENGTH, MAX_CHUNKS * chunkLength);
  const count = Math.max(2, Math.round(length / (payload.length + 6)));
  const messages = Array.from({ length: count }, () => payload);
  const frames = messages.map((message, i) => encodeFrame({ opcode, payload: message, maskingKey: keyOf(i) }));
  return { bytes: joined(frames), chunkLength, opcode, messages };
}

/** The chunks of a stream: views of `bytes`, as a socket would deliver them. */
export function chunksOf(bytes: Uint8Array<ArrayBuffer>, chunkLength: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkLength) {
    chunks.push(Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(chunkLength, bytes.length - at)));
  }
  return chunks;
}

/** English: every byte is one character. */
export function asciiText(byteLength: number): Uint8Array<ArrayBuffer> {
  return repeated('The quick brown fox jumps over the lazy dog. ', byteLength);
}

/** Several scripts: characters of one to four bytes. */
export function mixedText(byteLength: number): Uint8Array<ArrayBuffer> {
  return repeated('Zwölf Boxkämpfer jagen Viktor; Съешь же ещё этих булок; いろはにほへと 🦊. ', byteLength);
}

/** Repeats the text up to `byteLength` bytes. If it does not fit exactly, spaces fill the end. */
function repeated(text: string, byteLength: number): Uint8Array<ArrayBuffer> {
  const once = new TextEncoder().encode(text);
  const bytes = new Uint8Array(byteLength).fill(0x20);
  let at = 0;
  for (; at + once.length <= byteLength; at += once.length) bytes.set(once, at);
  if (at === 0) bytes.set(once.filter((byte) => byte < 0x80).subarray(0, byteLength));
  return bytes;
}

/** Binary bytes with every value. */
export function binary(byteLength: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: byteLength }, (_, i) => (i * 151) & 0xff);
}

/** A different masking key for each frame, the same ones in each run. */
export function keyOf(i: number): number {
  return Math.imul(i + 1, 0x9e3779b1) >>> 0;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces));
}

export const TEXT = OPCODE.text;
export const BINARY = OPCODE.binary;
