import { findMagic } from '../../../inspector/formats/magic.ts';
import type { Sender } from '../../base/address/decode-address.ts';
import { FileSource, type ReadResult } from './read-source.ts';

export type NamedBlob = Blob & { readonly name?: string };

/** In bytes. */
const PIECE = 1024 * 1024;
/** In bytes: enough to know a capture, or a file that may have one inside. */
const MAGIC_BYTES = 64;
/** In bytes. A longer one can only be a recording, which is read in pieces. */
const MAX_WHOLE_BYTES = 512 * 1024 * 1024;

/**
 * Reads a file in pieces; one that gzip packed is unpacked.
 *
 * @param keyLog TLS secrets, as SSLKEYLOGFILE writes them. A capture can have more of them inside
 * @param onMore called after each piece of a recording, with what was read so far
 */
export async function readFileSource(
  file: NamedBlob,
  sender: Sender,
  keyLog: string,
  onMore?: (file: FileSource) => void,
): Promise<ReadResult> {
  const head = new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer());
  // The ciphers are loaded for captures only.
  const keys = findMagic(head) && { keyLog, openSealed: (await import('./open-sealed.ts')).openSealed };
  const source = new FileSource(file.name ?? '', keys);
  let length = 0;
  for await (const piece of piecesOf(file)) {
    source.push(piece);
    length += piece.length;
    if (source.isFull) break;
    if (source.isRecording) onMore?.(source);
    if (length > MAX_WHOLE_BYTES && !source.isRecording) {
      return {
        problem: {
          sentence: 'This file is no recording, and it has more than 512 MiB. Cut out the part that matters.',
        },
      };
    }
  }
  return source.end({ text: '', sender, limits: {} });
}

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) {
    for (let at = 0; at < file.size; at += PIECE) yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    return;
  }
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value as Uint8Array<ArrayBuffer>;
  }
}
