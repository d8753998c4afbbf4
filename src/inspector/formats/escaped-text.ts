import { ByteList } from '../../bytes/byte-list.ts';
import { chooseReading, readString } from './escapes.ts';
import { type PasteResult, pastedRun, type ReadForm, refused } from './pasted.ts';

/** Every escape is a byte, and what is no escape is a character: in one line, or with a backslash at the end of a line. */
const ESCAPED = /^\\(?:x[0-9a-f]{2}(?!(?:[0-9a-f]{2}){2,}$)|[0-9]{3}|u00[0-9a-f]{2})/i;

/** Text with escapes and no quotation marks: `\x81\x05Hello`, `\201\005Hello`, as PHP, PostgreSQL, Rust and shells print it. */
export const readEscapedText: ReadForm = (text) => {
  const shown = text.trim();
  if (!ESCAPED.test(shown) || /[^\\]\r?\n/.test(shown)) return undefined;
  const start = text.indexOf(shown);
  return chooseReading((escapes) => {
    const list = new ByteList();
    const end = readString(shown, 0, list, escapes, true);
    if (end === undefined) return undefined;
    if (typeof end !== 'number') return { problem: { ...end, start: end.start + start, end: end.end + start } };
    return pastedRun(`text with escapes${escapes.remark}`, list.bytes);
  });
};

/** Characters of URLs that stand for themselves. */
const PERCENT = /%([0-9a-f]{2})|([\w.~!*'();:@&=+$,/?#[\]-])/giy;

/** Percent-encoded bytes, as in a URL: `%81%05Hello`. */
export const readPercent: ReadForm = (text) => {
  const shown = text.trim();
  if (!/^%[0-9a-f]{2}/i.test(shown) || /^%[01]{2,8}(?:\s|$)/.test(shown)) return undefined;
  return readMarked(text, PERCENT, 'percent-encoded bytes', shown.includes('+') ? [PLUS] : []);
};

const PLUS = 'A "+" was read as a plus sign. In a form, it stands for a space.';
const ENTITY = /&#x([0-9a-f]{1,2});|([ -%'-~])/giy;

/** Character references of HTML and XML: `&#x81;&#x5;Hello`. */
export const readEntities: ReadForm = (text) =>
  /^\s*&#x[0-9a-f]{1,2};/i.test(text) ? readMarked(text, ENTITY, 'character references of HTML', []) : undefined;

const PRINTABLE = /=([0-9a-f]{2})|([ -<>-~])/giy;

/** Quoted-printable, as in an e-mail: `=81=05Hello`. */
export const readQuotedPrintable: ReadForm = (text) =>
  /^\s*=[0-9a-f]{2}=?[ -~]/i.test(text)
    ? readMarked(text.replace(/=\r?\n/g, ''), PRINTABLE, 'quoted-printable', [])
    : undefined;

/** @param pattern a byte in hex, or a character */
function readMarked(text: string, pattern: RegExp, form: string, notes: readonly string[]): PasteResult | undefined {
  const shown = text.trim();
  const bytes: number[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < shown.length) {
    const [whole, hex, character = ''] = pattern.exec(shown) ?? [];
    if (whole === undefined) return undefined;
    bytes.push(hex === undefined ? character.charCodeAt(0) : Number.parseInt(hex, 16));
  }
  return pastedRun(form, Uint8Array.from(bytes), notes);
}

const CARET = /M-\^([@-_?])|M-([ -~])|\^([@-_?])|([ -~]|\n|\t)/gy;

/** Bytes as `cat -v` shows them: `M-^A^EHello`. */
export const readCatV: ReadForm = (text) => {
  const shown = text.replace(/^\s+/, '').replace(/\r?\n$/, '');
  if (!/^M-\^?./.test(shown)) return undefined;
  // It leaves line ends as they are, so a line end of a log cannot be told from a byte.
  if (shown.includes('\n'))
    return refused(
      'This looks like "cat -v", with a line break in it. Use "xxd" instead.',
      0,
      Math.min(40, text.length),
    );
  const bytes: number[] = [];
  CARET.lastIndex = 0;
  while (CARET.lastIndex < shown.length) {
    const [whole, metaControl, meta, control, character] = CARET.exec(shown) ?? [];
    if (whole === undefined) return undefined;
    if (metaControl !== undefined) bytes.push((metaControl.charCodeAt(0) ^ 0x40) | 0x80);
    else if (meta !== undefined) bytes.push(meta.charCodeAt(0) | 0x80);
    else if (control !== undefined) bytes.push(control.charCodeAt(0) ^ 0x40);
    else bytes.push((character ?? '').charCodeAt(0));
  }
  return pastedRun('bytes as "cat -v" shows them', Uint8Array.from(bytes));
};

/** Before a string: a name, a call, a length: `string(64) `, `decode(`, `X`. */
const QUOTED_HEX =
  /^(?:[\w$.:()[\]=> ,-]{0,200}?[\s(=[:])?(?:b|B|x|X|h|H|16#|E)?(["'`])(?:\\\\?x|0x)?((?:[0-9a-f]{2}[\s:,-]?){2,})\1(?:,? ?'hex'\)?)?[\s,;)\]}]*$/i;

/** Hex in quotation marks: `b'8105…'` of hexlify, `X'8105…'` of SQL, `string(14) "8105…"` of PHP. */
export const readQuotedHex: ReadForm = (text) => {
  const [, , digits] = QUOTED_HEX.exec(text.length > MAX_QUOTED ? '' : text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const pairs = digits.match(/[0-9a-f]{2}/gi) ?? [];
  return pastedRun(
    'hex in quotation marks',
    Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)),
  );
};

/** In characters. */
const MAX_QUOTED = 1024 * 1024;
