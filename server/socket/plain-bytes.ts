/**
 * The same bytes as a plain Uint8Array. A Buffer is a Uint8Array whose `slice` shares memory instead of copying, so code
 * that knows nothing of Node must not get one. V8 is also faster if all arrays are of one kind.
 */
export function plainBytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length);
}
