import { decodeLatin1 } from '../../text/latin1.ts';
import { endOfCharacter, hexProblem } from '../hex/hex-problem.ts';
import {
  bytesOfPairs,
  type Line,
  linesOf,
  type PastedPart,
  type PasteResult,
  pastedRun,
  type ReadForm,
  refused,
} from './pasted.ts';

const WHAT_TO_PASTE = 'Paste the output of "hexdump -C", "xxd" or "od -A x -t x1" instead.';

/**
 * Dumps that do not write each byte as two hex digits: bits, octal, and words of several bytes, whose order depends on the machine.
 * If the bytes are certain, they are read. Otherwise the dump is refused, and the message names the tool.
 */
export const readOddDump: ReadForm = (text) => {
  const lines = linesOf(text);
  const rows = lines.map(({ text: line }) => /^([0-9a-f]{6,8})(:?)(?:(\s+)(\S.*))?$/i.exec(line));
  if (rows.some((row, i) => row === null && lines[i]?.text.trim() !== '*')) return undefined;
  const [, offset = '', colon, gap = '', body = ''] = rows[0] ?? [];
  if (body === '') return undefined;
  const refusal = (name: string) => refused(`${name} ${WHAT_TO_PASTE}`, lines[0]?.start ?? 0, text.length);
  if (colon === ':') {
    // xxd -b: the groups are bits.
    if (offset.length === 8 && /^(?:[01]{8} ){1,5}[01]{8}(?:\s|$)|^[01]{8}(?:\s{2}|$)/.test(body)) {
      return readGroups(lines, /^[0-9a-f]{8}: ((?:[01]{8} ?)+)/i, /[01]{8}/g, 2, 'bits of xxd -b');
    }
    return readLittleEndian(lines);
  }
  const [group = ''] = body.split(/\s/);
  if (offset.length === 7 && /^[0-3][0-7]{2}(?: +[0-3][0-7]{2})*$/.test(body) && isOctal(lines)) {
    return readGroups(
      lines,
      /^[0-7]{7}((?: +[0-3][0-7]{2})+)/,
      /[0-3][0-7]{2}/g,
      8,
      'octal bytes of hexdump -b or od -b',
    );
  }
  if (/^[01][0-7]{5}$/.test(group) && (offset.length === 7 || offset.length === 6)) {
    const name = gap.length > 1 ? '"hexdump -o"' : '"od" without options';
    return refusal(`This looks like the output of ${name}. Each octal number is two bytes, which most machines swap.`);
  }
  if (/^[0-9a-f]{4}$/i.test(group) && (offset.length === 7 || (offset.length === 6 && isWordRow(body)))) {
    const name =
      offset.length === 6
        ? '"od -A x -t x2"'
        : gap.length > 1 && !isOctal(lines)
          ? '"hexdump -x"'
          : '"hexdump" without -C, or of "od -x"';
    return refusal(`This looks like the output of ${name}. Each number is two bytes, which most machines swap.`);
  }
  if (
    offset.length === 7 &&
    /^(?:\\[0abfnrtv]|[0-3][0-7]{2}|[!-~])(?:\s|$)/.test(body) &&
    / {3}\S(?: {3}|$)/.test(` ${body}`)
  ) {
    return refusal('This looks like the output of "od -c" or "hexdump -c", which print characters.');
  }
  return undefined;
};

function isWordRow(body: string): boolean {
  return body.split(/\s+/).every((group) => /^[0-9a-f]{4}$/i.test(group));
}

/** Offsets of od are octal unless -A says otherwise. */
function isOctal(lines: readonly Line[]): boolean {
  return lines.every(({ text }) => text.trim() === '*' || /^[0-7]{7}(?:\s|$)/.test(text));
}

function readGroups(lines: readonly Line[], row: RegExp, group: RegExp, base: number, form: string): PasteResult {
  const bytes: number[] = [];
  for (const { text, start } of lines) {
    const [, groups] = row.exec(text) ?? [];
    if (groups !== undefined) for (const digits of groups.match(group) ?? []) bytes.push(Number.parseInt(digits, base));
    else if (text.trim() === '*')
      return refused(
        'The row "*" stands for rows that were left out. Make the dump with -v.',
        start,
        start + text.length,
      );
  }
  return pastedRun(form, Uint8Array.from(bytes));
}

const XXD_WORDS = /^[0-9a-f]{8}: ([0-9a-f ]{35}) {2}(.*)$/i;

/** xxd -e writes words of four bytes, the last byte first. The column of characters distinguishes it from xxd -g4. */
function readLittleEndian(lines: readonly Line[]): PasteResult | undefined {
  const bytes: number[] = [];
  let differs = false;
  for (const { text } of lines) {
    const [, words = '', characters = ''] = XXD_WORDS.exec(text) ?? [];
    const groups = words.split(' ').filter(Boolean).map(bytesOfPairs);
    const asWritten = groups.flat();
    if (asWritten.length === 0 || asWritten.length !== characters.length) return undefined;
    const turned = groups.flatMap((group) => group.toReversed());
    if (!fits(turned, characters)) return undefined;
    differs ||= !fits(asWritten, characters);
    bytes.push(...turned);
  }
  return differs ? pastedRun('words of xxd -e, put back in order', Uint8Array.from(bytes)) : undefined;
}

function fits(bytes: readonly number[], characters: string): boolean {
  return bytes.every(
    (byte, i) => characters.charCodeAt(i) === byte || (characters.charAt(i) === '.' && (byte < 0x20 || byte > 0x7e)),
  );
}

/** Rows without offsets, as `od -A n` writes them, with a `*` for rows that were left out: nothing says how many. */
export const refuseLostRows: ReadForm = (text) => {
  const lines = linesOf(text);
  const star = lines.find(({ text: line }) => line.trim() === '*');
  if (star === undefined || !lines.every(({ text: line }) => /^\s*(?:\*|(?:[0-9a-f]{2} ?)+)$/i.test(line)))
    return undefined;
  const sentence =
    'The row "*" stands for rows that were left out, and without offsets nothing says how many. Make the dump with -v.';
  return refused(sentence, star.start, star.start + star.text.length);
};

const OD_ROW = /^([0-7]{7})((?: [0-9a-f]{2})*)(?:\s+>.*<)?$/i;

/** `od -t x1`: two hex digits for a byte, and offsets in octal. */
export const readOctalOffsets: ReadForm = (text) => {
  const lines = linesOf(text);
  const bytes: number[] = [];
  let lastRow: number[] = [];
  let isRepeated = false;
  for (const [i, { text: line, start }] of lines.entries()) {
    if (line.trim() === '*') {
      isRepeated = true;
      continue;
    }
    const [, offsetDigits, pairs = ''] = OD_ROW.exec(line) ?? [];
    if (offsetDigits === undefined || (i === 0 && pairs === '')) return undefined;
    const offset = Number.parseInt(offsetDigits, 8);
    while (
      isRepeated &&
      lastRow.length > 0 &&
      bytes.length + lastRow.length <= offset &&
      bytes.length < MAX_REPEATED_BYTES
    ) {
      bytes.push(...lastRow);
    }
    isRepeated = false;
    if (i > 0 && offset !== bytes.length) {
      // Offsets in hex have seven digits too: another reader takes those.
      if (Number.parseInt(offsetDigits, 16) === bytes.length) return undefined;
      const says = `This row starts at offset ${offsetDigits} (octal), but the rows before it end at ${bytes.length.toString(8)}`;
      return hexProblem(`${says}. A row is missing or incomplete.`, start, start + offsetDigits.length);
    }
    if (i === 0 && offset !== 0) return undefined;
    lastRow = bytesOfPairs(pairs);
    bytes.push(...lastRow);
  }
  // One row reads the same with octal offsets and with hex ones.
  return lines.length > 1 ? pastedRun('rows of od -t x1, with octal offsets', Uint8Array.from(bytes)) : undefined;
};

const MAX_REPEATED_BYTES = 16 * 1024 * 1024;

const JDK_ROW = /^\s*([0-9A-F]{4}): ((?:[0-9A-F]{2} ){7}[0-9A-F]{2}) {3}(?=[0-9A-F]{2}(?: |$))/i;
/** In characters: eight bytes, two more spaces, eight bytes. */
const JDK_WIDTH = 50;

/** `javax.net.debug` of a JVM: a colon after the offset, and three spaces between the eighth byte and the ninth. */
export const readJdkDump: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!lines.some(({ text: line }) => JDK_ROW.test(line))) return undefined;
  const bytes: number[] = [];
  for (const { text: line, start } of lines) {
    const [head, offsetDigits] = /^\s*([0-9A-F]{4}): /i.exec(line) ?? [];
    if (head === undefined || offsetDigits === undefined) return undefined;
    const offset = Number.parseInt(offsetDigits, 16);
    if (bytes.length > 0 && offset !== bytes.length) {
      const says = `This row starts at offset ${offsetDigits} (hex), but the rows before it end at ${bytes.length.toString(16)}`;
      return hexProblem(`${says}. A row is missing or incomplete.`, start, start + head.length);
    }
    bytes.push(...bytesOfPairs(line.slice(head.length, head.length + JDK_WIDTH)));
  }
  return pastedRun('rows of javax.net.debug', Uint8Array.from(bytes));
};

/** One row cut out of a dump, with an offset that is not 0: `0030   81 85 37`. Two or more spaces show where the offset ends. */
export const readLastRow: ReadForm = (text) => {
  const lines = linesOf(text);
  const [, digits = '', bytes = ''] =
    /^\s*(?:0x)?([0-9a-f]{3,7}0):? {2,}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})(?: {2,}.*)?$/i.exec(
      lines[0]?.text ?? '',
    ) ?? [];
  if (lines.length !== 1 || bytes === '' || Number.parseInt(digits, 16) === 0) return undefined;
  const note = `This row begins at offset ${digits}. The bytes before it are missing.`;
  return pastedRun('one row of a hex dump', Uint8Array.from(bytesOfPairs(bytes)), [note]);
};

const NETTY_ROW = /^\|([0-9a-f]{8})\|((?: [0-9a-f]{2}| {3}){1,16}) ?\|/i;

/** The table that Netty's logging handler draws. */
export const readNettyTable: ReadForm = (text) => {
  const parts: PastedPart[] = [];
  let bytes: number[] = [];
  const endPart = () => {
    if (bytes.length > 0) parts.push({ bytes: Uint8Array.from(bytes) });
    bytes = [];
  };
  let rows = 0;
  for (const { text: line, start } of linesOf(text)) {
    const [, offsetDigits, pairs = ''] = NETTY_ROW.exec(line.trim()) ?? [];
    if (offsetDigits === undefined) continue;
    rows++;
    const offset = Number.parseInt(offsetDigits, 16);
    if (offset === 0) endPart();
    else if (rows > 1 && offset !== bytes.length) {
      const sentence = `This row starts at offset ${offsetDigits} (hex), but the rows before it end at ${bytes.length.toString(16)}. A row is missing.`;
      return hexProblem(sentence, start, start + line.length);
    }
    bytes.push(...bytesOfPairs(pairs));
  }
  endPart();
  return rows === 0 ? undefined : { form: "a table of Netty's log", parts, notes: [] };
};

const FOLLOW_ROW = /^(\t| {4})?([0-9a-f]{8}) {2}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})(?: {2,}.*)?$/i;

/** Wireshark's "Follow stream" as a hex dump: the rows of one end are indented. */
export const readFollowHex: ReadForm = (text) => {
  const parts: { bytes: number[]; side: 0 | 1 }[] = [];
  const lengths = [0, 0];
  let sides = 0;
  for (const { text: line, start } of linesOf(text)) {
    if (/^=+$|^(?:Follow|Filter|Node [01]):/.test(line)) continue;
    const [, indent, offsetDigits, pairs = ''] = FOLLOW_ROW.exec(line) ?? [];
    if (offsetDigits === undefined) return undefined;
    const side = indent === undefined ? 0 : 1;
    sides |= 1 << side;
    const offset = Number.parseInt(offsetDigits, 16);
    if (offset !== lengths[side]) {
      const says = `This row starts at offset ${offsetDigits} (hex), but the rows before it on this side end at ${lengths[side]?.toString(16)}`;
      return sides === 3 ? hexProblem(`${says}. A row is missing.`, start, start + line.length) : undefined;
    }
    const bytes = bytesOfPairs(pairs);
    lengths[side] = (lengths[side] ?? 0) + bytes.length;
    const last = parts.at(-1);
    if (last?.side === side) last.bytes.push(...bytes);
    else parts.push({ bytes, side });
  }
  if (sides !== 3) return undefined;
  const notes: string[] = [];
  const read: PastedPart[] = [];
  // After a gap, nothing more of that side is read: nobody knows where the next frame begins.
  const isLost = [false, false];
  for (const { bytes, side } of parts) {
    if (isLost[side]) continue;
    const gap = decodeLatin1(Uint8Array.from(bytes)).search(GAP);
    isLost[side] = gap >= 0;
    read.push({ bytes: Uint8Array.from(gap < 0 ? bytes : bytes.slice(0, gap)), side });
    if (gap >= 0)
      notes.push(
        `Wireshark missed some bytes of one side (${GAP.exec(decodeLatin1(Uint8Array.from(bytes)))?.[0]}). The rest of that side is not read.`,
      );
  }
  return { form: 'a followed stream, with one side indented', parts: read, notes };
};

/** Wireshark writes these words in place of bytes that it missed. */
const GAP = /\[\d+ bytes missing in capture file\]/;

const CURL_HEAD =
  /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[[^\]]*\] )?(=>|<=|==) (Send|Recv|Info)(?: ?:| ?)(header|data|SSL data)?,? ?(?:(\d+) bytes \(0x[0-9a-f]+\))?/i;
const CURL_ROW = /^([0-9a-f]{4,5}): (.*)$/i;
const CURL_WIDTH = 16;

/** `curl --trace`: blocks of rows. Above each block is its direction and its length. */
export const readCurlTrace: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!/^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[[^\]]*\] )?(?:=>|<=|==) (?:Send|Recv|Info)/.test(lines[0]?.text ?? ''))
    return undefined;
  const parts: PastedPart[] = [];
  let block:
    | { sender: 'client' | 'server'; isTls: boolean; byteLength: number; bytes: number[]; line: Line }
    | undefined;
  const wrongLength = () => {
    if (block === undefined || block.bytes.length === block.byteLength) return undefined;
    const { line, byteLength, bytes } = block;
    return hexProblem(
      `This block should have ${byteLength} bytes, but ${bytes.length} are here. Paste all of its rows.`,
      line.start,
      line.start + line.text.length,
    );
  };
  const endBlock = () => {
    if (block !== undefined && !block.isTls) parts.push({ sender: block.sender, bytes: Uint8Array.from(block.bytes) });
    block = undefined;
  };
  for (const line of lines) {
    const [, arrow, , what = '', length] = CURL_HEAD.exec(line.text) ?? [];
    if (arrow !== undefined) {
      const problem = wrongLength();
      if (problem !== undefined) return problem;
      endBlock();
      if (arrow !== '==') {
        block = {
          sender: arrow === '=>' ? 'client' : 'server',
          isTls: /^ssl/i.test(what),
          byteLength: Number(length ?? 0),
          bytes: [],
          line,
        };
      }
      continue;
    }
    const [, offset, rest = ''] = CURL_ROW.exec(line.text) ?? [];
    if (offset === undefined || block === undefined) {
      return hexProblem(
        'This line does not belong to a curl trace. Paste whole blocks, and nothing else.',
        line.start,
        endOfCharacter(text, line.start),
      );
    }
    const left = Math.min(CURL_WIDTH, block.byteLength - block.bytes.length);
    const [row = ''] = new RegExp(`^(?:[0-9a-f]{2} ){0,${Math.max(0, left - 1)}}[0-9a-f]{2}`, 'i').exec(rest) ?? [];
    if (/^[ -~]{0,64}$/.test(rest) && row === '' && left > 0) {
      return refused(
        'This is the output of "curl --trace-ascii", which replaces bytes by dots. Use --trace instead.',
        line.start,
        line.start + line.text.length,
      );
    }
    block.bytes.push(...bytesOfPairs(row));
  }
  const problem = wrongLength();
  if (problem !== undefined) return problem;
  endBlock();
  return { form: 'a curl trace', parts, notes: [] };
};

const SOCAT_HEAD = /^([<>]) \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d+ +length=(\d+) from=\d+ to=\d+$/;

/** `socat -x` or `socat -x -v`: blocks of rows, `>` from the first address to the second. */
export const readSocat: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!SOCAT_HEAD.test(lines[0]?.text ?? '')) return undefined;
  const parts: { side: 0 | 1; bytes: number[]; byteLength: number; line: Line }[] = [];
  for (const line of lines) {
    const [, arrow, length] = SOCAT_HEAD.exec(line.text) ?? [];
    if (arrow !== undefined) {
      parts.push({ side: arrow === '>' ? 0 : 1, bytes: [], byteLength: Number(length), line });
      continue;
    }
    if (line.text.trim() === '--') continue;
    // The column of characters begins after two spaces.
    const [row = ''] = /^ ?(?:[0-9a-f]{2} )*[0-9a-f]{2}(?= {2}| ?$)/i.exec(line.text) ?? [];
    if (row === '')
      return refused('This row has no bytes in hex. Run socat with -x.', line.start, line.start + line.text.length);
    parts.at(-1)?.bytes.push(...bytesOfPairs(row));
  }
  const wrong = parts.find(({ bytes, byteLength }) => bytes.length !== byteLength);
  if (wrong !== undefined) {
    const { line, byteLength, bytes } = wrong;
    return hexProblem(
      `This block should have ${byteLength} bytes, but ${bytes.length} are here. Paste all of its rows.`,
      line.start,
      line.start + line.text.length,
    );
  }
  return {
    form: 'a socat log',
    parts: parts.map(({ bytes, side }) => ({ bytes: Uint8Array.from(bytes), side })),
    notes: [],
  };
};
