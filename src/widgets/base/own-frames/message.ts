import { bytesOfHex, formatHexByte } from '../../../bytes/hex.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { quoteText } from '../../../text/quote-text.ts';
import { encodeText } from '../../../text/utf8.ts';

/** Which end sent the bytes. */
export type Sender = 'client' | 'server';

/** A message that the reader has typed: the same bytes can go as text or as binary. */
export interface Draft {
  readonly text: string;
  readonly as: 'text' | 'binary';
}

const MAX_SHOWN_BYTES = 6;

/** The data for send(), and the line of JavaScript to show. */
export function dataOf({ text, as }: Draft): {
  readonly data: string | Uint8Array<ArrayBuffer>;
  readonly call: string;
} {
  if (as === 'text') return { data: text, call: `ws.send(${quoteText(text)})` };
  const data = Uint8Array.from(encodeText(text));
  const shown = Array.from(data.subarray(0, MAX_SHOWN_BYTES), (byte) => `0x${formatHexByte(byte)}`);
  if (data.length > MAX_SHOWN_BYTES) shown.push('…');
  return { data, call: `ws.send(new Uint8Array([${shown.join(', ')}]))` };
}

/** The frame of a text or binary message, and who sent it; undefined for anything else on the wire. */
export function dataFrameOf(message: WireMessage): { readonly sender: Sender; readonly bytes: Uint8Array } | undefined {
  if (message.type !== 'frame' || message.truncated) return undefined;
  if (message.opcode !== OPCODE.text && message.opcode !== OPCODE.binary) return undefined;
  return { sender: message.direction === 'in' ? 'client' : 'server', bytes: bytesOfHex(message.hex) };
}
