import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeHeader } from '../../protocol/framing/header.ts';
import { LENGTH_IN_64_BITS, layoutOf, MASK_BIT } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Input, ListingCase } from './case.ts';

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
export const MASKING_KEY = 0x37fa213d;

type More = Partial<Parameters<typeof encodeFrame>[0]>;

function text(words: string, more: More = {}): Uint8Array {
  return encodeFrame({ opcode: OPCODE.text, payload: encodeText(words), maskingKey: MASKING_KEY, ...more });
}

function frames(...reads: readonly Uint8Array[]): Input {
  return { kind: 'frames', reads };
}

/** A header that claims half of all that 64 bits can say. */
function hugeClaim(): Uint8Array {
  const header = new Uint8Array(layoutOf(LENGTH_IN_64_BITS | MASK_BIT).headerLength);
  const fields = { fin: true, opcode: OPCODE.binary, lengthField: LENGTH_IN_64_BITS, maskingKey: MASKING_KEY };
  encodeHeader({ ...fields, payloadLength: 2 ** 62 }, header);
  return header;
}

/** The mistakes with frames. */
export const FRAME_CASES: readonly ListingCase[] = [
  {
    number: 1,
    topic: 'A length in 64 bits',
    title: 'It reads 32 bits of a 64-bit length',
    follows:
      'The length comes out as 0. The handler gets an empty message, and the rest is read as frames that nobody sent.',
    section: '5.2',
    question: 'A client sends 65,536 bytes in one frame. What does the handler of the listing get first?',
    options: ['the whole message', 'an empty message', 'nothing, until more bytes arrive'],
    right: 1,
    variants: [
      {
        label: '65,536 bytes',
        input: frames(encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(65_536), maskingKey: MASKING_KEY })),
      },
      {
        label: '65,535 bytes',
        input: frames(encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(65_535), maskingKey: MASKING_KEY })),
      },
    ],
    look: 'The listing takes the first four bytes of the length as all of it. They are the upper half of the number, and 0 for every message below 4 GiB. It looks for the key in the lower half.',
  },
  {
    number: 2,
    topic: '65,535 bytes on their way out',
    title: 'It has an off-by-one error: its 16-bit form ends below 65,535',
    follows: '65,535 bytes go out in the 64-bit form. A client that checks closes the connection.',
    section: '5.2',
    since: 'HyBi-14',
    question: 'The server sends 65,535 bytes. How long is the header that the listing writes?',
    options: ['2 bytes', '4 bytes', '10 bytes'],
    right: 2,
    variants: [
      { label: '65,535 bytes', input: { kind: 'sending', payloadLength: 65_535 } },
      { label: '65,534 bytes', input: { kind: 'sending', payloadLength: 65_534 } },
    ],
    look: 'One length of all is written in a form that is too long. A test with a length on each side of the step finds it.',
  },
  {
    number: 3,
    topic: 'Two frames in one read',
    title: 'It takes at most one frame from each read',
    follows: 'If two frames arrive together, the second waits until the client sends something else.',
    section: '6.2',
    question: 'Two texts arrive in one read. Which of them does the handler of the listing get?',
    options: ['both', 'only the first', 'only the second'],
    right: 1,
    variants: [
      { label: 'two in one read', input: frames(Uint8Array.of(...text('one'), ...text('two'))) },
      { label: 'one in each read', input: frames(text('one'), text('two')) },
    ],
    look: 'TCP is a stream: it does not keep your frames apart. After each frame, look whether there is another one in the buffer.',
  },
  {
    number: 4,
    topic: 'A very short frame without a mask',
    title: 'It waits for six bytes before it looks',
    follows: 'A short frame without a mask is not rejected. The connection stalls.',
    section: '5.1',
    since: 'HyBi-15',
    question: 'A client sends “Hi” without a mask: four bytes in all. What does the listing do?',
    options: ['it closes the connection', 'it hands “Hi” to its handler', 'it waits for more bytes'],
    right: 2,
    variants: [
      { label: '“Hi”, not masked', input: frames(text('Hi', { maskingKey: undefined })) },
      { label: '“Hi”, masked', input: frames(text('Hi')) },
    ],
    look: 'Two bytes are enough to see the MASK bit. The listing wants six, as if every frame had a key.',
  },
  {
    number: 5,
    topic: 'A frame without a mask',
    title: 'It accepts frames without a mask',
    follows: 'A client that does not mask never learns that it must.',
    section: '5.1',
    since: 'HyBi-15',
    question: 'A client sends “Hello” without a mask. What does the listing do?',
    options: [
      'it hands “Hello” to its handler',
      'it hands five wrong bytes to its handler',
      'it closes the connection',
    ],
    right: 0,
    variants: [
      { label: '“Hello”, not masked', input: frames(text('Hello', { maskingKey: undefined })) },
      { label: '“Hello”, masked', input: frames(text('Hello')) },
    ],
    look: 'The MASK bit is the first bit of the second byte. The listing unmasks if it is 1, and is content if it is 0.',
  },
  {
    number: 6,
    topic: 'A message in two fragments',
    title: 'It reads FIN, does not use it, and drops opcode 0',
    follows: 'The first fragment is delivered as a whole message. The others vanish.',
    section: '5.4',
    question: 'A client sends “Hello” in two fragments, Hel and lo. What does the handler of the listing get?',
    options: ['“Hello”', '“Hel”', '“Hel”, then “lo”'],
    right: 1,
    variants: [
      {
        label: 'Hel + lo',
        input: frames(text('Hel', { fin: false }), text('lo', { opcode: OPCODE.continuation })),
      },
      {
        label: 'a cut inside ü',
        input: frames(
          encodeFrame({ fin: false, opcode: OPCODE.text, payload: Uint8Array.of(0x47, 0xc3), maskingKey: MASKING_KEY }),
          encodeFrame({ opcode: OPCODE.continuation, payload: Uint8Array.of(0xbc), maskingKey: MASKING_KEY }),
        ),
      },
    ],
    look: 'FIN is the first bit of all. Here it is 0: the message goes on. In the second example, a character is cut in two, and decoding its first half raises an exception.',
  },
  {
    number: 7,
    topic: 'Close, ping and pong',
    title: 'It ignores close, ping and pong',
    follows:
      'A browser that closes waits for the answer until its timeout and reports 1006. A proxy that pings gives up.',
    section: '5.5',
    question: 'A page calls close(). Its close frame arrives. What does the listing send?',
    options: ['a close frame', 'nothing', 'nothing, but it ends TCP'],
    right: 1,
    variants: [
      {
        label: 'close 1000',
        input: frames(encodeFrame({ opcode: OPCODE.close, payload: encodeCloseBody(1000), maskingKey: MASKING_KEY })),
      },
      { label: 'ping', input: frames(text('Hi', { opcode: OPCODE.ping })) },
      { label: 'pong', input: frames(text('', { opcode: OPCODE.pong })) },
    ],
    look: 'The opcode is 8. The listing knows 1 and 2. It takes everything else out of its buffer and does nothing.',
  },
  {
    number: 8,
    topic: 'Reserved bits and opcodes',
    title: 'It ignores reserved bits and unknown opcodes',
    follows: 'A compressed message reaches the program as noise, and a frame of an unknown kind disappears.',
    section: '5.2',
    question: 'A client sends “Hello” with the bit RSV1 set, and no extension was agreed on. What does the listing do?',
    options: ['it drops the frame', 'it closes the connection', 'it hands “Hello” to its handler'],
    right: 2,
    variants: [
      { label: 'RSV1', input: frames(text('Hello', { rsv1: true })) },
      { label: 'opcode 3', input: frames(text('Hello', { opcode: 3 })) },
    ],
    look: 'The listing looks at four of the first eight bits. Reserved means: stop, because you do not know what this is.',
  },
  {
    number: 9,
    topic: 'Text that is not UTF-8',
    title: 'Text that is not UTF-8 raises an exception out of the parser',
    follows: 'The connection dies without a close frame: the client gets 1006 instead of 1007.',
    section: '8.1',
    question: 'A text message contains the byte FF, which no UTF-8 has. What does the client learn from the listing?',
    options: ['close code 1007', 'close code 1002', 'nothing: no close frame is sent'],
    right: 2,
    variants: [
      {
        label: 'a byte FF',
        input: frames(
          encodeFrame({
            opcode: OPCODE.text,
            payload: Uint8Array.of(0x48, 0x69, 0xff),
            maskingKey: MASKING_KEY,
          }),
        ),
      },
      { label: 'a right text', input: frames(text('Hi ☺')) },
    ],
    look: 'Bytes from a peer must never be able to raise an exception that nobody catches.',
  },
  {
    number: 10,
    topic: 'An enormous length',
    title: 'It has no limit for a length',
    follows: 'One header makes it collect bytes until memory runs out.',
    section: '10.4',
    question: 'A header promises 4 million million million bytes. What does the listing do?',
    options: ['it closes the connection', 'it waits for the bytes', 'it raises an exception'],
    right: 1,
    variants: [{ label: '2^62 bytes', input: frames(hugeClaim()) }],
    look: 'It reads half of the length (mistake 1), and still wants more than a thousand million bytes. The header alone is reason enough to stop.',
  },
];
