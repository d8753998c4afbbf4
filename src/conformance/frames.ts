import { formatHex } from '../bytes/hex.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import { hex, type Payload } from './payload.ts';

/** Something that a client sends, described by its meaning instead of its bytes. */
export type SentItem = SentFrame | SentFragments | SentBytes;

/** One frame, legal or not. By default it is masked, has FIN 1 and the shortest length form. */
export interface SentFrame {
  readonly type: 'frame';
  readonly opcode: number;
  readonly payload: Payload;
  readonly fin: boolean;
  /** The three reserved bits as one number: 4 is RSV1, 2 RSV2, 1 RSV3. */
  readonly rsv: number;
  readonly masked: boolean;
  /** 32 bits; undefined for a key computed from the frame's place in its step. */
  readonly maskingKey: number | undefined;
  /** 126 or 127 for a longer form than the payload needs. */
  readonly lengthField: number | undefined;
}

/** One message, cut into frames of a fixed size. If its length is a multiple of that size, an empty frame ends it. */
export interface SentFragments {
  readonly type: 'fragments';
  readonly opcode: number;
  readonly payload: Payload;
  readonly fragmentBytes: number;
  /** False for a server's message. */
  readonly masked?: boolean;
}

/** Bytes that are not whole frames. */
export interface SentBytes {
  readonly type: 'bytes';
  readonly hex: string;
  /** What they are, in words. */
  readonly meaning: string;
}

/** The ways in which a frame may differ from a correct one. */
export type FrameChanges = Partial<Pick<SentFrame, 'fin' | 'rsv' | 'masked' | 'maskingKey' | 'lengthField'>>;

/** A frame with any opcode. A string as the payload means text. */
export function frame(opcode: number, payload: Payload | string, changes: FrameChanges = {}): SentFrame {
  return {
    type: 'frame',
    opcode,
    payload: typeof payload === 'string' ? { text: payload } : payload,
    fin: true,
    rsv: 0,
    masked: true,
    maskingKey: undefined,
    lengthField: undefined,
    ...changes,
  };
}

const frameOf =
  (opcode: number) =>
  (payload: Payload | string = '', changes: FrameChanges = {}) =>
    frame(opcode, payload, changes);

export const text = frameOf(OPCODE.text);
export const binary = frameOf(OPCODE.binary);
export const continuation = frameOf(OPCODE.continuation);
export const ping = frameOf(OPCODE.ping);
export const pong = frameOf(OPCODE.pong);

/** A close frame with a status code, legal or not, and a reason in text or in bytes. RFC 6455 §5.5.1. */
export function close(statusCode: number, reason: Payload | string = '', changes: FrameChanges = {}): SentFrame {
  const code = statusCode.toString(16).padStart(4, '0');
  return frame(OPCODE.close, closePayload(code, typeof reason === 'string' ? { text: reason } : reason), changes);
}

/** A close frame with any body. */
export const closeBody = frameOf(OPCODE.close);

/** A message in frames of a fixed size, in bytes. */
export function fragments(opcode: number, payload: Payload, fragmentBytes: number): SentFragments {
  return { type: 'fragments', opcode, payload, fragmentBytes };
}

function closePayload(code: string, reason: Payload): Payload {
  if ('hex' in reason) return hex(code + reason.hex);
  if ('text' in reason) return hex(code + formatHex(encodeText(reason.text)));
  throw new RangeError('a close reason is text or hexadecimal digits');
}
