import {
  encodeFrame,
  encodeText,
  FRAME_RULES,
  type Frame,
  type Limits,
  minimalLengthField,
  OPCODE,
} from '../../src/protocol/index.ts';
import { cut, joinedBytes, mutate } from './mutate.ts';
import type { Random } from './random.ts';

/** What one side sends once the connection is open, legal or not. */
export interface FrameStream {
  readonly sender: 'client' | 'server';
  readonly limits: Limits;
  readonly bytes: Uint8Array;
  /** How long the chunks are that it comes in. */
  readonly chunkLengths: readonly number[];
}

const WIDE: Limits = { maxMessageBytes: 2 ** 20, maxFragments: 1000 };
const NARROW: Limits = { maxMessageBytes: 200, maxFragments: 3 };

/** A few messages, control frames and mistakes; then, every other time, some of its bytes changed. */
export function frameStream(random: Random): FrameStream {
  const sender = random.pick<Sender>(['client', 'server']);
  const limits = random.once(4) ? NARROW : WIDE;
  const pieces = Array.from({ length: random.nat(6) }, () => piece(sender, random));
  let bytes = joinedBytes(pieces.flat());
  if (random.once(2)) for (let i = random.nat(3); i >= 0; i--) bytes = mutate(bytes, random);
  return { sender, limits, bytes, chunkLengths: cut(bytes.length, random) };
}

type Sender = FrameStream['sender'];

function piece(sender: Sender, random: Random): Uint8Array[] {
  const kind = random.nat(24);
  if (kind < 14) return message(sender, random);
  if (kind < 18) return [control(sender, random)];
  if (kind < 20) return [oddFrame(sender, random)];
  if (kind === 20) return [close(sender, random)];
  if (kind === 21) return [Buffer.from(FRAME_RULES[random.nat(FRAME_RULES.length)]?.example ?? '', 'hex')];
  return kind === 22 ? [header(random)] : [random.bytes(random.nat(20))];
}

function message(sender: Sender, random: Random): Uint8Array[] {
  const isText = random.once(2);
  const whole = isText ? text(random) : random.bytes(payloadLength(random));
  const lengths = random.once(2) ? [whole.length] : cut(whole.length, random).slice(0, 6);
  if (random.once(6)) lengths.push(0);
  if (lengths.length === 0) lengths.push(0);
  let at = 0;
  return lengths.flatMap((length, i) => {
    const payload = whole.subarray(at, at + length);
    at += length;
    const opcode = i > 0 ? OPCODE.continuation : isText ? OPCODE.text : OPCODE.binary;
    const frame = encode(sender, random, { opcode, payload, fin: i === lengths.length - 1 });
    return random.once(8) ? [control(sender, random), frame] : [frame];
  });
}

function text(random: Random): Uint8Array {
  const characters = random.pick([
    'a',
    'aß',
    'aß€',
    'aß€🦊',
    '\u{10ffff}\ud7ff\ue000\u07ff\u0800\uffff\u{10000}',
    '\ufeffb',
  ]);
  const symbols = Array.from(characters);
  const length = payloadLength(random);
  const bytes = encodeText(Array.from({ length }, () => symbols[random.nat(symbols.length)]).join(''));
  return random.once(6) ? mutate(bytes, random) : bytes;
}

const control = (sender: Sender, random: Random): Uint8Array =>
  encode(sender, random, {
    opcode: random.pick([OPCODE.ping, OPCODE.pong]),
    payload: random.bytes(random.pick([0, 1, 5, 125])),
  });

function close(sender: Sender, random: Random): Uint8Array {
  const code = random.pick([1000, 999 + random.nat(20), 2999 + random.nat(3), 4999 + random.nat(2), random.nat(65536)]);
  const reason = random.once(2) ? text(random).subarray(0, 123) : new Uint8Array(0);
  const body = joinedBytes([Uint8Array.of(code >>> 8, code), reason]);
  return encode(sender, random, {
    opcode: OPCODE.close,
    payload: random.once(4) ? body.subarray(0, random.nat(3)) : body,
  });
}

/** A whole frame in which any flag, opcode and form of the length may stand. */
function oddFrame(sender: Sender, random: Random): Uint8Array {
  const payload = random.bytes(payloadLength(random));
  const odd = random.pick<Partial<Frame>>([
    { rsv1: true },
    { rsv2: true },
    { rsv3: true },
    { lengthField: Math.max(126, minimalLengthField(payload.length)) },
    { lengthField: 127 },
    {},
  ]);
  const opcode = random.once(2) ? random.pick([OPCODE.text, OPCODE.binary, OPCODE.continuation]) : random.nat(16);
  return encode(sender, random, { opcode, payload, fin: random.once(2), ...odd });
}

/** A header that claims any length, up to those that no number holds. */
function header(random: Random): Uint8Array {
  const first = random.pick([0x01, 0x02, 0x81, 0x82, 0x80, 0x88, random.nat(256)]);
  const length = random.bytes(8).fill(0, 0, random.nat(9));
  return joinedBytes([
    Uint8Array.of(first, random.pick([0x7e, 0x7f, 0xfe, 0xff])),
    length,
    random.bytes(random.nat(8)),
  ]);
}

function encode(sender: Sender, random: Random, frame: Parameters<typeof encodeFrame>[0]): Uint8Array {
  // Once in a while a side forgets whether it has to mask.
  const masks = (sender === 'client') !== random.once(100);
  return encodeFrame({ ...frame, maskingKey: masks ? (random.once(8) ? 0 : random.nat(2 ** 32)) : undefined });
}

function payloadLength(random: Random): number {
  const kind = random.nat(2000);
  if (kind === 0) return 65_530 + random.nat(12);
  if (kind < 200) return 120 + random.nat(12);
  return kind < 300 ? random.nat(500) : random.nat(20);
}
