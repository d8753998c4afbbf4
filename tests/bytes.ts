import fc from 'fast-check';

/** The bytes that pairs of hexadecimal digits stand for. */
export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** Bytes as hexadecimal digits: what a failed comparison should show. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Byte arrays joined to one new array. */
export function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces));
}

/** A copy of `bytes` that begins `byteOffset` bytes into its buffer: a chunk from TCP may lie anywhere. */
export function placedAt(byteOffset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const placed = new Uint8Array(new ArrayBuffer(byteOffset + bytes.length), byteOffset);
  placed.set(bytes);
  return placed;
}

/** Where to cut a stream into chunks; {@link cutAt} brings the numbers into its range. */
export const arbitraryCuts = fc.array(fc.nat(0xffff), { maxLength: 12 });

/** The stream cut into chunks, copies all: who takes a chunk may write over it. */
export function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

/** The stream cut after every byte. */
export function cutEverywhere(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** How many bytes `work` copies from array to array: the work that grows with the square where a buffer grows badly. */
export function countCopiedBytes(work: () => void): number {
  let copied = 0;
  const set = Uint8Array.prototype.set;
  Uint8Array.prototype.set = function (source: ArrayLike<number>, offset?: number) {
    copied += source.length;
    set.call(this, source, offset);
  };
  try {
    work();
  } finally {
    Uint8Array.prototype.set = set;
  }
  return copied;
}
