import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import type { Violation } from '../../protocol/violation.ts';
import { decodeText } from '../../text/utf8.ts';
import { fieldsOfCutHeader } from './cut-header.ts';
import { type Field, fieldNamed, fieldsOf } from './field.ts';
import { type DumpedHeader, headerOfFields } from './header-of-fields.ts';

/** Of a longer frame, only so many bytes are kept and shown. */
export const MAX_SHOWN_BYTES = 64 * 1024;

/** A frame with all that can be said of it. RFC 6455 §5.2. */
export interface FrameDump extends DumpedHeader {
  /** What the header claims, itself included; of a frame that ended within its header, what came. */
  readonly byteLength: number;
  /** As it stood on the wire. */
  readonly hex: string;
  /** Whether `hex` and `payload` are less than the frame: it is long, or it never came whole. */
  readonly truncated: boolean;
  readonly fields: readonly Field[];
  readonly payload: FramePayload;
  readonly violations: readonly Violation[];
}

/** The payload of a frame, or the part of it that is shown. */
export interface FramePayload {
  /** Unmasked. */
  readonly hex: string;
  /** Where the payload is UTF-8, of a text message or a close reason. */
  readonly text?: string;
}

/** What the bytes of a frame alone do not tell. */
export interface FrameContext {
  /** Of a continuation frame: the opcode that its message began with. */
  readonly messageOpcode?: MessageOpcode | undefined;
  readonly violations?: readonly Violation[];
}

/**
 * Explains one frame, legal or not. RFC 6455 §5.2.
 *
 * @param bytes from the frame's first on; may end before the frame does, or go on after it
 */
export function dumpFrame(bytes: Uint8Array, { messageOpcode, violations = [] }: FrameContext = {}): FrameDump {
  const header = decodeHeader(bytes);
  if (header === undefined) return dumpCutHeader(bytes, violations);
  const byteLength = header.headerLength + header.payloadLength;
  const shown = bytes.subarray(0, Math.min(byteLength, MAX_SHOWN_BYTES));
  const truncated = shown.length < byteLength;
  const hex = formatHex(shown);
  const onTheWire = shown.subarray(header.headerLength);
  const payload = header.masked ? mask(onTheWire, header.maskingKey) : onTheWire;
  const payloadHex = header.masked ? formatHex(payload) : hex.slice(2 * header.headerLength);
  const text = textOf(payload, truncated, header, messageOpcode);
  const fields = fieldsOf(header, shown, hex);
  return {
    byteLength,
    hex,
    truncated,
    opcode: header.opcode,
    fin: header.fin,
    masked: header.masked,
    payloadLength: exactLength(header, fields),
    fields,
    payload: { hex: payloadHex, ...(text !== undefined && { text }) },
    violations,
  };
}

/** From 2^53 on, the header's number is rounded: the exact digits are in the field. */
function exactLength({ payloadLength }: FrameHeader, fields: readonly Field[]): number | string {
  if (payloadLength < 2 ** 53) return payloadLength;
  return fieldNamed(fields, 'extended payload length')?.value ?? payloadLength;
}

function dumpCutHeader(bytes: Uint8Array, violations: readonly Violation[]): FrameDump {
  const fields = fieldsOfCutHeader(bytes);
  return {
    byteLength: bytes.length,
    hex: formatHex(bytes),
    truncated: true,
    ...headerOfFields(fields),
    fields,
    payload: { hex: '' },
    violations,
  };
}

const STATUS_CODE_BYTES = 2;

function textOf(
  payload: Uint8Array,
  truncated: boolean,
  { opcode }: FrameHeader,
  messageOpcode: MessageOpcode | undefined,
): string | undefined {
  let text = payload;
  if (opcode === OPCODE.close) {
    if (payload.length <= STATUS_CODE_BYTES) return undefined;
    text = payload.subarray(STATUS_CODE_BYTES);
  } else if (opcode === OPCODE.continuation ? messageOpcode !== OPCODE.text : opcode !== OPCODE.text) return undefined;
  return decodeText(truncated ? withoutCutCharacter(text) : text);
}

/** UTF-8 that was cut anywhere, without the character that the cut went through. RFC 3629 §3. */
function withoutCutCharacter(text: Uint8Array): Uint8Array {
  let first = text.length - 1;
  while (first >= 0 && first > text.length - 4 && ((text[first] as number) & 0xc0) === 0x80) first--;
  const byte = text[first] ?? 0;
  const characterLength = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
  return first + characterLength > text.length ? text.subarray(0, first) : text;
}
