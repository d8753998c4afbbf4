import { ByteList } from '../../bytes/byte-list.ts';
import { endOfCharacter, hexProblem, showCharacter } from '../hex/hex-problem.ts';
import { chooseReading, type Escapes, READINGS, readString } from './escapes.ts';
import { contentsOfByteString } from './marked-bytes.ts';
import { linesOf, type PastedPart, type PasteResult, pastedRun, type ReadForm } from './pasted.ts';

/** The text begins with a string, or with a declaration that ends in `=` or `(`. */
const OPENING = /^\s*(?:[A-Za-z_$][\w\s.*:&[\]]*(?:=|\()\s*)?(?:b|B|u8|L|@)?["'`]/;
/** Allowed between two strings that are joined: white space, `+`, `.`, a comma, a backslash at the end of a line, a prefix. */
const BETWEEN = /(?:[\s+.,]|\\\r?\n)*(?:b|B|u8)?/y;
const AFTER = /^[\s;,)\]]*$/;

/** String literals of C, Python, JavaScript, Go and the like. Several side by side are joined: `"\x81\x05" "Hello"`. */
export const readStringLiterals: ReadForm = (text) => {
  const contents = contentsOfByteString(text);
  if (contents !== undefined) return readStringLiterals(contents);
  const [opening] = OPENING.exec(text) ?? [];
  if (opening === undefined || !text.includes('\\')) return undefined;
  return chooseReading((escapes) => readLiterals(text, opening, escapes));
};

function readLiterals(text: string, opening: string, escapes: Escapes): PasteResult | undefined {
  const list = new ByteList();
  let count = 0;
  let at = opening.length - 1;
  while (at < text.length) {
    const quote = text.charAt(at);
    if (quote !== '"' && quote !== "'" && quote !== '`') break;
    const end = readString(text, at, list, escapes);
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
  const form = count === 1 ? 'a string literal' : `${count} string literals, joined`;
  return pastedRun(form + escapes.remark, list.bytes);
}

const CALL = /^(?:.*?\b)?(send|sent|recv|received|receive|>>>|<<<|>|<)(?:\s*:)?\s*(?=b?["'])/i;

/** A log with a string literal in each line and the call before it, as websocket-client writes it: `send: b'\x81\x05Hello'`. */
export const readCallLog: ReadForm = (text) => {
  const parts: PastedPart[] = [];
  for (const line of linesOf(text)) {
    const [prefix, call = ''] = CALL.exec(line.text) ?? [];
    if (prefix === undefined) return undefined;
    const at = prefix.length + (/^b/i.test(line.text.slice(prefix.length)) ? 1 : 0);
    let list = new ByteList();
    let end = readString(line.text, at, list, READINGS.plain);
    if (typeof end === 'object') {
      list = new ByteList();
      end = readString(line.text, at, list, READINGS.utf8);
    }
    if (end === undefined) return undefined;
    if (typeof end !== 'number')
      return { problem: { ...end, start: end.start + line.start, end: end.end + line.start } };
    parts.push({ bytes: list.bytes.slice(), sender: /^s|>/i.test(call) ? 'client' : 'server' });
  }
  return parts.length === 0
    ? undefined
    : { form: 'a log of send and receive calls, seen from the client', parts, notes: [] };
};
