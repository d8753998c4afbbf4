/**
 * A case of the public suite (Autobahn's), written down from its own description and not from our cases: what its
 * client sends, frame by frame, and what has to come of it.
 */
export interface PublicCase {
  readonly number: string;
  readonly frames: readonly PublicFrame[];
  /** One write, one write a frame, or one write every so many bytes. */
  readonly cut: 'whole' | 'frame-wise' | number;
  /** Where the client waits: after so many bytes of its frames. */
  readonly pausesAfter: readonly number[];
  readonly end: PublicEnd;
  /** How often it is sent, each time after the last came back. */
  readonly times: number;
}

export interface PublicFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly fin: boolean;
  readonly rsv: number;
}

/**
 * `clean`: the messages and pongs come back, then the client closes with 1000. `fails`: the server fails the
 * connection with this code. `reply`: the client's own close frame is answered with one of the codes, or with none.
 * `any`: the suite takes whatever happens.
 */
export type PublicEnd =
  | { readonly kind: 'clean'; readonly received: readonly Received[] }
  | { readonly kind: 'fails'; readonly code: number; readonly received: readonly Received[] }
  | { readonly kind: 'reply'; readonly codes: readonly number[] }
  | { readonly kind: 'any' };

export type Received = readonly [opcode: number, payload: Buffer];

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** Bytes from a text, from hexadecimal digits, or as they are. */
type Bytes = string | { readonly hex: string } | Buffer;

export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');
export const times = (digits: string, byteLength: number): Buffer => Buffer.alloc(byteLength, hex(digits));
const bytesOf = (bytes: Bytes): Buffer =>
  typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.isBuffer(bytes) ? bytes : hex(bytes.hex);

export const frame = (opcode: number, payload: Bytes = '', { fin = true, rsv = 0 } = {}): PublicFrame => ({
  ...{ opcode, payload: bytesOf(payload), fin, rsv },
});
/** A frame that is continued. */
export const first = (opcode: number, payload: Bytes = '') => frame(opcode, payload, { fin: false });
export const middle = (payload: Bytes = '') => frame(0, payload, { fin: false });
export const last = (payload: Bytes = '') => frame(0, payload);
export const close = (code: number, reason: Bytes = '') =>
  frame(CLOSE, Buffer.concat([Buffer.of(code >> 8, code & 255), bytesOf(reason)]));

export const clean = (...received: readonly [number, Bytes][]): PublicEnd => ({
  ...{ kind: 'clean', received: received.map(([opcode, payload]) => [opcode, bytesOf(payload)] as const) },
});
export const fails = (code: number, ...received: readonly [number, Bytes][]): PublicEnd => ({
  ...{ kind: 'fails', code, received: received.map(([opcode, payload]) => [opcode, bytesOf(payload)] as const) },
});
export const reply = (...codes: number[]): PublicEnd => ({ kind: 'reply', codes });

/** One case. */
export const one = (
  number: string,
  frames: readonly PublicFrame[],
  end: PublicEnd,
  { cut = 'whole', pausesAfter = [], times: often = 1 }: Partial<PublicCase> = {},
): PublicCase => ({ number, frames, end, cut, pausesAfter, times: often });

/** The same frames in one write, frame by frame, and byte by byte, numbered on from `from`. */
export const threeWays = (group: string, from: number, frames: readonly PublicFrame[], end: PublicEnd): PublicCase[] =>
  (['whole', 'frame-wise', 1] as const).map((cut, i) => one(`${group}.${from + i}`, frames, end, { cut }));

/** As the suite's client cuts messages: with an empty last frame where the length is a multiple. */
export function fragmented(opcode: number, payload: Buffer, size: number): PublicFrame[] {
  if (payload.length <= size) return [frame(opcode, payload)];
  const frames: PublicFrame[] = [];
  for (let at = 0; at <= payload.length; at += size) {
    const fin = at + size > payload.length;
    frames.push(frame(at === 0 ? opcode : 0, payload.subarray(at, at + size), { fin }));
  }
  return frames;
}
