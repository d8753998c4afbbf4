import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { findNaiveFrame } from '../../specimens/naive-2011.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import type { Piece } from './piece.ts';
import { formatSpacedHex } from './say.ts';

/** Where a reader sees the parts of a frame, counted from the first byte of all. */
interface Parts {
  readonly start: number;
  readonly lengthEnd: number;
  readonly payloadStart: number;
  readonly end: number;
}

/** More pieces are not drawn. */
const MAX_PIECES = 12;
/** More bytes of a piece are not drawn. */
const MAX_BYTES = 8;

/**
 * The bytes as the listing reads them.
 *
 * @param taken how many of them it took out of its buffer
 */
export function readNaively(bytes: Uint8Array, taken: number): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  while (start < taken && pieces.length < MAX_PIECES) {
    const frame = findNaiveFrame(bytes.subarray(start));
    if (frame === undefined) break;
    const { opcode, payloadStart, end } = frame;
    const lengthEnd = start + (frame.keyStart ?? payloadStart);
    const parts = { start, lengthEnd, payloadStart: start + payloadStart, end: start + end };
    const isKnown = opcode === OPCODE.text || opcode === OPCODE.binary;
    const name = OPCODES[opcode]?.name ?? '';
    pieces.push(
      ...cutFrame(bytes, parts, isKnown ? name : `${name}: ignored`, end - payloadStart, frame.keyStart !== undefined),
    );
    start += end;
  }
  if (start < bytes.length) pieces.push(...restOf(bytes, start, taken === 0 ? waitingFor(bytes) : undefined));
  return pieces.slice(0, MAX_PIECES);
}

/** What it says of bytes that it has not taken. */
function waitingFor(bytes: Uint8Array): string {
  const frame = findNaiveFrame(bytes);
  return frame === undefined ? 'fewer than 6 bytes: it does not look' : `it waits for ${countBytes(frame.end)}`;
}

function restOf(bytes: Uint8Array, start: number, label = 'still in its buffer'): Piece[] {
  return [{ ...piece(bytes, start, bytes.length, label, 'rest'), tone: 'rest' }];
}

/** The bytes as our code reads them, up to the first that break a rule. */
export function readRightly(bytes: Uint8Array, sender: 'client' | 'server' = 'client'): Piece[] {
  const pieces: Piece[] = [];
  const { frames } = decodeFrames(bytes, sender, DEFAULT_LIMITS);
  let end = 0;
  for (const { offset, violations } of frames) {
    const header = decodeHeader(bytes.subarray(offset));
    if (header === undefined || pieces.length >= MAX_PIECES) break;
    const { extendedPayloadLength } = layoutOf(bytes[offset + 1] ?? 0);
    end = Math.min(bytes.length, offset + header.headerLength + header.payloadLength);
    const parts = {
      start: offset,
      lengthEnd: offset + extendedPayloadLength.end,
      payloadStart: offset + header.headerLength,
      end,
    };
    const name = OPCODES[header.opcode]?.name ?? '';
    const label = header.fin || header.opcode >= 8 ? name : `${name}, and more follows`;
    const cut = cutFrame(bytes, parts, label, header.payloadLength, header.masked);
    const [broken] = violations;
    if (broken === undefined) {
      pieces.push(...cut);
      continue;
    }
    const from = offset + broken.start;
    const before = cut.filter((each) => each.end <= from);
    const kept = before.at(-1)?.end ?? offset;
    if (kept < from) before.push(piece(bytes, kept, from, '', 'payload-data'));
    const { field } = cut.find((each) => each.start <= from && from < each.end) ?? { field: 'payload-data' };
    const wrong = piece(bytes, from, offset + broken.end, `breaks a rule: ${broken.statusCode}`, field);
    pieces.push(...before, wrong);
    end = offset + broken.end;
    if (end < bytes.length) pieces.push(...restOf(bytes, end, 'not read any more'));
    return pieces.slice(0, MAX_PIECES);
  }
  if (end < bytes.length && pieces.length < MAX_PIECES) pieces.push(...restOf(bytes, end, 'waits for the rest'));
  return pieces.slice(0, MAX_PIECES);
}

function cutFrame(
  bytes: Uint8Array,
  { start, lengthEnd, payloadStart, end }: Parts,
  opcode: string,
  length: number,
  masked: boolean,
): Piece[] {
  const extended = lengthEnd > start + 2;
  return [
    piece(bytes, start, start + 1, opcode, 'opcode'),
    piece(bytes, start + 1, start + 2, extended ? 'length follows' : `length ${length}`, 'payload-length'),
    piece(bytes, start + 2, lengthEnd, `length ${countBytes(length)}`, 'extended-payload-length'),
    piece(bytes, lengthEnd, payloadStart, masked ? 'key' : '', 'masking-key'),
    piece(bytes, payloadStart, end, 'payload', 'payload-data'),
  ].filter((each) => each.end > each.start && each.start < bytes.length);
}

function piece(bytes: Uint8Array, start: number, end: number, label: string, field: string): Piece {
  const shown = formatSpacedHex(bytes.subarray(start, Math.min(end, start + MAX_BYTES)));
  const more = Math.min(end, bytes.length) - start - MAX_BYTES;
  return { start, end, text: more > 0 ? `${shown} … ${countNoun(more, 'more byte')}` : shown, label, field };
}
