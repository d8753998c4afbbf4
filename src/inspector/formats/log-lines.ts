import { decodeHeader } from '../../protocol/framing/header.ts';
import { isReservedOpcode } from '../../protocol/framing/opcode.ts';
import { countNoun } from '../../text/count.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { clockMs } from './clock.ts';
import { findHead } from './heads.ts';
import { readNodeBuffers, readNsData, readOkio } from './marked-bytes.ts';
import { readNumberList } from './number-list.ts';
import { type Line, linesOf, type PastedPart, type PasteResult, type ReadForm, refused } from './pasted.ts';
import { readStringLiterals } from './string-literals.ts';

const SENT =
  /\b(?:send|sent|sending|sends|tx|xmit|out|outgoing|outbound|outgoing|write|wrote|writing|written|transmit(?:ted)?|upload|request|upstream)\b|>>|-->|->|→|↑|⬆/i;
const RECEIVED =
  /\b(?:recv|recvd|rcv|rcvd|receive|received|receives|receiving|rx|in|incoming|inbound|read|reading|got|response|download|downstream)\b|<<|<--|<-|←|↓|⬇/i;

/** What stands between the words and the bytes. */
const BOUNDARY =
  /(?:[:=\])>|→←↑↓-]|\b(?:hex|bytes?|data|payload|frame|raw|recv|send|sent|received|buffer|rx|tx|in|out|message|packet|dump))[\s:=([]{0,8}$/i;
const BRACKETED =
  /^(?:\[[-\dx,a-f\s.…]+\]|\{[\dx,a-f\s]+\}|<Buffer [^>]*>|\[(?:size=\d+ )?hex=[0-9a-f]*…?\]|\{length = \d+, bytes = [^}]*\}|<(?:[0-9a-f]{8} ?)*[0-9a-f]{0,8}>)$/i;
const OPENING_OF: Readonly<Record<string, string>> = { ']': '[', '}': '{', '>': '<' };
const TIME = /(?:^|[\s[T])(\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?)/;

interface LogLine {
  readonly words: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly notes: readonly string[];
}

/**
 * Lines of a log with bytes at their ends, behind whatever words a program writes before them: a time, a level, a name, and
 * perhaps which way they went. `2026/11/30 12:00:01 recv: 81 05 48`. Logcat, slog, log4j and `console.log` look so.
 */
export const readLogLines: ReadForm = (text): PasteResult | undefined => {
  const lines = linesOf(text);
  if (lines.length > MAX_LINES) return undefined;
  const found: { line: Line; log: LogLine }[] = [];
  const without: Line[] = [];
  for (const line of lines) {
    const log = line.text.length > MAX_LINE ? undefined : readLine(line.text);
    if (log === undefined) without.push(line);
    else found.push({ line, log });
  }
  if (found.length === 0 || found.length < without.length / 4) return undefined;
  // A line that has bytes all the same would be lost.
  const suspect = without.find(
    ({ text: line }) => /(?:^|[\s:])(?:[0-9a-f]{2}[ :]){3}/i.test(line) || /^[\s0-9a-fx,|:]*$/i.test(line),
  );
  if (suspect !== undefined && found.length > 0)
    return refused(
      'The other lines have bytes behind words, and this line cannot be read like them. Paste the lines of one kind.',
      suspect.start,
      suspect.start + suspect.text.length,
    );
  const [first] = found;
  if (first === undefined || !beginsPlausibly(first.log.bytes)) return undefined;
  const ways = found.map(({ log: { words } }) => wayOf(words));
  const knowsWays = ways.every((way) => way !== undefined) && new Set(ways).size === 2;
  const times = found.map(({ log: { words } }) => timeOf(words));
  const knowsTimes = knowsWays && times.every((time) => time !== undefined);
  const notes = found.flatMap(({ log }) => log.notes);
  if (notes.length > 0 && found.length > 1) return undefined;
  if (without.length > 0)
    notes.push(`${countNoun(without.length, 'line')} without bytes ${without.length === 1 ? 'was' : 'were'} left out.`);
  const parts = found.map(({ log: { bytes } }, i): PastedPart => {
    const [side, timeMs] = [ways[i], times[i]];
    return {
      bytes,
      ...(knowsWays && side !== undefined && { side }),
      ...(knowsTimes && timeMs !== undefined && { timeMs }),
    };
  });
  const form = found.length === 1 ? 'a line of a log' : `${found.length} lines of a log`;
  return { form: knowsWays ? `${form}, of both directions` : form, parts, notes };
};

/** Whether bytes can be the beginning of a connection: words in front of them show nothing for certain. */
function beginsPlausibly(bytes: Uint8Array): boolean {
  if (findHead(bytes) !== undefined) return true;
  const header = decodeHeader(bytes);
  return header !== undefined && !isReservedOpcode(header.opcode) && !header.rsv2 && !header.rsv3;
}

/** Above this, the words in front of each line cost too much time. */
const MAX_LINES = 100_000;
const MAX_LINE = 256 * 1024;

/** 0 for what this end sent, 1 for what it received; undefined if the words say neither, or both. */
function wayOf(words: string): 0 | 1 | undefined {
  const [sent, received] = [SENT.test(words), RECEIVED.test(words)];
  return sent === received ? undefined : sent ? 0 : 1;
}

function timeOf(words: string): number | undefined {
  const [, clock] = TIME.exec(words) ?? [];
  return clock === undefined ? undefined : clockMs(clock);
}

function readLine(line: string): LogLine | undefined {
  const end = endWithout(line, ' \t,;.)');
  const last = line.charAt(end - 1);
  const bracket = OPENING_OF[last];
  if (bracket !== undefined) {
    const start = line.lastIndexOf(bracket, end - 1);
    const list = line.slice(Math.max(0, start), end);
    if (start > 0 && BRACKETED.test(list))
      return readAs(line, start, readNodeBuffers(list) ?? readOkio(list) ?? readNsData(list) ?? readNumberList(list));
  }
  if (last === '"' || last === "'" || last === '`') {
    const quote = line.indexOf(last);
    const start = /[bB]/.test(line.charAt(quote - 1)) ? quote - 1 : quote;
    const literal = line.slice(start, end);
    if (start > 0 && quote < end - 1 && literal.includes('\\')) return readAs(line, start, readStringLiterals(literal));
  }
  return readHexAtEnd(line);
}

/** The index behind the last character that is none of these. */
function endWithout(line: string, characters: string): number {
  let end = line.length;
  while (end > 0 && characters.includes(line.charAt(end - 1))) end--;
  return end;
}

const HEX_GROUP = /^(?:0x)?(?:[0-9a-f]{2})+$/i;

/** Hex at the end of a line, behind words: groups with the same sign between them. */
function readHexAtEnd(line: string): LogLine | undefined {
  const end = endWithout(line, ' \t])>.;');
  let start = end;
  let separator: string | undefined;
  for (let groupEnd = end; groupEnd > 0; ) {
    let at = groupEnd;
    while (at > 0 && /[0-9a-z]/i.test(line.charAt(at - 1))) at--;
    if (!HEX_GROUP.test(line.slice(at, groupEnd))) break;
    let before = at;
    while (before > 0 && ' \t:,-'.includes(line.charAt(before - 1))) before--;
    start = at;
    const sign = line.slice(before, at);
    separator ??= sign;
    // Other signs are between the words and the bytes, or within a time.
    if (before === at || sign.trim() !== separator.trim() || sign.length > 2) break;
    groupEnd = before;
  }
  const hex = line.slice(start, end);
  const words = line.slice(0, start);
  // A time or an address is no payload, and neither is a short number.
  // The offset of a row of a dump is no word: a row that is missing there would not be noticed here.
  if (/^\s*(?:0x)?[0-9a-f]{3,16}[\s:|]*$/i.test(words.slice(0, 40)) && words.length <= 40) return undefined;
  if (start === 0 || hex.replace(/[^0-9a-f]/gi, '').length < 4 || !BOUNDARY.test(words.slice(-40))) return undefined;
  if (
    /^\d+$/.test(hex) &&
    !/(?:hex|bytes?|data|payload|frame|raw|dump|recv|received|sent|send|: )\W*$/i.test(words.slice(-40))
  )
    return undefined;
  const read = parseHex(hex);
  return 'problem' in read ? undefined : { words, bytes: read.bytes, notes: [] };
}

function readAs(line: string, end: number, result: PasteResult | undefined): LogLine | undefined {
  if (result === undefined || 'problem' in result || result.parts.length !== 1) return undefined;
  const [part] = result.parts;
  return part && { words: line.slice(0, end), bytes: part.bytes, notes: result.notes };
}
