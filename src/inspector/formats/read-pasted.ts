import { type HexProblem, hexProblem } from '../hex/hex-problem.ts';
import { looksLikeRows } from '../hex/hex-rows.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { readBase64, refuseKey } from './base64.ts';
import { readBits } from './bits.ts';
import { readDebuggerDump } from './debugger-dumps.ts';
import { readJdkDump, readLastRow, readOctalOffsets } from './dump-rows.ts';
import {
  readCatV,
  readEntities,
  readEscapedText,
  readPercent,
  readQuotedHex,
  readQuotedPrintable,
} from './escaped-text.ts';
import { readFollowRaw, readFollowYaml, refuseFollow } from './follow-text.ts';
import { refuseHeadText } from './head-text.ts';
import { readIndexedBytes } from './indexed-bytes.ts';
import { readLogLines } from './log-lines.ts';
import { findMagic } from './magic.ts';
import { readHexWithH, readNodeBuffers, readNsData, readOkio, readSignExtended } from './marked-bytes.ts';
import { readCommentedHex, readJettyBuffer, readLess, readTimedHex, refuseNamed } from './marked-hex.ts';
import { readDecimals, readNumberList, readShortHex } from './number-list.ts';
import { readOdRows } from './od-rows.ts';
import { readOddDump, refuseLostRows } from './odd-dumps.ts';
import { insidePacket, readPacketDumps, readPacketTrees, readTcpdump } from './packet-dumps.ts';
import type { Pasted, PasteResult, ReadForm } from './pasted.ts';
import { readProgramNumbers } from './program-numbers.ts';
import { readNcatDump, readNgrep, readTcpflow } from './read-dumps.ts';
import { refuseObjects } from './refuse-objects.ts';
import { refuseTools } from './refuse-tools.ts';
import { readStrace } from './strace.ts';
import { readCallLog, readStringLiterals } from './string-literals.ts';
import { readBioDump, readHeadedRows, readHexyl } from './table-dumps.ts';
import { readCurlTrace, readFollowHex, readNettyTable, readSocat } from './traffic-logs.ts';
import { unwrap } from './unwrap.ts';

/** In the order in which they are tried: a form with a clear mark comes before one that is only recognized by its looks. */
const FORMS: readonly ReadForm[] = [
  refuseNamed,
  refuseHeadText,
  refuseObjects,
  readHexyl,
  readHeadedRows,
  readBioDump,
  refuseFollow,
  readFollowRaw,
  readFollowYaml,
  readStrace,
  readNgrep,
  readPacketTrees,
  refuseTools,
  readCurlTrace,
  readSocat,
  readNettyTable,
  readTcpdump,
  readFollowHex,
  readNcatDump,
  readTcpflow,
  readJettyBuffer,
  readCallLog,
  readNodeBuffers,
  readOkio,
  readNsData,
  readIndexedBytes,
  readProgramNumbers,
  readQuotedHex,
  readStringLiterals,
  readNumberList,
  readEscapedText,
  readPercent,
  readEntities,
  readQuotedPrintable,
  readCatV,
  readHexWithH,
  readSignExtended,
  readLess,
  readDebuggerDump,
  readOddDump,
  refuseLostRows,
  readOctalOffsets,
  readOdRows,
  readJdkDump,
  readPacketDumps,
  readLastRow,
  readBits,
  readDecimals,
  readTimedHex,
  readShortHex,
  readCommentedHex,
];

/**
 * Reads bytes in any of the forms that programs and tools write, and names the form. A text in the form of a known tool that
 * cannot be read is refused, with the place of the problem. No byte is ever invented.
 *
 * Takes linear time.
 */
export function readPasted(text: string): PasteResult {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const read = readWrapped(text.slice(start));
  if ('problem' in read) return { problem: moved(read.problem, start) };
  const first = read.parts.find(({ bytes }) => bytes.length > 0);
  const magic = first && findMagic(first.bytes);
  if (magic === undefined) return insidePacket(read);
  const problem = hexProblem(magic.sentence, start, text.length);
  return magic.isRecording ? { ...problem, file: { bytes: bytesOfPasted(read), form: read.form } } : problem;
}

/** In characters. Of a longer text, nothing is taken away. */
const MAX_WRAPPED = 1024 * 1024;

/** Reads a text as it is; if that fails, without what a chat, a terminal or an editor put around it. */
function readWrapped(text: string): PasteResult {
  const read = readText(text);
  if (!('problem' in read) || read.isRecognized || text.length > MAX_WRAPPED) return read;
  for (const { text: left, what } of unwrap(text)) {
    const inside = readText(left);
    if ('problem' in inside && inside.isRecognized) return inside;
    if ('problem' in inside || inside.parts.every(({ bytes }) => bytes.length === 0)) continue;
    return { ...inside, notes: [`Left out: ${what}.`, ...inside.notes] };
  }
  return read;
}

function readText(text: string): PasteResult {
  for (const read of FORMS) {
    const result = read(text);
    if (result !== undefined) return result;
  }
  const plain = parseHex(text);
  if ('bytes' in plain)
    return { form: looksLikeRows(text) ? 'rows of a hex dump' : 'hex', parts: [{ bytes: plain.bytes }], notes: [] };
  return readBase64(text) ?? refuseKey(text) ?? readLogLines(text) ?? plain;
}

function moved(problem: HexProblem, by: number): HexProblem {
  return { ...problem, start: problem.start + by, end: problem.end + by };
}

/** All bytes of a paste as one run, in the order of the parts, for callers that tell the two ends apart by the MASK bits. */
export function bytesOfPasted({ parts }: Pasted): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.bytes;
  const whole = new Uint8Array(parts.reduce((length, { bytes }) => length + bytes.length, 0));
  let at = 0;
  for (const { bytes } of parts) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
