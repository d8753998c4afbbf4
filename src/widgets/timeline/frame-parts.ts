import { bytesOfHex } from '../../bytes/hex.ts';
import { dumpFrame } from '../../inspector/frame/frame-dump.ts';
import type { FrameEntry } from '../base/log/entry.ts';

/** A group of bytes of a frame, for readers who do not know its fields yet. */
export interface FramePart {
  readonly name: string;
  /** The field whose color it has. */
  readonly field: 'opcode' | 'payload-length' | 'extended-payload-length' | 'masking-key' | 'payload-data';
  readonly hex: readonly string[];
  /** How many of its bytes are not shown. */
  readonly hidden: number;
}

const MAX_SHOWN_BYTES = 48;

/** A frame in its main parts: type, length, masking key if there is one, payload. RFC 6455 §5.2. */
export function partsOfFrame({ hex }: FrameEntry): FramePart[] {
  const { fields, byteLength } = dumpFrame(bytesOfHex(hex));
  const startOf = (name: string) => (fields.find((field) => field.name === name)?.bit ?? byteLength * 8) / 8;
  const payloadStart = startOf('payload data');
  const keyStart = Math.min(startOf('masking-key'), payloadStart);
  const part = (name: string, field: FramePart['field'], start: number, end: number): FramePart => {
    const bytes = hex.slice(start * 2, Math.min(end, start + MAX_SHOWN_BYTES) * 2).match(/../g) ?? [];
    return { name, field, hex: bytes, hidden: end - start - bytes.length };
  };
  return [
    part('type', 'opcode', 0, 1),
    part('length', 'payload-length', 1, 2),
    part('extended length', 'extended-payload-length', 2, keyStart),
    part('masking key', 'masking-key', keyStart, payloadStart),
    part(payloadStart > keyStart ? 'payload, masked' : 'payload', 'payload-data', payloadStart, byteLength),
  ].filter(({ hex: bytes }) => bytes.length > 0);
}
