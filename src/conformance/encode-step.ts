import { bytesOfHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { encodeHeader } from '../protocol/framing/header.ts';
import { MAX_HEADER_LENGTH, minimalLengthField } from '../protocol/framing/layout.ts';
import { maskInPlace } from '../protocol/framing/masking.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { SendStep } from './case.ts';
import type { SentItem } from './frames.ts';
import { type Payload, partOf, payloadByteLength, payloadBytes, type RepeatedPayload, repeated } from './payload.ts';

/** The bytes of one write. */
export interface Write {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether it ends inside a frame. Then nothing else may be written before the next one. */
  readonly insideFrame: boolean;
}

/** A frame, or a part of a long one. */
interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly endsFrame: boolean;
}

/** Longer frames and writes are cut into pieces of about this size, so that a gigabyte never lies in memory. */
const MAX_PIECE_BYTES = 64 * 1024;

/**
 * The writes of one step, in order: its frames, cut as the step says. RFC 6455 §5.2. No write has more than about 64
 * KiB.
 *
 * The masking key of a frame is computed from its place in the step. So a case sends the same bytes every time, and two
 * steps can each send a part of one frame.
 */
export function* writesOf({ items, cut, slice }: SendStep): Generator<Write, void, undefined> {
  const pieces = slice === undefined ? piecesOf(items) : sliced(piecesOf(items), slice.start, slice.end);
  if (cut === 'frame-wise') {
    for (const { bytes, endsFrame } of pieces) yield { bytes, insideFrame: !endsFrame };
    return;
  }
  const size = cut === 'whole' ? MAX_PIECE_BYTES : cut;
  let gathered = new Gathered();
  for (const { bytes, endsFrame } of pieces) {
    for (let at = 0; at < bytes.length; ) {
      const taken = bytes.subarray(at, at + size - gathered.byteLength);
      at += taken.length;
      gathered.add(taken, endsFrame && at === bytes.length);
      if (gathered.byteLength < size) continue;
      yield gathered.write();
      gathered = new Gathered();
    }
  }
  if (gathered.byteLength > 0) yield gathered.write();
}

/** Pieces that are sent in one write. */
class Gathered {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  byteLength = 0;
  #endsFrame = false;

  add(bytes: Uint8Array<ArrayBuffer>, endsFrame: boolean): void {
    this.#pieces.push(bytes);
    this.byteLength += bytes.length;
    this.#endsFrame = endsFrame;
  }

  write(): Write {
    const [first, second] = this.#pieces;
    const bytes = first !== undefined && second === undefined ? first : joinBytes(this.#pieces);
    return { bytes, insideFrame: !this.#endsFrame };
  }
}

function* sliced(
  pieces: Iterable<Piece>,
  start: number,
  end = Number.POSITIVE_INFINITY,
): Generator<Piece, void, undefined> {
  let at = 0;
  for (const { bytes, endsFrame } of pieces) {
    const part = bytes.subarray(Math.max(0, start - at), end - at);
    at += bytes.length;
    if (part.length > 0) yield { bytes: part, endsFrame: endsFrame && at <= end };
    if (at >= end) return;
  }
}

/** The bytes of each frame in turn, a long frame in several pieces. */
export function* encodeItems(items: readonly SentItem[]): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (const { bytes } of piecesOf(items)) yield bytes;
}

function* piecesOf(items: readonly SentItem[]): Generator<Piece, void, undefined> {
  let nth = 0;
  for (const item of items) yield* piecesOfItem(item, () => maskingKeyAt(nth++));
}

function* piecesOfItem(item: SentItem, nextMaskingKey: () => number): Generator<Piece, void, undefined> {
  if (item.type === 'bytes') {
    yield { bytes: bytesOfHex(item.hex), endsFrame: true };
    return;
  }
  if (item.type === 'fragments') {
    const { payload, fragmentBytes } = item;
    const byteLength = payloadByteLength(payload);
    for (let at = 0; at === 0 || at <= byteLength; at += fragmentBytes) {
      const fin = at + fragmentBytes > byteLength || byteLength <= fragmentBytes;
      const opcode = at === 0 ? item.opcode : OPCODE.continuation;
      const fragment = partOf(payload, at, Math.min(at + fragmentBytes, byteLength));
      const maskingKey = item.masked === false ? undefined : nextMaskingKey();
      yield* piecesOfFrame({ fin, opcode, maskingKey }, fragment);
      if (fin) return;
    }
    return;
  }
  const { fin, rsv, opcode, masked, lengthField } = item;
  const maskingKey = item.maskingKey ?? nextMaskingKey();
  const fields = {
    fin,
    rsv1: (rsv & 4) !== 0,
    rsv2: (rsv & 2) !== 0,
    rsv3: (rsv & 1) !== 0,
    opcode,
    maskingKey: masked ? maskingKey : undefined,
    ...(lengthField === undefined ? {} : { lengthField }),
  };
  yield* piecesOfFrame(fields, item.payload);
}

interface Fields {
  readonly fin: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  readonly opcode: number;
  readonly maskingKey: number | undefined;
  readonly lengthField?: number;
}

function* piecesOfFrame(fields: Fields, payload: Payload): Generator<Piece, void, undefined> {
  if ('repeated' in payload && payload.byteLength > MAX_PIECE_BYTES) yield* piecesOfLongFrame(fields, payload);
  else yield { bytes: encodeFrame({ ...fields, payload: payloadBytes(payload) }), endsFrame: true };
}

/**
 * The mask repeats every four bytes, so a block whose length is a multiple of four always masks to the same bytes. RFC
 * 6455 §5.3.
 */
function* piecesOfLongFrame(fields: Fields, payload: RepeatedPayload): Generator<Piece, void, undefined> {
  const header = headerOf(fields, payload.byteLength);
  const unit = 4 * (payload.repeated.length / 2);
  const block = payloadBytes(repeated(payload.repeated, unit * Math.max(1, Math.floor(MAX_PIECE_BYTES / unit))));
  if (fields.maskingKey !== undefined) maskInPlace(block, fields.maskingKey);
  for (let at = 0; at < payload.byteLength; at += block.length) {
    const left = payload.byteLength - at;
    const part = block.subarray(0, left);
    yield { bytes: at === 0 ? joinBytes([header, part]) : part, endsFrame: left <= block.length };
  }
}

function headerOf(fields: Fields, payloadLength: number): Uint8Array {
  const lengthField = fields.lengthField ?? minimalLengthField(payloadLength);
  const header = new Uint8Array(MAX_HEADER_LENGTH);
  return header.subarray(0, encodeHeader({ ...fields, lengthField, payloadLength }, header));
}

/** Multiplying by this odd number spreads small numbers over all 32 bits. */
const SPREAD = 0x9e3779b1;

/** The masking key of the nth frame, counted from 0. A real client picks a random key. RFC 6455 §5.3. */
export function maskingKeyAt(nth: number): number {
  return Math.imul(nth + 1, SPREAD) >>> 0;
}
