import { formatHex } from '../../bytes/hex.ts';
import { Endpoint } from '../../protocol/endpoint/endpoint.ts';
import { FrameReader } from '../../protocol/framing/frame-reader.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { unmaskBytes } from '../../protocol/framing/unmasking.ts';
import { EXAMPLE_REQUEST } from '../../protocol/handshake/head/example-heads.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { FrameSequenceChecker } from '../../protocol/messages/frame-sequence-checker.ts';
import { Receiver } from '../../protocol/messages/receiver.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';
import { decodeText, encodeText } from '../../text/utf8.ts';

/** One function on the way of the message, and the state after it. */
export interface Step {
  /** Class and function, as the source has them. */
  readonly name: string;
  readonly file: string;
  /** Whether it ran in this page. The others need a socket: what they do is told. */
  readonly here: boolean;
  readonly state: string;
  /** Bytes at this point, in hex. */
  readonly hex?: string;
}

/** What one read makes the server do. */
export interface ReadTrace {
  readonly byteLength: number;
  readonly steps: readonly Step[];
  /** What the server writes after this read, in hex; empty if it still waits. */
  readonly written: string;
}

const TRANSPORT = 'server/socket/transport.ts';
const CONNECTION = 'server/connection/connection.ts';
const ENDPOINT = 'src/protocol/endpoint/endpoint.ts';
const READER = 'src/protocol/framing/frame-reader.ts';
const MAX_SHOWN = 40;

/**
 * Follows a client's frame through the functions of the server, which run here on the very same bytes.
 *
 * @param frame one masked text frame
 * @param cut how many bytes arrive with the first read; 0 if all do
 */
export function traceEcho(frame: Uint8Array, cut: number): ReadTrace[] {
  const reads = cut > 0 && cut < frame.length ? [frame.slice(0, cut), frame.slice(cut)] : [frame.slice()];
  const server = openServer();
  const receiver = new Receiver('client', DEFAULT_LIMITS);
  const reader = new FrameReader();
  const sequence = new FrameSequenceChecker('client', DEFAULT_LIMITS);
  return reads.map((chunk) => {
    const steps: Step[] = [
      told('Transport.read', TRANSPORT, `Node has read ${countBytes(chunk.length)} from the socket.`, chunk),
      told(
        'SocketConnection.receive',
        CONNECTION,
        'It asks the endpoint for its effects, and carries out each at once.',
      ),
    ];
    // Each reader unmasks its chunk in place, so each gets a copy.
    steps.push(...readSteps(reader, sequence, chunk.slice()));
    receiver.feed(chunk.slice());
    const message = receiver.next();
    if (message === undefined || 'rule' in message) {
      steps.push(ran('Receiver.next', 'src/protocol/messages/receiver.ts', heldBy(receiver)));
      return { byteLength: chunk.length, steps, written: '' };
    }
    const text = shorten(escapeText(decodeText(message.payload) ?? ''), MAX_SHOWN);
    steps.push(ran('Receiver.next', 'src/protocol/messages/receiver.ts', `A message is whole: text, “${text}”.`));
    const written = answer(server, reads, chunk);
    steps.push(
      ran('Endpoint.receive', ENDPOINT, 'It yields one effect: an event of the type message.'),
      {
        name: 'echo.dispatch',
        file: 'server/handlers/echo.ts',
        here: false,
        state:
          'connection.send(event): the same type, the same bytes. This page does in one line what the handler does.',
      },
      ran('Endpoint.sendMessage', ENDPOINT, 'The connection is open, so the sender makes a frame.'),
      ran(
        'writeFrame',
        'src/protocol/framing/frame.ts',
        `${countBytes(written.length)}: a header of ${written.length - message.payload.length}, no key, and the payload.`,
        written,
      ),
      told('Transport.flush', TRANSPORT, 'All frames that this read has caused go out in one write.'),
    );
    return { byteLength: chunk.length, steps, written: formatHex(written) };
  });
}

/** The header and the payload, as far as this chunk has them. */
function readSteps(reader: FrameReader, sequence: FrameSequenceChecker, chunk: Uint8Array): Step[] {
  const before = chunk.slice();
  reader.feed(chunk);
  if (!reader.next())
    return [
      ran(
        'FrameReader.next',
        READER,
        `${countBytes(reader.heldHeaderBytes)} of a header are kept until the others come.`,
      ),
    ];
  const { begins, fin, opcode, payloadLength, headerLength, maskingKey, payloadOffset, payload, ends, ascii } = reader;
  const key = maskingKey
    .toString(16)
    .padStart(8, '0')
    .replace(/..(?=.)/g, '$& ');
  const start = reader.end - payload.length;
  const masked = before.subarray(start, reader.end);
  const again = masked.slice();
  // The reader has done this already: done again on a copy, it can be shown by itself.
  unmaskBytes(again, 0, again.length, maskingKey, payloadOffset);
  const steps = [
    ...(begins
      ? [
          ran(
            'FrameReader.next',
            READER,
            `FIN ${fin ? 1 : 0}, opcode ${opcode}, ${countBytes(payloadLength)} of payload, key ${key}. The header has ${countBytes(headerLength)}.`,
          ),
        ]
      : [ran('FrameReader.next', READER, `The payload goes on at its byte ${payloadOffset + 1}.`)]),
    ran(
      'unmaskBytes',
      'src/protocol/framing/unmasking.ts',
      masked.length === 0
        ? 'No byte of the payload is here yet.'
        : `${countBytes(masked.length)} XOR the key${payloadOffset > 0 ? `, from key byte ${(payloadOffset % 4) + 1} on` : ''}.`,
      again,
    ),
  ];
  if (!ends || !begins) return steps;
  const isPlain = ascii && sequence.isPlainMessage(reader);
  const state = isPlain
    ? 'Yes: a legal header, a whole message, and all ASCII. The long way is not needed.'
    : 'No: the bytes are not all ASCII, so they are checked as UTF-8.';
  return [...steps, ran('isPlainMessage', 'src/protocol/messages/frame-sequence-checker.ts', state)];
}

function heldBy({ heldHeaderBytes, heldBytes }: Receiver): string {
  const held =
    heldHeaderBytes > 0
      ? `${countBytes(heldHeaderBytes)} of a header`
      : heldBytes > 0
        ? `the payload so far, in memory for ${countBytes(heldBytes)}`
        : 'the header';
  return `No message yet. The server keeps ${held}, and waits: the handler is not called.`;
}

/** A server's end of a connection that is open. */
function openServer(): Endpoint {
  const server = new Endpoint({ role: 'server' });
  // The effects are computed when they are asked for.
  Array.from(server.receive(encodeText(EXAMPLE_REQUEST)));
  return server;
}

/** What the endpoint writes if the message of these reads is echoed. */
function answer(server: Endpoint, reads: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  for (const chunk of reads) {
    for (const effect of server.receive(chunk.slice())) {
      if (effect.type !== 'event' || effect.event.type !== 'message') continue;
      // What server/handlers/echo.ts does.
      const [write] = server.sendMessage(effect.event.opcode, effect.event.payload);
      if (write !== undefined) return write.bytes.slice();
    }
    if (chunk === last) break;
  }
  return new Uint8Array(0);
}

function ran(name: string, file: string, state: string, bytes?: Uint8Array): Step {
  return { name, file, here: true, state, ...shown(bytes) };
}

function told(name: string, file: string, state: string, bytes?: Uint8Array): Step {
  return { name, file, here: false, state, ...shown(bytes) };
}

function shown(bytes: Uint8Array | undefined): { hex?: string } {
  return bytes === undefined || bytes.length === 0 ? {} : { hex: formatHex(bytes) };
}

/** Whether a frame is one that this figure can follow: a masked text frame of moderate length. */
export function canFollow(frame: Uint8Array): boolean {
  return (
    ((frame[0] ?? 0) & 0xf) === OPCODE.text && ((frame[1] ?? 0) & 0x80) !== 0 && frame.length <= MAX_FOLLOWED_BYTES
  );
}

/** In bytes. */
export const MAX_FOLLOWED_BYTES = 1024;
