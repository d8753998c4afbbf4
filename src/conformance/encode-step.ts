import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { SendStep } from './case.ts';
import type { SentItem } from './frames.ts';
import { hexBytes, payloadBytes } from './payload.ts';

/** What goes out in one write. */
export interface Write {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether it ends inside a frame: nothing else may be written before the next one. */
  readonly insideFrame: boolean;
}

/**
 * The writes of one step, in order: its frames, cut as the step says. RFC 6455 §5.2.
 *
 * The masking keys follow from the place of a frame in its step, so a case sends the same bytes
 * each time, and a frame of which two steps send a slice each stays one frame.
 */
export function* writesOf(step: SendStep): Generator<Write, void, undefined> {
  if (step.cut === 'frame-wise') {
    for (const bytes of encodeItems(step.items)) yield { bytes, insideFrame: false };
    return;
  }
  const frames = [...encodeItems(step.items)];
  const whole = joinBytes(frames);
  const { start, end = whole.length } = step.slice ?? { start: 0 };
  const frameEnds = new Set<number>();
  let offset = 0;
  for (const { length } of frames) {
    offset += length;
    frameEnds.add(offset);
  }
  const size = step.cut === 'whole' ? Math.max(whole.length, 1) : step.cut;
  for (let at = start; at < end; at += size) {
    const bytes = whole.subarray(at, Math.min(at + size, end));
    yield { bytes, insideFrame: !frameEnds.has(at + bytes.length) };
  }
}

/** The bytes of each frame in turn. */
export function* encodeItems(items: readonly SentItem[]): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  let nth = 0;
  for (const item of items) {
    for (const bytes of encodeItem(item, () => maskingKeyAt(nth++))) yield bytes;
  }
}

function* encodeItem(
  item: SentItem,
  nextMaskingKey: () => number,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (item.type === 'bytes') {
    yield hexBytes(item.hex);
    return;
  }
  const payload = payloadBytes(item.payload);
  if (item.type === 'fragments') {
    const { fragmentBytes } = item;
    for (let at = 0; at === 0 || at <= payload.length; at += fragmentBytes) {
      const fin = at + fragmentBytes > payload.length || payload.length <= fragmentBytes;
      const opcode = at === 0 ? item.opcode : OPCODE.continuation;
      const fragment = payload.subarray(at, at + fragmentBytes);
      yield encodeFrame({ fin, opcode, payload: fragment, maskingKey: nextMaskingKey() });
      if (fin) return;
    }
    return;
  }
  const { fin, rsv, opcode, masked, lengthField } = item;
  const maskingKey = item.maskingKey ?? nextMaskingKey();
  yield encodeFrame({
    fin,
    rsv1: (rsv & 4) !== 0,
    rsv2: (rsv & 2) !== 0,
    rsv3: (rsv & 1) !== 0,
    opcode,
    payload,
    maskingKey: masked ? maskingKey : undefined,
    ...(lengthField === undefined ? {} : { lengthField }),
  });
}

/** Multiplying by this odd number spreads the first few places over all 32 bits. */
const SPREAD = 0x9e3779b1;

/** The masking key of the frame at a place, from 0. A real client draws it at random. RFC 6455 §5.3. */
export function maskingKeyAt(nth: number): number {
  return Math.imul(nth + 1, SPREAD) >>> 0;
}

/** All of the pieces, one after the other, in one new array. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
