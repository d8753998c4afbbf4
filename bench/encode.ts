import { SendMemory } from '../src/bytes/memory/send-memory.ts';
import { Sender } from '../src/protocol/endpoint/sender.ts';
import { FrameReader } from '../src/protocol/framing/frame-reader.ts';
import type { Side } from './rounds.ts';
import type { Goal, Row } from './row.ts';
import { BINARY, binary } from './streams.ts';
import { CODEC_WARM_UP, forAWhile, processorMs } from './timing.ts';
import { createWsSender } from './ws-codec.ts';

type Write = (bytes: Uint8Array) => void;
type Send = (payload: Uint8Array) => void;

/** Our sending side: a frame's bytes, given to the socket, which takes them at once. */
function framelightSender(masked: boolean, write: Write): Send {
  return masked ? maskingSender(write) : unmaskedSender(write);
}

/** A client's. */
function maskingSender(write: Write): Send {
  const keys = new RandomKeys();
  const sender = new Sender(undefined, () => keys.next());
  return (payload) => {
    for (const { bytes } of sender.message(BINARY, payload)) write(bytes);
  };
}

/** The server's. */
function unmaskedSender(write: Write): Send {
  const memory = new SendMemory();
  const sender = new Sender(memory);
  return (payload) => {
    for (const { bytes } of sender.message(BINARY, payload)) {
      write(bytes);
      memory.done(bytes);
    }
  };
}

function wsSender(masked: boolean, write: Write): Send {
  const sender = createWsSender({ write, cork() {}, uncork() {} });
  return (payload) => sender.send(payload, { binary: true, fin: true, mask: masked, compress: false });
}

/** Unpredictable keys, drawn from the system many at a time, as the peer does it too. RFC 6455 §5.3. */
class RandomKeys {
  readonly #keys = new Uint32Array(2048);
  #used = this.#keys.length;

  next(): number {
    if (this.#used === this.#keys.length) {
      crypto.getRandomValues(this.#keys);
      this.#used = 0;
    }
    return this.#keys[this.#used++] as number;
  }
}

function encodingSide(
  name: string,
  byteLength: number,
  masked: boolean,
  senderOf: (masked: boolean, write: Write) => Send,
): Side {
  const payload = Buffer.from(binary(byteLength));
  verify(name, payload, masked, senderOf);
  // Who masks, looks at every byte; who does not, may send a payload from where it lies, however long it is.
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
  return { name, measure: () => count * forAWhile(pass) };
}

/** What is written is one frame, masked or not, that says what was sent. */
function verify(
  name: string,
  payload: Uint8Array,
  masked: boolean,
  senderOf: (masked: boolean, write: Write) => Send,
): void {
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

function encodeRow(name: string, byteLength: number, masked: boolean, goal: Goal): Row {
  return {
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
  };
}

const KIB = 1024;

export const ENCODE_ROWS: readonly Row[] = [
  encodeRow('masked 64 KiB', 64 * KIB, true, { atLeast: 5 }),
  encodeRow('masked 1 MiB', KIB * KIB, true, { atLeast: 5 }),
  encodeRow('unmasked 5 B', 5, false, { atLeast: 1 }),
  encodeRow('unmasked 1 KiB', KIB, false, { atLeast: 1 }),
  encodeRow('unmasked 64 KiB', 64 * KIB, false, { atLeast: 1 }),
];
