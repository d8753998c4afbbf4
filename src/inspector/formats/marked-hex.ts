import { parseHex } from '../hex/parse-hex.ts';
import { linesOf, type PasteResult, type ReadForm, refused } from './pasted.ts';

/** 12:34:56 with a fraction, in brackets or not, and what sets it off from the bytes. */
const TIME =
  /^\s*\[?(?:\d{4}-\d\d-\d\d[ T])?(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d{1,9})?Z?\]?(?:\s*(?:->|=>|[:|-]))?[ \t]+(?=[0-9a-f])/i;

/** A clock time before the bytes of each line, as serial monitors write it. */
export const readTimedHex: ReadForm = (text) => {
  const lines = linesOf(text);
  if (lines.length === 0 || !lines.every(({ text: line }) => TIME.test(line))) return undefined;
  return without(text, TIME, 'hex, with a time before each line');
};

/** A list's mark at the start of a line: the RFC's own examples have one. */
const BULLET = /^\s*[*\u2022o-]\s+(?=0x|[0-9a-f]{2}\b)/i;
const REMARK = /\/\/|#|;|--/;

/** A line without its list's mark and without what is no byte at its end: a remark of a program, or words in parentheses. */
function withoutRemark(line: string): string {
  const found = line.search(REMARK);
  const kept = (found < 0 ? line : line.slice(0, found)).replace(BULLET, '');
  const opening = kept.lastIndexOf('(');
  const inside = kept.slice(opening + 1).trimEnd();
  // In the RFC a remark in parentheses may go on in the next line.
  const isRemark = opening >= 0 && /[g-z"]/i.test(inside) && [-1, inside.length - 1].includes(inside.indexOf(')'));
  return isRemark ? kept.slice(0, opening) : kept;
}

/** Hex with remarks: `827e0005 // header`, and the lines of the RFC: `*  0x81 0x05 (contains "Hello")`. */
export const readRemarkedHex: ReadForm = (text) => {
  const lines = linesOf(text);
  if (lines.length > MAX_LINES) return undefined;
  const plain = lines.map(({ text: line }) => withoutRemark(line));
  if (plain.every((line, i) => line === lines[i]?.text)) return undefined;
  const kept = plain.join('\n').trim();
  if (kept === '' || !/^[\s0-9a-fx,:]+$/i.test(kept)) return undefined;
  return named(parseHex(kept), 'hex with remarks');
};

/** With so many remarks it is no example, and the plain reader says better what is wrong. */
const MAX_LINES = 100_000;

function without(text: string, pattern: RegExp, form: string): PasteResult | undefined {
  const kept = linesOf(text)
    .map(({ text: line }) => line.replace(pattern, ''))
    .join('\n');
  return named(parseHex(kept), form);
}

/** @returns undefined if it is no hex after all: the plain reader then says what is wrong, and where in the whole text */
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

/** Jetty's detail of a buffer: what is left to read stands between <<< and >>>. */
export const readJettyBuffer: ReadForm = (text) => {
  const start = text.indexOf('<<<');
  const end = text.indexOf('>>>', start + 3);
  if (start < 0 || end < 0 || !/\{[^{}]*$/.test(text.slice(Math.max(0, start - 200), start))) return undefined;
  const inside = text.slice(start + 3, end);
  if (inside.includes('...')) {
    return refused(
      'Jetty has left out the middle of this buffer ("..."), so its bytes are not all here.',
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

const NODE_BUFFER = /^\s*<(?:Buffer|SlowBuffer)((?: [0-9a-f]{2})*)(?: \.\.\. (\d+) more bytes?)?>\s*$/;

/** What Node prints of a Buffer; it shows 50 bytes and leaves out the rest. */
export const readNodeBuffer: ReadForm = (text) => {
  const [, pairs, more] = NODE_BUFFER.exec(text) ?? [];
  if (pairs === undefined) return undefined;
  const bytes = Uint8Array.from(pairs.trim().split(' ').filter(Boolean), (pair) => Number.parseInt(pair, 16));
  const note = `Node has left out ${more} more bytes. Print buffer.toString('hex') to have them all.`;
  return { form: "Node's print of a Buffer", parts: [{ bytes }], notes: more === undefined ? [] : [note] };
};

/** Logs that are recognized by name and hold no bytes of the wire. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*<FRAME>[\s\S]*opcode:/,
    "This is the frame that tungstenite's log prints: its header as words, and its payload already unmasked. Paste the bytes from the wire in its place.",
  ],
  [/^\s*\{\s*"log"\s*:\s*\{/, 'This is a HAR file, a recording of a browser. Its messages are not bytes of the wire.'],
  [/^\s*\{"constants"\s*:/, 'This is a NetLog of Chromium.'],
];

/** Refuses by name what people have at hand beside bytes. */
export const refuseNamed: ReadForm = (text) => {
  const [, sentence] = NAMED.find(([pattern]) => pattern.test(text.slice(0, 4096))) ?? [];
  return sentence === undefined ? undefined : refused(sentence, 0, Math.min(text.length, 40));
};
