import { dumpFrame, MAX_SHOWN_BYTES } from '../../inspector/frame/frame-dump.ts';
import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { type Payload, payloadOfRecorded, presentPayload } from './payload.ts';
import type { SourceItem } from './reading/source.ts';
import { showText } from './show-text.ts';

/** One row of the list of frames. */
export interface FrameRow {
  /** Of the item. */
  readonly index: number;
  /** Its place in the list. */
  readonly row: number;
  /** Whether it stands for several heartbeats, and opens to show them. */
  readonly isFolded?: boolean;
  /** Of its first byte, counted from 0. */
  readonly offset: number;
  readonly from: 'client' | 'server';
  /** Milliseconds since the connection began; undefined if there are no times. */
  readonly timeMs: number | undefined;
  /** `text`, or `reserved` for an opcode without a meaning; `gap` for bytes that are missing or cannot be read. */
  readonly type: string;
  /** Whether more fragments of its message follow. */
  readonly unfinished: boolean;
  /** Bytes of payload, as the header has them; undefined if the frame ends within its header. */
  readonly length: string | undefined;
  /** The beginning of the payload, in one line. */
  readonly preview: string;
  /** The rules that it breaks, and the status code with which its receiver closes the connection. */
  readonly broken: readonly { readonly rule: string; readonly statusCode: number }[];
  /** Whether the bytes end before the frame does. */
  readonly cut: boolean;
}

/** A preview reads this many bytes of a payload: all of a control frame. */
const PREVIEW_BYTES = 125;

/** Reads the row of one frame from its header and the beginning of its payload. */
export function presentRow(item: SourceItem, index: number, row = index): FrameRow {
  const { from, offset, timeMs } = item;
  const place = { index, row, from, offset, timeMs };
  if (item.kind === 'gap') {
    const preview = item.why === 'missing' ? 'bytes are missing here' : 'cannot be read: bytes before it are missing';
    const length = item.byteLength === undefined ? undefined : countOf(item.byteLength);
    return { ...place, type: 'gap', unfinished: false, length, preview, broken: [], cut: false };
  }
  if (item.kind === 'message') {
    const type = nameOf(item.opcode);
    const preview = previewOf(payloadOfRecorded(item), item.payload.hex.slice(0, 2 * PREVIEW_BYTES));
    return { ...place, type, unfinished: false, length: countOf(item.byteLength), preview, broken: [], cut: false };
  }
  const { bytes, at, violations, inflated } = item;
  const dump = dumpFrame(bytes.subarray(at, at + MAX_HEADER_LENGTH + PREVIEW_BYTES), { messageOpcode: OPCODE.text });
  const { opcode, payloadLength, fin, byteLength } = dump;
  const text = inflated?.text?.slice(0, PREVIEW_BYTES);
  return {
    ...place,
    type: opcode === undefined ? 'none' : nameOf(opcode),
    unfinished: fin === false,
    length: payloadLength === undefined ? undefined : countOf(BigInt(payloadLength)),
    preview: text === undefined ? previewOf(presentPayload(dump), dump.payload.hex) : oneLine(text),
    broken: violations.map(({ rule, statusCode }) => ({ rule, statusCode })),
    cut: payloadLength === undefined || (byteLength <= MAX_SHOWN_BYTES && at + byteLength > bytes.length),
  };
}

function nameOf(opcode: number): string {
  return OPCODES[opcode]?.name.split(' ')[0] ?? '';
}

function countOf(length: number | bigint): string {
  return countBytes(length).replace(/ bytes?$/, '');
}

function oneLine(text: string): string {
  return showText(text).replaceAll('\n', ' ');
}

function previewOf(payload: Payload, hex: string): string {
  switch (payload.kind) {
    case 'empty':
      return '';
    case 'text':
      return oneLine(payload.text.slice(0, PREVIEW_BYTES));
    case 'close':
      return [payload.code, payload.name, showText(payload.reason)].filter((part) => part !== '').join(' · ');
    case 'bytes':
      return hex.replace(/..(?=.)/g, '$& ');
  }
}
