import { parseHex } from '../hex/parse-hex.ts';
import { linesOf, type PasteResult, type ReadForm, refused } from './pasted.ts';

/** A time such as 12:34:56.789, perhaps with a date or in brackets, and the sign between it and the bytes. */
const TIME =
  /^\s*\[?(?:\d{4}-\d\d-\d\d[ T])?(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d{1,9})?Z?\]?(?:\s*(?:->|=>|[:|-]))?[ \t]+(?=[0-9a-f])/i;

/** A clock time before the bytes of each line, as serial monitors write it. */
export const readTimedHex: ReadForm = (text) => {
  const lines = linesOf(text);
  if (lines.length === 0 || !lines.every(({ text: line }) => TIME.test(line))) return undefined;
  return without(text, TIME, 'hex, with a time before each line');
};

/** A bullet at the start of a line: the RFC's own examples have one. */
const BULLET = /^\s*[*\u2022o-]\s+(?=0x|[0-9a-f]{2}\b)/i;
const COMMENT = /\/\/|#|;|--/;

/** A line without its bullet, and without the comment at its end: one of a program, or words in parentheses. */
function withoutComment(line: string): string {
  const found = line.search(COMMENT);
  const kept = (found < 0 ? line : line.slice(0, found)).replace(BULLET, '');
  const opening = kept.lastIndexOf('(');
  const inside = kept.slice(opening + 1).trimEnd();
  // In the RFC, a comment in parentheses may continue in the next line.
  const isComment = opening >= 0 && /[g-z"]/i.test(inside) && [-1, inside.length - 1].includes(inside.indexOf(')'));
  return isComment ? kept.slice(0, opening) : kept;
}

/** Hex with comments: `827e0005 // header`, and the lines of the RFC: `*  0x81 0x05 (contains "Hello")`. */
export const readCommentedHex: ReadForm = (text) => {
  const lines = linesOf(text);
  if (lines.length > MAX_LINES) return undefined;
  const plain = lines.map(({ text: line }) => withoutComment(line));
  if (plain.every((line, i) => line === lines[i]?.text)) return undefined;
  const kept = plain.join('\n').trim();
  if (kept === '' || !/^[\s0-9a-fx,:]+$/i.test(kept)) return undefined;
  return named(parseHex(kept), 'hex with comments');
};

/** Above this, no comments are removed: the reader of plain hex then finds the exact place of a mistake. */
const MAX_LINES = 100_000;

function without(text: string, pattern: RegExp, form: string): PasteResult | undefined {
  const kept = linesOf(text)
    .map(({ text: line }) => line.replace(pattern, ''))
    .join('\n');
  return named(parseHex(kept), form);
}

/** @returns undefined if it is not hex after all: the reader of plain hex then finds the place of the mistake in the whole text */
function named(result: ReturnType<typeof parseHex>, form: string): PasteResult | undefined {
  return 'problem' in result ? undefined : { form, parts: [{ bytes: result.bytes }], notes: [] };
}

const LESS_BYTE = /<([0-9A-F]{2})>|\^([@-_?])|([ -~])/gy;

/** A log with raw bytes, as `less` shows it: `<8A><80>]<9E>3O`. */
export const readLess: ReadForm = (text) => {
  const shown = text.trim();
  if (!/^<[0-9A-F]{2}>/.test(shown)) return undefined;
  const bytes: number[] = [];
  LESS_BYTE.lastIndex = 0;
  while (LESS_BYTE.lastIndex < shown.length) {
    const [whole, hex, caret, character] = LESS_BYTE.exec(shown) ?? [];
    if (whole === undefined) return undefined;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (caret !== undefined) bytes.push(caret.charCodeAt(0) ^ 0x40);
    else bytes.push((character ?? '').charCodeAt(0));
  }
  return { form: 'raw bytes as "less" shows them', parts: [{ bytes: Uint8Array.from(bytes) }], notes: [] };
};

/** A buffer in Jetty's log: the bytes that are left to read are between <<< and >>>. */
export const readJettyBuffer: ReadForm = (text) => {
  const start = text.indexOf('<<<');
  const end = text.indexOf('>>>', start + 3);
  if (start < 0 || end < 0 || !/\{[^{}]*$/.test(text.slice(Math.max(0, start - 200), start))) return undefined;
  const inside = text.slice(start + 3, end);
  if (inside.includes('...')) {
    return refused(
      'Jetty left out the middle of this buffer ("..."), so some bytes are missing. Record them with Wireshark instead.',
      start,
      end + 3,
    );
  }
  const bytes: number[] = [];
  const pattern = /\\x([0-9a-f]{2})|\\([rnt\\])|([ -~])/giy;
  while (pattern.lastIndex < inside.length) {
    const [whole, hex, short, character] = pattern.exec(inside) ?? [];
    if (whole === undefined) return undefined;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (short !== undefined) bytes.push({ r: 13, n: 10, t: 9 }[short.toLowerCase()] ?? 0x5c);
    else bytes.push((character ?? '').charCodeAt(0));
  }
  return { form: "a buffer in Jetty's log", parts: [{ bytes: Uint8Array.from(bytes) }], notes: [] };
};

/** Texts that are recognized, but do not contain the bytes that were sent. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*<FRAME>[\s\S]*opcode:/,
    'This is a frame as tungstenite logs it: the header in words, and the payload already unmasked. Paste the bytes as they were sent instead.',
  ],
  [
    /^\s*(?:#[^\n]*\n\s*)*[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]{32,}\s*(?:\n|$)/i,
    'This is a TLS key log: it has secrets, and no traffic. Open the capture that it belongs to: framelight open CAPTURE --keylog FILE, or drop both files at /decode/.',
  ],
  [
    /^\s*-----BEGIN [A-Z ]+-----/,
    'This is a key or a certificate (PEM). It has no traffic, and a key does not decrypt what TLS sends today: that takes a key log. Keep a private key to yourself.',
  ],
  [
    /^\s*(?:wss?|https?):\/\/[^\s]+\s*$/i,
    'This is an address, and no bytes. To see why a WebSocket there does not open: framelight doctor URL. To see its frames: framelight proxy URL.',
  ],
  [/^\s*eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*\s*$/, 'This is a JSON Web Token, and no bytes of a WebSocket.'],
  [
    /^\s*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i,
    'This is a UUID. If its digits are bytes all the same, leave the hyphens out.',
  ],
  [
    /^\s*(?:1\d{3}|[34]\d{3})\s*$/,
    'This is a number, such as a close code. The page /why/ says what close codes mean. If it is two bytes in hex, write a space between them.',
  ],
];

/** Refuses texts that are easily mistaken for bytes, and says what they are. */
export const refuseNamed: ReadForm = (text) => {
  const [, sentence] = NAMED.find(([pattern]) => pattern.test(text.slice(0, 4096))) ?? [];
  return sentence === undefined ? undefined : refused(sentence, 0, Math.min(text.length, 40));
};
