import { decodeText } from '../../../text/utf8.ts';
import { inflate } from '../../deflate/inflate.ts';

/** Reads the files of a zip by their names. */
export interface ZipFiles {
  readonly names: readonly string[];
  /** @returns undefined if there is no such file, or it cannot be unpacked */
  bytesOf(name: string): Uint8Array | undefined;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MAX_COMMENT_LENGTH = 0xffff;
/** In bytes, for one file: a bomb costs no more than this. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly byteLength: number;
  readonly offset: number;
  readonly isEncrypted: boolean;
}

/**
 * Reads the directory of a zip. The inflater of this project unpacks its files, so it needs no library.
 *
 * @returns undefined if it has no directory: it is cut off, or no zip
 */
export function readZip(bytes: Uint8Array): ZipFiles | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_LENGTH;
  const first = Math.max(0, end - MAX_COMMENT_LENGTH);
  while (end >= first && view.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < first) return undefined;
  const count = view.getUint16(end + 10, true);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_LENGTH > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) break;
    const nameLength = view.getUint16(at + 28, true);
    const name = decodeText(bytes.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength));
    if (name !== undefined) {
      entries.set(name, {
        isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
        method: view.getUint16(at + 10, true),
        packedBytes: view.getUint32(at + 20, true),
        byteLength: view.getUint32(at + 24, true),
        offset: view.getUint32(at + 42, true),
      });
    }
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return {
    names: [...entries.keys()],
    bytesOf: (name) => {
      const entry = entries.get(name);
      return entry && unpack(bytes, view, entry);
    },
  };
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array | undefined {
  const { offset, method, packedBytes, byteLength, isEncrypted } = entry;
  if (isEncrypted || byteLength > MAX_FILE_BYTES) return undefined;
  if (offset + LOCAL_LENGTH > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) return undefined;
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  if (method === 0) return packed;
  if (method !== 8) return undefined;
  const { output, ending } = inflate(packed, { maxOutputBytes: byteLength, maxBlocks: 0, maxCodes: 0 });
  return ending === 'malformed' || output.length !== byteLength ? undefined : output;
}
