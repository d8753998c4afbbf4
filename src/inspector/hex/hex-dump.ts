import { formatHexByte } from '../../bytes/hex.ts';

/** One row of a hex dump. */
export interface HexDumpRow {
  /** The offset of the first byte. */
  readonly offset: number;
  /** Two digits for each byte. */
  readonly hex: readonly string[];
  /** One character for each byte: the character itself if it is visible ASCII or a space, otherwise a dot. */
  readonly ascii: string;
}

/** The width of the rows, and the offset of the first one. */
export interface HexDumpOptions {
  /** 1 or more. */
  readonly bytesPerRow?: number;
  /** The offset of the first byte. */
  readonly offset?: number;
}

/** Cuts bytes into rows, as hex and as text. */
export function hexDumpRows(bytes: Uint8Array, { bytesPerRow = 16, offset = 0 }: HexDumpOptions = {}): HexDumpRow[] {
  const rows: HexDumpRow[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerRow) {
    const row = [...bytes.subarray(start, start + bytesPerRow)];
    rows.push({ offset: offset + start, hex: row.map(formatHexByte), ascii: row.map(asciiOf).join('') });
  }
  return rows;
}

/** Prints bytes like `hexdump -C`. Each row ends with a line feed, and `parseHex` reads the text again. */
export function formatHexDump(bytes: Uint8Array, options: HexDumpOptions = {}): string {
  const { bytesPerRow = 16 } = options;
  return hexDumpRows(bytes, options)
    .map(({ offset, hex, ascii }) => {
      const padded = Array.from({ length: bytesPerRow }, (_, i) => hex[i] ?? '  ');
      const half = Math.ceil(bytesPerRow / 2);
      const digits = [padded.slice(0, half), padded.slice(half)].map((group) => group.join(' ')).join('  ');
      return `${offset.toString(16).padStart(8, '0')}  ${digits}  |${ascii}|\n`;
    })
    .join('');
}

function asciiOf(byte: number): string {
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
}
