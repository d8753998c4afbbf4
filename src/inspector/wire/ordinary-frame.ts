import { decodeHeader } from '../../protocol/framing/header.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { Violation } from '../../protocol/violation.ts';
import type { Field } from '../frame/field.ts';
import { dumpFrame, type FrameDump, type FramePayload, MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';
import { type ExplainFrame, explainAtOnce } from '../frame/frame-recorder.ts';
import type { ObserverOptions } from './observer.ts';
import type { Direction, WireFrame } from './wire.ts';

const NO_VIOLATIONS: readonly Violation[] = [];
const FIN = 0x80;

/**
 * A whole message in one frame that breaks no rule: nearly every frame of a long recording. Its fields, its hex and its text are
 * made only if they are read. `JSON.stringify` does not see them.
 */
export class OrdinaryFrame implements WireFrame {
  readonly type = 'frame';
  connection = 0;
  direction: Direction = 'in';
  timeMs = 0;
  readonly offset: number;
  readonly byteLength: number;
  readonly truncated = false;
  readonly opcode: number;
  readonly fin = true;
  readonly masked: boolean;
  readonly payloadLength: number;
  readonly violations = NO_VIOLATIONS;
  /** The frame as on the wire. */
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset: number, payloadLength: number) {
    this.bytes = bytes;
    this.offset = offset;
    this.byteLength = bytes.length;
    this.opcode = (bytes[0] as number) & 15;
    this.masked = (bytes[1] as number) > 127;
    this.payloadLength = payloadLength;
  }

  get hex(): string {
    return this.#dump.hex;
  }

  get fields(): readonly Field[] {
    return this.#dump.fields;
  }

  get payload(): FramePayload {
    return this.#dump.payload;
  }

  get #dump(): FrameDump {
    return dumpFrame(this.bytes);
  }
}

const explain: ExplainFrame = (found) => {
  const { offset, bytes, start, end, violations } = found;
  const first = bytes[start];
  const isWhole = first === (FIN | OPCODE.text) || first === (FIN | OPCODE.binary);
  if (!isWhole || violations.length > 0 || end - start > MAX_SHOWN_BYTES) return explainAtOnce(found);
  const second = bytes[start + 1] ?? 127;
  const short = second & 0x7f;
  const payloadLength = short < 126 ? short : decodeHeader(bytes, start)?.payloadLength;
  const headerLength = (short < 126 ? 2 : short === 126 ? 4 : 10) + (second > 127 ? 4 : 0);
  if (payloadLength === undefined || headerLength + payloadLength !== end - start) return explainAtOnce(found);
  // The pieces of a frame are joined in memory that the next one takes over. They begin at its start, as some chunks do.
  const own = start === 0 ? bytes.slice(0, end) : bytes.subarray(start, end);
  return { offset, violations, dump: new OrdinaryFrame(own, offset, payloadLength) };
};

/** Explains ordinary frames only when somebody reads what is in them, and all others at once. */
export const ORDINARY_LATER = {
  explain,
  messageOf: (dump, place) => (dump instanceof OrdinaryFrame ? Object.assign(dump, place) : undefined),
} as const satisfies Pick<ObserverOptions, 'explain' | 'messageOf'>;
