import { bytesOfHex } from '../../bytes/hex.ts';
import { fieldNamed } from '../../inspector/frame/field.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { meaningOfStatusCode } from '../../protocol/closing/status-meanings.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { decodeText } from '../../text/utf8.ts';
import { prettyJson } from './pretty-json.ts';

/** The payload of a frame, unmasked, in the form in which it is easiest to read. */
export type Payload = { readonly notes: readonly string[] } & (
  | { readonly kind: 'empty' }
  /** `pretty` is the same text with indentation, if it is JSON. */
  | { readonly kind: 'text'; readonly text: string; readonly pretty: string | undefined }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** RFC 6455 §5.5.1. */
  | {
      readonly kind: 'close';
      readonly code: number;
      readonly name: string;
      readonly meaning: string;
      /** Empty if there is none. */
      readonly reason: string;
    }
);

const STATUS_CODE_BYTES = 2;
const COMPRESSED =
  'RSV1 is set: probably permessage-deflate (RFC 7692), which compresses messages. The bytes below are the compressed ' +
  'ones. If the two sides did not agree on that extension, the bit breaks a rule.';

const NOT_UTF8 = 'These bytes are not valid UTF-8, so they cannot be shown as text.';

/**
 * Reads a payload as what its opcode says it is. RFC 6455 §5.6.
 *
 * @param readsCompressed whether the reader knows that a message with RSV1 is compressed
 */
export function presentPayload(dump: FrameDump, readsCompressed = false): Payload {
  const { opcode } = dump;
  const bytes = bytesOfHex(dump.payload.hex);
  const notes = notesOn(dump, bytes.length);
  if (bytes.length === 0) {
    const silent = opcode === OPCODE.close && dump.payloadLength === 0;
    return { kind: 'empty', notes: silent ? ['This close frame has no status code.'] : notes };
  }
  if (opcode === OPCODE.close) return closeOf(dump, bytes, notes);
  if (isCompressed(dump)) return { kind: 'bytes', bytes, notes: readsCompressed ? notes : [COMPRESSED, ...notes] };
  const text = opcode === OPCODE.ping || opcode === OPCODE.pong ? decodeText(bytes) : dump.payload.text;
  if (text !== undefined) return { kind: 'text', text, pretty: prettyJson(text), notes };
  return { kind: 'bytes', bytes, notes: [...whyNoText(dump), ...notes] };
}

/** Reads a message that was put together from its fragments. */
export function payloadOfMessage(bytes: Uint8Array, isText: boolean): Payload {
  const text = isText ? decodeText(bytes) : undefined;
  if (text !== undefined) return { kind: 'text', text, pretty: prettyJson(text), notes: [] };
  return { kind: 'bytes', bytes, notes: isText ? [NOT_UTF8] : [] };
}

/** Reads a message of a recording that has no frames. */
export function payloadOfRecorded({
  opcode,
  payload: { hex, text },
  note,
}: {
  readonly opcode: number;
  readonly payload: { readonly hex: string; readonly text?: string };
  readonly note: string | undefined;
}): Payload {
  const notes = note === undefined ? [] : [note];
  if (hex === '') return { kind: 'empty', notes };
  if (text !== undefined) return { kind: 'text', text, pretty: prettyJson(text), notes };
  return { kind: 'bytes', bytes: bytesOfHex(hex), notes: opcode === OPCODE.text ? [NOT_UTF8, ...notes] : notes };
}

function closeOf({ payload: { text } }: FrameDump, bytes: Uint8Array, notes: readonly string[]): Payload {
  const noReason = bytes.length === STATUS_CODE_BYTES;
  if (bytes.length < STATUS_CODE_BYTES || (text === undefined && !noReason)) return { kind: 'bytes', bytes, notes };
  const code = ((bytes[0] as number) << 8) | (bytes[1] as number);
  const info = statusCodeInfo(code);
  const { name } = info;
  const meaning = meaningOfStatusCode(info);
  return { kind: 'close', code, name, meaning, reason: text ?? '', notes };
}

/** Whether an extension has probably compressed the message. RFC 7692 §6: RSV1 is set on its first frame. */
export function isCompressed({ opcode, fields }: FrameDump): boolean {
  return (opcode === OPCODE.text || opcode === OPCODE.binary) && fieldNamed(fields, 'RSV1')?.value === 1;
}

function whyNoText({ opcode, fin }: FrameDump): string[] {
  if (opcode !== OPCODE.text) return [];
  return fin === false ? ['This fragment begins or ends inside a character, so it is shown as bytes.'] : [NOT_UTF8];
}

function notesOn({ truncated, payloadLength }: FrameDump, here: number): string[] {
  if (!truncated || payloadLength === undefined) return [];
  const all = countBytes(BigInt(payloadLength)).replace(/ bytes?$/, '');
  return [`${countBytes(here)} of ${all} ${here === 1 ? 'is' : 'are'} here.`];
}
