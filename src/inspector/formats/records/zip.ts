import { decodeLatin1 } from '../../../text/latin1.ts';
import { inflate } from '../../deflate/inflate.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** In bytes, of one unpacked file. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;

/** A file of an archive, unpacked when it is asked for. */
export interface ZippedFile {
  readonly name: string;
  /** Undefined if it is damaged, encrypted, too long, or packed in another way than DEFLATE. */
  unpack(): Uint8Array | undefined;
}

/** The files of a zip archive, by its directory at the end. APPNOTE.TXT of PKWARE, §4.3. */
export function readZip(bytes: Uint8Array): ZippedFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  // A comment of up to 65,535 bytes may follow.
  while (end >= 0 && end > bytes.length - 22 - 0xffff - 1 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--;
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY) return [];
  const files: ZippedFile[] = [];
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) break;
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((each) => view.getUint16(at + each, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)));
    const entry = {
      isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    };
    files.push({ name, unpack: () => unpack(bytes, view, entry) });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

interface Entry {
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly start: number;
}

function unpack(
  bytes: Uint8Array,
  view: DataView,
  { isEncrypted, method, packed, unpacked, start }: Entry,
): Uint8Array | undefined {
  if (isEncrypted || start + 30 > bytes.length || view.getUint32(start, true) !== LOCAL_HEADER) return undefined;
  const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const content = bytes.subarray(data, data + packed);
  if (method === STORED) return content;
  if (method !== DEFLATED || unpacked > MAX_UNPACKED_BYTES) return undefined;
  const { output } = inflate(content, {
    window: new Uint8Array(0),
    maxOutputBytes: unpacked,
    maxBlocks: 0,
    maxCodes: 0,
  });
  return output.length === unpacked ? output : undefined;
}

/** Whether a file begins as a zip archive. */
export function isZip(head: Uint8Array): boolean {
  return decodeLatin1(head.subarray(0, 4)) === 'PK\u0003\u0004';
}
