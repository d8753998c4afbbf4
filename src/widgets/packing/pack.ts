import { encodeText } from '../../text/utf8.ts';

export interface PackOptions {
  /** How far back a match can reach, as a power of two: 9 to 15. zlib cannot compress with 8. */
  readonly windowBits: number;
  /** Whether each message begins with an empty window. */
  readonly forgets: boolean;
}

/**
 * Compresses messages as permessage-deflate does, with the bytes that zlib writes. RFC 7692 §7.2.1.
 *
 * The library is loaded when it is first needed. `CompressionStream`, which every browser has, cannot flush: it would
 * end the stream with each message, and so never refer back to an earlier one.
 *
 * @returns for each message its compressed payload, without the four bytes that are left out at its end
 */
export async function packMessages(texts: readonly string[], options: PackOptions): Promise<Uint8Array[]> {
  const { Deflate } = await import('pako/browser/deflate');
  const create = () => new Deflate({ raw: true, windowBits: options.windowBits });
  let deflate = create();
  return texts.map((text) => {
    if (options.forgets) deflate = create();
    const pieces: Uint8Array[] = [];
    deflate.onData = (piece: Uint8Array) => void pieces.push(piece.slice());
    deflate.push(encodeText(text), Z_SYNC_FLUSH);
    return withoutTail(pieces);
  });
}

/** Ends the message at a byte, with an empty stored block, and keeps the stream open. */
const Z_SYNC_FLUSH = 2;
const TAIL_BYTES = 4;

function withoutTail(pieces: readonly Uint8Array[]): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole.subarray(0, length - TAIL_BYTES);
}
