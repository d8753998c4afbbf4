import { endOfCharacter, hexProblem } from '../hex/hex-problem.ts';
import { clockMs } from './clock.ts';
import { noteOfGaps, partsWithGaps } from './follow-text.ts';
import { bytesOfPairs, type Line, linesOf, type PastedPart, type ReadForm, refused } from './pasted.ts';

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
  const read: PastedPart[] = [];
  let lost = 0;
  for (const { bytes, side } of parts) {
    const { parts: found, missing } = partsWithGaps({ bytes: Uint8Array.from(bytes), side });
    read.push(...found);
    lost += missing;
  }
  return { form: 'a followed stream, with one side indented', parts: read, notes: noteOfGaps(lost) };
};

const CURL_HEAD =
  /^(?:(\d\d:\d\d:\d\d\.\d+) )?(?:\[[^\]]*\] )?(=>|<=|==) (Send|Recv|Info)(?: ?:| ?)(header|data|SSL data)?,? ?(?:(\d+) bytes \(0x[0-9a-f]+\))?/i;
const CURL_ROW = /^([0-9a-f]{4,5}): (.*)$/i;
const CURL_WIDTH = 16;

/** `curl --trace`: blocks of rows. Above each block is its direction and its length. */
export const readCurlTrace: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!/^(?:\d\d:\d\d:\d\d\.\d+ )?(?:\[[^\]]*\] )?(?:=>|<=|==) (?:Send|Recv|Info)/.test(lines[0]?.text ?? ''))
    return undefined;
  const parts: PastedPart[] = [];
  let block:
    | {
        sender: 'client' | 'server';
        isTls: boolean;
        timeMs: number | undefined;
        byteLength: number;
        bytes: number[];
        line: Line;
      }
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
    if (block !== undefined && !block.isTls) {
      const { sender, bytes, timeMs } = block;
      parts.push({ sender, bytes: Uint8Array.from(bytes), ...(timeMs !== undefined && { timeMs }) });
    }
    block = undefined;
  };
  for (const line of lines) {
    const [, time, arrow, , what = '', length] = CURL_HEAD.exec(line.text) ?? [];
    if (arrow !== undefined) {
      const problem = wrongLength();
      if (problem !== undefined) return problem;
      endBlock();
      if (arrow !== '==') {
        block = {
          sender: arrow === '=>' ? 'client' : 'server',
          isTls: /^ssl/i.test(what),
          timeMs: time === undefined ? undefined : clockMs(time),
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

const SOCAT_HEAD = /^([<>]) \d{4}\/\d\d\/\d\d (\d\d:\d\d:\d\d)\.(\d+) +length=(\d+) from=\d+ to=\d+$/;

/** `socat -x` or `socat -x -v`: blocks of rows, `>` from the first address to the second. */
export const readSocat: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!SOCAT_HEAD.test(lines[0]?.text ?? '')) return undefined;
  const parts: { side: 0 | 1; timeMs: number | undefined; bytes: number[]; byteLength: number; line: Line }[] = [];
  for (const line of lines) {
    const [, arrow, clock = '', fraction = '', length] = SOCAT_HEAD.exec(line.text) ?? [];
    if (arrow !== undefined) {
      parts.push({
        side: arrow === '>' ? 0 : 1,
        timeMs: socatMs(clock, fraction),
        bytes: [],
        byteLength: Number(length),
        line,
      });
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
    parts: parts.map(({ bytes, side, timeMs }) => ({
      bytes: Uint8Array.from(bytes),
      side,
      ...(timeMs !== undefined && { timeMs }),
    })),
    notes: [],
  };
};

/** socat writes three zeros and then microseconds: 27.000838981 is 27.838981. Later versions write the microseconds alone. */
function socatMs(clock: string, fraction: string): number | undefined {
  const micros = fraction.length === 9 && fraction.startsWith('000') ? fraction.slice(3) : fraction;
  return clockMs(`${clock}.${micros}`);
}
