import { type HexProblem, hexProblem } from '../hex/hex-problem.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { readBase64 } from './base64.ts';
import { readBits } from './bits.ts';
import {
  readCurlTrace,
  readFollowHex,
  readJdkDump,
  readLastRow,
  readNettyTable,
  readOctalOffsets,
  readOddDump,
  readSocat,
  refuseLostRows,
} from './dump-rows.ts';
import { findMagic } from './magic.ts';
import { readJettyBuffer, readLess, readNodeBuffer, readRemarkedHex, readTimedHex, refuseNamed } from './marked-hex.ts';
import { readDecimals, readNumberList, readShortHex } from './number-list.ts';
import { insidePacket, readPacketDumps, readTcpdump } from './packet-dumps.ts';
import { linesOf, type Pasted, type PasteResult, type ReadForm } from './pasted.ts';
import { readCallLog, readStringLiterals } from './string-literals.ts';

/** In the order in which they are asked: a form that says what it is comes before one that only looks like something. */
const FORMS: readonly ReadForm[] = [
  refuseNamed,
  readCurlTrace,
  readSocat,
  readNettyTable,
  readTcpdump,
  readFollowHex,
  readJettyBuffer,
  readCallLog,
  readNodeBuffer,
  readStringLiterals,
  readNumberList,
  readLess,
  readOddDump,
  refuseLostRows,
  readOctalOffsets,
  readJdkDump,
  readPacketDumps,
  readLastRow,
  readBits,
  readDecimals,
  readTimedHex,
  readShortHex,
  readRemarkedHex,
];

/**
 * Reads what people paste: bytes in any of the forms that programs and tools write. The form that was taken is named; what
 * has the form of a tool and is not understood is refused with the place; nothing is ever made up.
 *
 * Takes time in proportion to the text.
 */
export function readPasted(text: string): PasteResult {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const read = readText(text.slice(start));
  if ('problem' in read) return { problem: moved(read.problem, start) };
  const [first] = read.parts;
  const magic = read.parts.length === 1 && first !== undefined ? findMagic(first.bytes) : undefined;
  return magic === undefined ? insidePacket(read) : hexProblem(magic.sentence, start, text.length);
}

function readText(text: string): PasteResult {
  for (const read of FORMS) {
    const result = read(text);
    if (result !== undefined) return result;
  }
  const plain = parseHex(text);
  if ('bytes' in plain) return { form: formOfHex(text), parts: [{ bytes: plain.bytes }], notes: [] };
  return readBase64(text) ?? plain;
}

function formOfHex(text: string): string {
  const [first] = linesOf(text);
  return /^\s*(?:0x)?[0-9a-f]{4,16}:?\s+[0-9a-f]{2}/i.test(first?.text ?? '') &&
    !/^\s*[0-9a-f]{2}\s/i.test(first?.text ?? '')
    ? 'rows of a hex dump'
    : 'hex';
}

function moved(problem: HexProblem, by: number): HexProblem {
  return { ...problem, start: problem.start + by, end: problem.end + by };
}

/** All bytes of a paste as one run, in the order of the parts: for those who tell the two ends apart by the MASK bits. */
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
