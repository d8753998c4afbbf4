import { formatHexByte } from '../../../bytes/hex.ts';
import { dumpFrame, type FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { FieldName } from '../../../protocol/field-name.ts';
import { decodeHeader } from '../../../protocol/framing/header.ts';
import type { BitRange } from '../../base/frame-view/bit-range.ts';

/** Two runs of bytes side by side, at the first byte that differs. */
export interface ComparedBytes {
  /** What the bytes are, as a noun: `payload`, `what the server sent`. */
  readonly what: string;
  /** The bytes around the first wrong one. */
  readonly rows: readonly ComparedByte[];
  /** The number of bytes before the first row. */
  readonly offset: number;
  /** The first wrong byte, from 0. */
  readonly at: number;
  readonly sentence: string;
  /** The frame in which the byte lies, as it should be; undefined if the bytes are no frames. */
  readonly dump: FrameDump | undefined;
  /** What that frame is, as a heading. */
  readonly heading: string;
  /** What to point at in that frame. */
  readonly range: BitRange | undefined;
}

/** One place in both runs. A side is undefined if it has ended. */
export interface ComparedByte {
  readonly expected: string | undefined;
  readonly got: string | undefined;
  readonly differs: boolean;
}

const BYTES_BEFORE = 8;
const MAX_SHOWN = 24;

/** The first byte that differs; undefined if there is none. */
export function firstDifference(expected: Uint8Array, got: Uint8Array): number | undefined {
  const length = Math.max(expected.length, got.length);
  for (let i = 0; i < length; i++) if (expected[i] !== got[i]) return i;
  return undefined;
}

/**
 * Compares bytes that are no frames, such as a payload.
 *
 * @returns undefined if they are the same
 */
export function comparePlain(what: string, expected: Uint8Array, got: Uint8Array): ComparedBytes | undefined {
  const at = firstDifference(expected, got);
  if (at === undefined) return undefined;
  return {
    ...{ what, ...rowsAround(at, expected, got), at },
    sentence: `Byte ${at + 1}: ${difference(expected[at], got[at])}.`,
    dump: undefined,
    heading: '',
    range: undefined,
  };
}

/**
 * Compares frames, and finds the frame and the field of the first wrong byte.
 *
 * @returns undefined if they are the same
 */
export function compareFrames(what: string, expected: Uint8Array, got: Uint8Array): ComparedBytes | undefined {
  const at = firstDifference(expected, got);
  if (at === undefined) return undefined;
  // Up to the difference both have the same bytes. Where nothing more is expected, the frame is the one that came.
  const missing = at >= got.length;
  const side = at < expected.length ? expected : got;
  const start = startOfFrame(side, at);
  const dump = dumpFrame(side.subarray(start));
  const inFrame = at - start;
  const field = fieldAt(dump, inFrame, expected[at], got[at]);
  const frame = start === 0 ? '' : ` of the frame that begins at byte ${start + 1}`;
  const place = field === undefined ? '' : ` It lies in the field ${field.name}${frame}.`;
  return {
    ...{ what, ...rowsAround(at, expected, got), at },
    sentence: `Byte ${at + 1}: ${difference(expected[at], got[at])}.${missing && start === at ? ' A whole frame is missing here.' : place}`,
    dump,
    heading: at < expected.length ? 'The frame as it should be' : 'A frame that should not come',
    range: field && { start: field.bit, end: field.bit + field.bits },
  };
}

/** Shows one frame and points at one of its fields, without a second run of bytes. */
export function pointAt(what: string, frame: Uint8Array, field: FieldName): ComparedBytes {
  const dump = dumpFrame(frame);
  const found = dump.fields.find(({ name }) => name === field);
  const at = found === undefined ? 0 : Math.floor(found.bit / 8);
  return {
    ...{ what, rows: [], offset: 0, at },
    sentence: found === undefined ? '' : `Look at the field ${field}: ${placeOf(found)} of the frame.`,
    dump,
    heading: 'The frame that your function read',
    range: found && { start: found.bit, end: found.bit + found.bits },
  };
}

function placeOf({ bit, bits }: { readonly bit: number; readonly bits: number }): string {
  const first = Math.floor(bit / 8) + 1;
  const last = Math.floor((bit + bits - 1) / 8) + 1;
  if (bits % 8 === 0) return first === last ? `byte ${first}` : `bytes ${first} to ${last}`;
  const within = bit % 8;
  return bits === 1 ? `bit ${within + 1} of byte ${first}` : `bits ${within + 1} to ${within + bits} of byte ${first}`;
}

function rowsAround(at: number, expected: Uint8Array, got: Uint8Array): Pick<ComparedBytes, 'rows' | 'offset'> {
  const offset = Math.max(0, at - BYTES_BEFORE);
  const end = Math.min(Math.max(expected.length, got.length), offset + MAX_SHOWN);
  const rows = Array.from({ length: end - offset }, (_, i) => {
    const [right, is] = [expected[offset + i], got[offset + i]];
    return {
      expected: right === undefined ? undefined : formatHexByte(right),
      got: is === undefined ? undefined : formatHexByte(is),
      differs: right !== is,
    };
  });
  return { rows, offset };
}

function difference(expected: number | undefined, got: number | undefined): string {
  if (expected === undefined) return `expected no more bytes, got ${formatHexByte(got ?? 0)}`;
  return `expected ${formatHexByte(expected)}, got ${got === undefined ? 'nothing' : formatHexByte(got)}`;
}

function startOfFrame(bytes: Uint8Array, at: number): number {
  let start = 0;
  for (;;) {
    const header = decodeHeader(bytes, start);
    if (header === undefined) return start;
    const end = start + header.headerLength + header.payloadLength;
    if (at < end || end >= bytes.length) return at < end ? start : Math.min(end, at);
    start = end;
  }
}

/** The field of the first bit that differs: a byte of a header has several fields. */
function fieldAt({ fields }: FrameDump, byte: number, expected: number | undefined, got: number | undefined) {
  const bits = expected === undefined || got === undefined ? 0xff : expected ^ got;
  const bit = byte * 8 + Math.clz32(bits) - 24;
  return fields.find((field) => bit >= field.bit && bit < field.bit + field.bits);
}
