import { formatHex, formatHexByte } from '../../../bytes/hex.ts';

/** The formats in which a frame's bytes can be copied. */
export const COPY_FORMATS = {
  hex: { label: 'hex', write: formatHex },
  c: { label: 'C bytes', write: (bytes: Uint8Array) => `{ ${literals(bytes)} }` },
  javascript: { label: 'Uint8Array', write: (bytes: Uint8Array) => `new Uint8Array([${literals(bytes)}])` },
} as const;

export type CopyFormat = keyof typeof COPY_FORMATS;

function literals(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `0x${formatHexByte(byte)}`).join(', ');
}
