/**
 * The same bytes without Node's own methods. A Buffer is a Uint8Array whose `slice` shares memory
 * instead of copying; code that knows nothing of Node must not meet one. It is faster, too, where all
 * arrays are of one kind.
 */
export function plainBytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length);
}
