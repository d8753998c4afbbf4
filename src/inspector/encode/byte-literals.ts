import { formatHex } from '../../bytes/hex.ts';

const BYTES_PER_LINE = 12;

function rows(bytes: Uint8Array, write: (byte: number) => string, indent: string): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE)
    lines.push(`${indent}${[...bytes.subarray(at, at + BYTES_PER_LINE)].map(write).join(', ')},`);
  return lines.join('\n');
}

const hexByte = (byte: number) => `0x${byte.toString(16).padStart(2, '0')}`;
const octal = (bytes: Uint8Array) => [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/** How bytes can be copied into a program or a shell. */
export const BYTE_LITERALS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  hex: formatHex,
  base64: toBase64,
  c: (bytes) => `static const unsigned char frame[${bytes.length}] = {\n${rows(bytes, hexByte, '    ')}\n};`,
  go: (bytes) => `frame := []byte{\n${rows(bytes, hexByte, '\t')}\n}`,
  rust: (bytes) => `let frame: [u8; ${bytes.length}] = [\n${rows(bytes, hexByte, '    ')}\n];`,
  python: (bytes) => `frame = bytes.fromhex("${formatHex(bytes)}")`,
  javascript: (bytes) => `const frame = new Uint8Array([\n${rows(bytes, hexByte, '  ')}\n]);`,
  // Octal escapes, because the printf of some shells knows no others.
  nc: (bytes) => {
    const head = [
      'GET / HTTP/1.1',
      'Host: localhost:8080',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
    ];
    const request = head.map((line) => `${line}\\r\\n`).join('');
    return `(printf '${request}\\r\\n'; sleep 1; printf '${octal(bytes)}'; sleep 1) | nc localhost 8080 | xxd`;
  },
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += `${DIGITS[bits >> 18]}${DIGITS[(bits >> 12) & 63]}`;
    text += second === undefined ? '=' : DIGITS[(bits >> 6) & 63];
    text += third === undefined ? '=' : DIGITS[bits & 63];
  }
  return text;
}
