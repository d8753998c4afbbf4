import { ByteList } from '../../bytes/byte-list.ts';
import { endOfCharacter, type HexProblem, hexProblem, showCharacter } from '../hex/hex-problem.ts';
import { linesOf, type PastedPart, pastedRun, type ReadForm } from './pasted.ts';

/** The text begins with a string, or with a declaration that ends in `=` or `(`. */
const OPENING = /^\s*(?:[A-Za-z_][\w\s.*:&[\]]*(?:=|\()\s*)?(?:b|B|u8|L|@)?["'`]/;
/** Allowed between two strings that are joined: white space, `+`, `.`, a comma, a backslash at the end of a line, a prefix. */
const BETWEEN = /(?:[\s+.,]|\\\r?\n)*(?:b|B|u8)?/y;
const AFTER = /^[\s;,)\]]*$/;

/** String literals of C, Python, JavaScript, Go and the like. Several side by side are joined: `"\x81\x05" "Hello"`. */
export const readStringLiterals: ReadForm = (text) => {
  const [opening] = OPENING.exec(text) ?? [];
  if (opening === undefined || !text.includes('\\')) return undefined;
  const list = new ByteList();
  let count = 0;
  let at = opening.length - 1;
  while (at < text.length) {
    const quote = text.charAt(at);
    if (quote !== '"' && quote !== "'" && quote !== '`') break;
    const end = readString(text, at, list);
    // It might be another form that also begins with a quotation mark.
    if (end === undefined) return undefined;
    if (typeof end !== 'number') return { problem: end };
    count++;
    BETWEEN.lastIndex = end;
    at = end + (BETWEEN.exec(text)?.[0].length ?? 0);
  }
  const rest = text.slice(at);
  if (!AFTER.test(rest)) {
    const start = at + rest.search(/\S/);
    return hexProblem(
      `${showCharacter(text, start)} follows the string. Paste the string without it.`,
      start,
      endOfCharacter(text, start),
    );
  }
  return pastedRun(count === 1 ? 'a string literal' : `${count} string literals, joined`, list.bytes);
};

const CALL = /^(?:.*?\b)?(send|sent|recv|received|receive|>>>|<<<|>|<)(?:\s*:)?\s*(?=b?["'])/i;

/** A log with a string literal in each line and the call before it, as websocket-client writes it: `send: b'\x81\x05Hello'`. */
export const readCallLog: ReadForm = (text) => {
  const parts: PastedPart[] = [];
  for (const line of linesOf(text)) {
    const [prefix, call = ''] = CALL.exec(line.text) ?? [];
    if (prefix === undefined) return undefined;
    const at = prefix.length + (/^b/i.test(line.text.slice(prefix.length)) ? 1 : 0);
    const list = new ByteList();
    const end = readString(line.text, at, list);
    if (end === undefined) return undefined;
    if (typeof end !== 'number')
      return { problem: { ...end, start: end.start + line.start, end: end.end + line.start } };
    parts.push({ bytes: list.bytes.slice(), sender: /^s|>/i.test(call) ? 'client' : 'server' });
  }
  return parts.length === 0
    ? undefined
    : { form: 'a log of send and receive calls, seen from the client', parts, notes: [] };
};

const ESCAPE = /\\(?:x([0-9a-f]{1,2})|u00([0-9a-f]{2})|([0-7]{1,3})|([\\'"`abefnrtv])|\r?\n)/iy;
const SHORT_ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

/**
 * Reads the string that begins with the quotation mark at `start`.
 *
 * @returns the index after its closing mark; undefined if there is none; or the problem in the string
 */
export function readString(text: string, start: number, into: ByteList): number | HexProblem | undefined {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === quote) return at + 1;
    if (character === '\\') {
      ESCAPE.lastIndex = at;
      const [whole, hex, unicode, octal, short] = ESCAPE.exec(text) ?? [];
      if (whole === undefined) {
        return hexProblem('This escape is not a byte. Write \\x and two hex digits, as in \\x81.', at, at + 2).problem;
      }
      const value = hex ?? unicode;
      if (value !== undefined) into.push(Number.parseInt(value, 16));
      else if (octal !== undefined) {
        const byte = Number.parseInt(octal, 8);
        if (byte > 0xff)
          return hexProblem(`${whole} is too large: the largest byte in octal is \\377.`, at, at + whole.length)
            .problem;
        into.push(byte);
      } else if (short !== undefined) into.push(SHORT_ESCAPES[short.toLowerCase()] ?? short.charCodeAt(0));
      at += whole.length;
      continue;
    }
    if (character < ' ' || character > '~') {
      const sentence = `${showCharacter(text, at)} is not ASCII. Write each of its bytes as \\x and two hex digits.`;
      return hexProblem(sentence, at, endOfCharacter(text, at)).problem;
    }
    into.push(character.charCodeAt(0));
    at++;
  }
  return undefined;
}
