import { formatHex } from '../../bytes/hex.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import type { Violation } from '../../protocol/violation.ts';
import { decodeText } from '../../text/utf8.ts';
import type { InflatedDump } from '../deflate/inflated-dump.ts';
import { fieldsOfCutHeader } from './cut-header.ts';
import { type Field, fieldNamed, fieldsOf } from './field.ts';
import { type DumpedHeader, headerOfFields } from './header-of-fields.ts';

/** Only this many bytes of a longer frame are kept and shown. */
export const MAX_SHOWN_BYTES = 64 * 1024;

/** A frame with everything that is known about it. RFC 6455 §5.2. */
export interface FrameDump extends DumpedHeader {
  /** The length that the header claims, including the header. If the frame ends within its header: the length that arrived. */
  readonly byteLength: number;
  /** The bytes as on the wire. */
  readonly hex: string;
  /** Whether `hex` and `payload` are only part of the frame: it is too long to show, or it did not arrive completely. */
  readonly truncated: boolean;
  readonly fields: readonly Field[];
  readonly payload: FramePayload;
  /** The compressed message that ends with this frame, if the two sides agreed on permessage-deflate. RFC 7692 §7.2.2. */
  readonly inflated?: InflatedDump;
  readonly violations: readonly Violation[];
}

/** The payload of a frame, or the part of it that is shown. */
export interface FramePayload {
  /** Unmasked. */
  readonly hex: string;
  /** The payload of a text message, or a close reason, if it is valid UTF-8. */
  readonly text?: string;
}

/** What the bytes of the frame do not contain. */
export interface FrameContext {
  /** For a continuation frame: the opcode of the first frame of its message. */
  readonly messageOpcode?: MessageOpcode | undefined;
  readonly violations?: readonly Violation[];
}

/**
 * Explains one frame, legal or not. RFC 6455 §5.2.
 *
 * @param bytes from the frame's first byte on; may be fewer or more than the frame
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

/** Adds the compressed message that ends with a frame. Its payload is not text then, even if it could be read as UTF-8. */
export function withInflated(dump: FrameDump, inflated: InflatedDump | undefined): FrameDump {
  return inflated === undefined ? dump : { ...dump, payload: { hex: dump.payload.hex }, inflated };
}

/** From 2^53 on, the number in the header is rounded. The field has the exact digits. */
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

/** Drops a character that was cut at the end of UTF-8 text. RFC 3629 §3. */
function withoutCutCharacter(text: Uint8Array): Uint8Array {
  let first = text.length - 1;
  while (first >= 0 && first > text.length - 4 && ((text[first] as number) & 0xc0) === 0x80) first--;
  const byte = text[first] ?? 0;
  const characterLength = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
  return first + characterLength > text.length ? text.subarray(0, first) : text;
}
