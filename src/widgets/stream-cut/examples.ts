import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';

/** What a client has sent: a few frames, one behind the other. */
export interface StreamExample {
  readonly name: string;
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** The key of the RFC's own examples, and two more. RFC 6455 §5.7. */
const KEYS = [0x37fa213d, 0x1c2e90a4, 0x6b03d5f8] as const;

type Piece = readonly [opcode: number, payload: string | Uint8Array, fin?: boolean];

function stream(...pieces: readonly Piece[]): Uint8Array {
  const frames = pieces.map(([opcode, payload, fin = true], i) =>
    encodeFrame({
      opcode,
      fin,
      payload: typeof payload === 'string' ? encodeText(payload) : payload,
      maskingKey: KEYS[i % KEYS.length],
    }),
  );
  return Uint8Array.from(frames.flatMap((frame) => [...frame]));
}

const GREETING = encodeText('Grüße');
/** Behind the first byte of the ü. */
const INSIDE = 3;

export const STREAM_EXAMPLES: readonly StreamExample[] = [
  { name: 'two', title: 'Two messages: Hi, Grüße', bytes: stream([OPCODE.text, 'Hi'], [OPCODE.text, 'Grüße']) },
  {
    name: 'fragments',
    title: 'One message in two fragments, with a ping between them',
    bytes: stream([OPCODE.text, 'Hel', false], [OPCODE.ping, '?'], [OPCODE.continuation, 'lo']),
  },
  {
    name: 'inside',
    title: 'Two fragments, cut inside the ü',
    bytes: stream([OPCODE.text, GREETING.subarray(0, INSIDE), false], [OPCODE.continuation, GREETING.subarray(INSIDE)]),
  },
  {
    name: 'kinds',
    title: 'A text, two binary bytes, an empty text',
    bytes: stream([OPCODE.text, '€'], [OPCODE.binary, Uint8Array.of(0xca, 0xfe)], [OPCODE.text, '']),
  },
];
