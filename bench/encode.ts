import { FrameReader, Sender, SendMemory } from '../src/protocol/index.ts';
import type { Side } from './rounds.ts';
import type { Goal, Row } from './row.ts';
import { randomKeys, type SenderOf, sendWith } from './send.ts';
import { binary } from './streams.ts';
import { CODEC_WARM_UP, forAWhile, once, processorMs } from './timing.ts';
import { createWsSender } from './ws-codec.ts';

/** Our sending side: writes frames to a socket that takes them at once. A client masks, a server does not. */
export const framelightSender: SenderOf = (masked, write) => {
  if (masked) return sendWith(new Sender(undefined, randomKeys()), write, () => {});
  const memory = new SendMemory();
  return sendWith(new Sender(memory), write, (bytes) => memory.done(bytes));
};

const wsSender: SenderOf = (masked, write) => {
  const sender = createWsSender({ write, cork() {}, uncork() {} });
  return (payload) => sender.send(payload, { binary: true, fin: true, mask: masked, compress: false });
};

export function encodingSide(name: string, byteLength: number, masked: boolean, senderOf: SenderOf): Side {
  const payload = Buffer.from(binary(byteLength));
  const verifyOnce = once(() => verify(name, payload, masked, senderOf));
  // A client that masks reads every byte. A server can send a payload without a copy, however long it is.
  const count = Math.max(1, Math.round((512 * 1024) / ((masked ? byteLength : 0) + 200)));
  let written = 0;
  const send = senderOf(masked, (bytes) => {
    written += bytes.length;
  });
  const pass = (): number => {
    written = 0;
    const time = processorMs(() => {
      for (let i = 0; i < count; i++) send(payload);
    });
    if (written < count * byteLength) throw new Error(`${name} wrote too little`);
    return time;
  };
  return {
    name,
    measure() {
      verifyOnce();
      return count * forAWhile(pass);
    },
  };
}

/** Verifies that the written bytes are one frame, masked or not, with the payload that was sent. */
function verify(name: string, payload: Uint8Array, masked: boolean, senderOf: SenderOf): void {
  const written: Uint8Array[] = [];
  senderOf(masked, (bytes) => written.push(bytes))(payload);
  const [part, ...more] = new FrameReader().push(new Uint8Array(Buffer.concat(written)));
  const right = part?.ends === true && part.masked === masked && Buffer.compare(part.payload, payload) === 0;
  if (!right || more.length > 0) throw new Error(`${name} encodes wrong`);
}

/** The limit: nothing can be sent faster than its bytes can be copied. */
function copyingSide(byteLength: number): Side {
  const source = Buffer.from(binary(byteLength));
  const target = Buffer.alloc(byteLength);
  const times = Math.ceil(1e7 / (byteLength + 100));
  const pass = (): number =>
    processorMs(() => {
      for (let i = 0; i < times; i++) source.copy(target);
    });
  return { name: 'copy', measure: () => times * forAWhile(pass) };
}

const KIB = 1024;

/** The frames to encode: a name, the payload's length, whether it is masked, and the goal for the ratio to the peer. */
export const ENCODED: readonly (readonly [name: string, byteLength: number, masked: boolean, goal: Goal])[] = [
  ['masked 64 KiB', 64 * KIB, true, { atLeast: 5 }],
  ['masked 1 MiB', KIB * KIB, true, { atLeast: 5 }],
  ['unmasked 5 B', 5, false, { atLeast: 1 }],
  ['unmasked 1 KiB', KIB, false, { atLeast: 1 }],
  ['unmasked 64 KiB', 64 * KIB, false, { atLeast: 1 }],
];

export const ENCODE_ROWS: readonly Row[] = ENCODED.map(([name, byteLength, masked, goal]) => ({
  group: 'codec',
  name: `encode ${name}`,
  unit: 'messages/s',
  goal,
  apart: ['framelight', 'ws', 'copy'],
  warmUp: CODEC_WARM_UP,
  prepare: () => ({
    sides: [
      encodingSide('framelight', byteLength, masked, framelightSender),
      encodingSide('ws', byteLength, masked, wsSender),
      copyingSide(byteLength),
    ],
  }),
}));
