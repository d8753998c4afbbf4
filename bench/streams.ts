import { encodeFrame, type MessageOpcode, OPCODE } from '../src/protocol/index.ts';

/** What a client sends: the bytes on the wire, the chunks that TCP cuts them into, and what they say. */
export interface ClientStream {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly chunkLength: number;
  readonly opcode: MessageOpcode;
  readonly messages: readonly Uint8Array[];
}

/** What one read from a socket delivers at most, in Node. */
export const READ_LENGTH = 64 * 1024;

/** Streams are about so long: long enough to be timed, short enough for the processor's cache. */
const STREAM_LENGTH = 512 * 1024;

/** So many chunks at most: each is an object of its own, and all of them have to stay in the cache, too. */
const MOST_CHUNKS = 2048;

/** As many masked frames of one message each as make a stream of a good length. RFC 6455 §5.3. */
export function clientStream(opcode: MessageOpcode, payload: Uint8Array, chunkLength = READ_LENGTH): ClientStream {
  const length = Math.min(STREAM_LENGTH, MOST_CHUNKS * chunkLength);
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

/** The text again and again, `byteLength` bytes in all; what does not fit at the end is spaces. */
function repeated(text: string, byteLength: number): Uint8Array<ArrayBuffer> {
  const once = new TextEncoder().encode(text);
  const bytes = new Uint8Array(byteLength).fill(0x20);
  let at = 0;
  for (; at + once.length <= byteLength; at += once.length) bytes.set(once, at);
  if (at === 0) bytes.set(once.filter((byte) => byte < 0x80).subarray(0, byteLength));
  return bytes;
}

/** Any bytes: every value comes. */
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
