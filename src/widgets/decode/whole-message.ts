import { MAX_SHOWN_BYTES } from '../../inspector/frame/frame-dump.ts';
import { decodeHeader, type FrameHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { isControlOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { type Payload, payloadOfMessage } from './payload.ts';
import type { SourceItems } from './reading/source.ts';

/** The message that the open fragment belongs to, put together. */
export interface WholeMessage {
  readonly fragments: number;
  readonly payload: Payload;
}

/** The fragments of a message are looked for among this many frames on either side of the open one. */
const MAX_FRAMES_AWAY = 1000;

/**
 * Joins the fragments of a message. RFC 6455 §5.4: control frames can come between them, and so can frames of the other
 * direction, if both directions are mixed.
 *
 * @param opened the index of one of its frames
 * @returns undefined unless the message has two fragments or more, all of them are here, and it is short enough to show
 */
export function wholeMessage(items: SourceItems, opened: number): WholeMessage | undefined {
  const own = headerAt(opened);
  const from = items.at(opened)?.from;
  if (own === undefined || isControlOpcode(own.opcode)) return undefined;

  let first = opened;
  while (!begins(first)) {
    first--;
    const before = first < 0 ? undefined : items.at(first);
    if (before === undefined || opened - first > MAX_FRAMES_AWAY) return undefined;
    // Bytes are missing inside the message.
    if (before.kind !== 'frame' && before.from === from) return undefined;
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let index = first; index <= opened + MAX_FRAMES_AWAY; index++) {
    const item = index < 0 ? undefined : items.at(index);
    if (item === undefined || (item.kind !== 'frame' && item.from === from)) return undefined;
    const header = headerAt(index);
    if (item.kind !== 'frame' || header === undefined || !belongs(index, header)) continue;
    // Another message began before this one ended.
    if (index > first && header.opcode !== OPCODE.continuation) return undefined;
    const { bytes, at } = item;
    const start = at + header.headerLength;
    length += header.payloadLength;
    if (length > MAX_SHOWN_BYTES || start + header.payloadLength > bytes.length) return undefined;
    pieces.push(mask(bytes.subarray(start, start + header.payloadLength), header.masked ? header.maskingKey : 0));
    if (header.fin) break;
  }
  const isText = headerAt(first)?.opcode === OPCODE.text;
  if (pieces.length < 2) return undefined;
  return { fragments: pieces.length, payload: payloadOfMessage(join(pieces, length), isText) };

  function headerAt(index: number): FrameHeader | undefined {
    const item = index < 0 ? undefined : items.at(index);
    return item?.kind === 'frame' ? decodeHeader(item.bytes, item.at) : undefined;
  }

  function belongs(index: number, { opcode }: FrameHeader): boolean {
    return !isControlOpcode(opcode) && items.at(index)?.from === from;
  }

  function begins(index: number): boolean {
    const header = headerAt(index);
    return header !== undefined && belongs(index, header) && header.opcode !== OPCODE.continuation;
  }
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
