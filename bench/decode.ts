import { isUtf8 } from 'node:buffer';
import { plainBytes } from '../server/plain-bytes.ts';
import { MessageMemory } from '../src/bytes/memory/message-memory.ts';
import { type MessageOpcode, OPCODE } from '../src/protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../src/protocol/limits.ts';
import { Receiver } from '../src/protocol/messages/receiver.ts';
import type { Side } from './rounds.ts';
import type { Goal, Row } from './row.ts';
import { asciiText, BINARY, binary, type ClientStream, chunksOf, clientStream, mixedText, TEXT } from './streams.ts';
import { CODEC_WARM_UP, forAWhile, processorMs } from './timing.ts';
import { createWsReceiver } from './ws-codec.ts';

type Deliver = (opcode: MessageOpcode, payload: Uint8Array) => void;
type Receive = (chunk: Uint8Array) => void;

/** Our receiving side, as the server has it: decodes, checks, assembles. */
function framelightReceiver(deliver: Deliver): Receive {
  const memory = new MessageMemory();
  const receiver = new Receiver('client', DEFAULT_LIMITS, { memory, isUtf8 });
  return (chunk) => {
    receiver.feed(chunk);
    for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
      if ('rule' in received) throw new Error(`the stream breaks ${received.rule}`);
      deliver(received.opcode as MessageOpcode, received.payload);
      memory.done(received.payload);
    }
  };
}

function wsReceiver(deliver: Deliver): Receive {
  const receiver = createWsReceiver();
  receiver.on('message', (payload, isBinary) => deliver(isBinary ? OPCODE.binary : OPCODE.text, payload));
  receiver.on('error', (error) => {
    throw error;
  });
  return (chunk) => receiver.write(chunk);
}

/** What a receiver is given for the bytes that a read delivers: the peer a Buffer, ours a plain array, as from their sockets. */
type AsDelivered = (chunk: Buffer) => Uint8Array;
const asBuffer: AsDelivered = (chunk) => chunk;

/**
 * Times a receiver on a stream. Both sides unmask in place, so each pass gets the stream afresh;
 * that copy is not timed.
 */
function decodingSide(
  name: string,
  stream: ClientStream,
  receiverOf: (deliver: Deliver) => Receive,
  asDelivered: AsDelivered,
): Side {
  const bytes = new Uint8Array(stream.bytes.length);
  const chunks = chunksOf(bytes, stream.chunkLength).map(asDelivered);
  const total = stream.messages.reduce((sum, { length }) => sum + length, 0);
  verify(name, stream, receiverOf, asDelivered);

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
  return { name, measure: () => stream.messages.length * forAWhile(pass) };
}

/** Every message that comes out has the type and the bytes of the one that went in. */
function verify(
  name: string,
  stream: ClientStream,
  receiverOf: (deliver: Deliver) => Receive,
  asDelivered: AsDelivered,
): void {
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

function decodeRow(name: string, goal: Goal | undefined, streamOf: () => ClientStream): Row {
  return {
    group: 'codec',
    name: `decode ${name}`,
    unit: 'messages/s',
    ...(goal && { goal }),
    apart: ['framelight', 'ws', 'copy'],
    warmUp: CODEC_WARM_UP,
    prepare() {
      const stream = streamOf();
      const sides = [
        decodingSide('framelight', stream, framelightReceiver, plainBytes),
        decodingSide('ws', stream, wsReceiver, asBuffer),
        copyingSide(stream),
      ];
      return { sides };
    },
  };
}

const KIB = 1024;
const MIB = KIB * KIB;

export const DECODE_ROWS: readonly Row[] = [
  decodeRow('text 5 B', { atLeast: 4 }, () => clientStream(TEXT, asciiText(5))),
  decodeRow('text 125 B', { atLeast: 3 }, () => clientStream(TEXT, asciiText(125))),
  decodeRow('text 1 KiB', { atLeast: 5 }, () => clientStream(TEXT, asciiText(KIB))),
  decodeRow('text 64 KiB', { atLeast: 3 }, () => clientStream(TEXT, asciiText(64 * KIB))),
  decodeRow('text 1 MiB', { atLeast: 3 }, () => clientStream(TEXT, asciiText(MIB))),
  decodeRow('text 1 KiB, many scripts', undefined, () => clientStream(TEXT, mixedText(KIB))),
  decodeRow('text 64 KiB, many scripts', undefined, () => clientStream(TEXT, mixedText(64 * KIB))),
  decodeRow('binary 1 KiB', undefined, () => clientStream(BINARY, binary(KIB))),
  decodeRow('125 B cut into 1 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(125), 1)),
  decodeRow('125 B cut into 7 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(125), 7)),
  decodeRow('64 KiB cut into 1 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(64 * KIB), 1)),
  decodeRow('64 KiB cut into 1,460 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(64 * KIB), 1460)),
  decodeRow('1 KiB cut into 1,460 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(KIB), 1460)),
  decodeRow('1 MiB cut into 65,536 B', { atLeast: 2 }, () => clientStream(TEXT, asciiText(MIB), 65_536)),
];
