import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import type { RecordedFrame } from '../../inspector/frame/frame-recorder.ts';
import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import type { Sender } from '../base/address/decode-address.ts';
import { presentPayload } from './payload.ts';
import { showText } from './show-text.ts';

/** One row of the list of frames. */
export interface FrameRow {
  readonly index: number;
  /** Of its first byte, counted from 0. */
  readonly offset: number;
  readonly from: 'client' | 'server';
  /** `text`, or `reserved` for an opcode without a meaning. */
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
export function presentRow(
  bytes: Uint8Array,
  { offset, violations }: RecordedFrame,
  index: number,
  sender: Sender,
): FrameRow {
  const dump = dumpFrame(bytes.subarray(offset, offset + MAX_HEADER_LENGTH + PREVIEW_BYTES), {
    messageOpcode: OPCODE.text,
  });
  const { opcode, payloadLength, masked, fin, byteLength } = dump;
  return {
    index,
    offset,
    from: sender === 'either' ? (masked === false ? 'server' : 'client') : sender,
    type: opcode === undefined ? 'none' : (OPCODES[opcode]?.name.split(' ')[0] ?? ''),
    unfinished: fin === false,
    length: payloadLength === undefined ? undefined : countBytes(BigInt(payloadLength)).replace(/ bytes?$/, ''),
    preview: previewOf(dump),
    broken: violations.map(({ rule, statusCode }) => ({ rule, statusCode })),
    cut: payloadLength === undefined || offset + byteLength > bytes.length,
  };
}

function previewOf(dump: FrameDump): string {
  const payload = presentPayload(dump);
  switch (payload.kind) {
    case 'empty':
      return '';
    case 'text':
      return showText(payload.text).replaceAll('\n', ' ');
    case 'close':
      return [payload.code, payload.name, showText(payload.reason)].filter((part) => part !== '').join(' · ');
    case 'bytes':
      return dump.payload.hex.replace(/..(?=.)/g, '$& ');
  }
}
