import { formatHexByte } from '../../bytes/hex.ts';

/** One row of a hex dump. */
export interface HexDumpRow {
  /** Of its first byte. */
  readonly offset: number;
  /** Two digits a byte. */
  readonly hex: readonly string[];
  /** One character a byte: itself where it is visible ASCII or a space, else a dot. */
  readonly ascii: string;
}

/** How wide the rows are, and where the first of them starts. */
export interface HexDumpOptions {
  /** 1 or more. */
  readonly bytesPerRow?: number;
  /** The offset of the first byte. */
  readonly offset?: number;
}

/** Bytes in rows, as hex and as text. */
export function hexDumpRows(bytes: Uint8Array, { bytesPerRow = 16, offset = 0 }: HexDumpOptions = {}): HexDumpRow[] {
  const rows: HexDumpRow[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerRow) {
    const row = [...bytes.subarray(start, start + bytesPerRow)];
    rows.push({ offset: offset + start, hex: row.map(formatHexByte), ascii: row.map(asciiOf).join('') });
  }
  return rows;
}

/** Those rows as text, in the form of `hexdump -C`, which `parseHex` reads again; each ends with a line feed. */
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
