import { isUtf8 } from 'node:buffer';
import { plainBytes } from '../server/socket/plain-bytes.ts';
import { DEFAULT_LIMITS, MessageMemory, OPCODE, Receiver } from '../src/protocol/index.ts';
import { type ReceiverOf, receiveWith } from './receive.ts';
import type { Side } from './rounds.ts';
import type { Goal, Row } from './row.ts';
import { asciiText, BINARY, binary, type ClientStream, chunksOf, clientStream, mixedText, TEXT } from './streams.ts';
import { CODEC_WARM_UP, forAWhile, once, processorMs } from './timing.ts';
import { createWsReceiver } from './ws-codec.ts';

/** Our receiving side, as in the server: decodes, checks and joins. */
export const framelightReceiver: ReceiverOf = (deliver) => {
  const memory = new MessageMemory();
  const receiver = new Receiver('client', DEFAULT_LIMITS, { memory, isUtf8 });
  return receiveWith(receiver, deliver, (payload) => memory.done(payload));
};

const wsReceiver: ReceiverOf = (deliver) => {
  const receiver = createWsReceiver();
  receiver.on('message', (payload, isBinary) => deliver(isBinary ? OPCODE.binary : OPCODE.text, payload));
  receiver.on('error', (error) => {
    throw error;
  });
  return (chunk) => receiver.write(chunk);
};

/** Makes the array for the bytes of one read, as the side's socket does: a Buffer for the peer, a plain array for ours. */
type AsDelivered = (chunk: Buffer) => Uint8Array;
const asBuffer: AsDelivered = (chunk) => chunk;

/**
 * Times a receiver on a stream. Both sides unmask in place, so each pass gets a new copy of the stream. The copying is not
 * timed.
 */
export function decodingSide(
  name: string,
  stream: ClientStream,
  receiverOf: ReceiverOf,
  asDelivered: AsDelivered = plainBytes,
): Side {
  const bytes = new Uint8Array(stream.bytes.length);
  const chunks = chunksOf(bytes, stream.chunkLength).map(asDelivered);
  const total = stream.messages.reduce((sum, { length }) => sum + length, 0);
  const verifyOnce = once(() => verify(name, stream, receiverOf, asDelivered));
  let messages = 0;
  let payloadBytes = 0;
  const receive = receiverOf((_opcode, payload) => {
    messages++;
    payloadBytes += payload.length;
  });
  const pass = (): number => {
    bytes.set(stream.bytes);
    messages = 0;
    payloadBytes = 0;
    const time = processorMs(() => {
      for (let i = 0; i < chunks.length; i++) receive(chunks[i] as Uint8Array);
    });
    if (messages !== stream.messages.length || payloadBytes !== total) throw new Error(`${name} lost a message`);
    return time;
  };
  return {
    name,
    measure() {
      verifyOnce();
      return stream.messages.length * forAWhile(pass);
    },
  };
}

/** Verifies that every message comes out with the type and the bytes with which it went in. */
function verify(name: string, stream: ClientStream, receiverOf: ReceiverOf, asDelivered: AsDelivered): void {
  let i = 0;
  const receive = receiverOf((opcode, payload) => {
    const sent = stream.messages[i++];
    if (sent === undefined || opcode !== stream.opcode || Buffer.compare(sent, payload) !== 0) {
      throw new Error(`${name} decodes message ${i} wrong`);
    }
  });
  for (const chunk of chunksOf(new Uint8Array(stream.bytes), stream.chunkLength)) receive(asDelivered(chunk));
  if (i !== stream.messages.length) throw new Error(`${name} decodes ${i} of ${stream.messages.length} messages`);
}

/** The limit: nothing can be decoded faster than its bytes can be copied. */
function copyingSide(stream: ClientStream): Side {
  const source = Buffer.from(stream.bytes);
  const target = Buffer.alloc(source.length);
  const times = 100;
  const pass = (): number =>
    processorMs(() => {
      for (let i = 0; i < times; i++) source.copy(target);
    });
  return { name: 'copy', measure: () => times * stream.messages.length * forAWhile(pass) };
}

const KIB = 1024;
const MIB = KIB * KIB;

/** The streams to decode: a name, the goal for the ratio to the peer, and the stream. */
export const DECODED: readonly (readonly [name: string, goal: Goal | undefined, streamOf: () => ClientStream])[] = [
  ['text 5 B', { atLeast: 4 }, () => clientStream(TEXT, asciiText(5))],
  ['text 125 B', { atLeast: 3 }, () => clientStream(TEXT, asciiText(125))],
  ['text 1 KiB', { atLeast: 5 }, () => clientStream(TEXT, asciiText(KIB))],
  ['text 64 KiB', { atLeast: 3 }, () => clientStream(TEXT, asciiText(64 * KIB))],
  ['text 1 MiB', { atLeast: 3 }, () => clientStream(TEXT, asciiText(MIB))],
  ['text 1 KiB, many scripts', undefined, () => clientStream(TEXT, mixedText(KIB))],
  ['text 64 KiB, many scripts', undefined, () => clientStream(TEXT, mixedText(64 * KIB))],
  ['binary 1 KiB', undefined, () => clientStream(BINARY, binary(KIB))],
  ['125 B cut into 1 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(125), 1)],
  ['125 B cut into 7 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(125), 7)],
  ['64 KiB cut into 1 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(64 * KIB), 1)],
  ['64 KiB cut into 1,460 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(64 * KIB), 1460)],
  ['1 KiB cut into 1,460 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(KIB), 1460)],
  ['1 MiB cut into 65,536 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(MIB), 65_536)],
];

export const DECODE_ROWS: readonly Row[] = DECODED.map(([name, goal, streamOf]) => ({
  group: 'codec',
  name: `decode ${name}`,
  unit: 'messages/s',
  ...(goal && { goal }),
  apart: ['framelight', 'ws', 'copy'],
  warmUp: CODEC_WARM_UP,
  prepare() {
    const stream = streamOf();
    const sides = [
      decodingSide('framelight', stream, framelightReceiver),
      decodingSide('ws', stream, wsReceiver, asBuffer),
      copyingSide(stream),
    ];
    return { sides };
  },
}));
