import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeHeader } from '../../protocol/framing/header.ts';
import { LENGTH_IN_64_BITS, layoutOf, MASK_BIT } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Input, Variants } from './case.ts';

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

/** The inputs for the mistakes with frames, by the number of the mistake. */
export const FRAME_INPUTS: Readonly<Record<number, Variants>> = {
  1: [
    {
      label: '65,536 bytes',
      input: frames(encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(65_536), maskingKey: MASKING_KEY })),
    },
    {
      label: '65,535 bytes',
      input: frames(encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(65_535), maskingKey: MASKING_KEY })),
    },
  ],
  2: [
    { label: '65,535 bytes', input: { kind: 'sending', payloadLength: 65_535 } },
    { label: '65,534 bytes', input: { kind: 'sending', payloadLength: 65_534 } },
  ],
  3: [
    { label: 'two in one read', input: frames(Uint8Array.of(...text('one'), ...text('two'))) },
    { label: 'one in each read', input: frames(text('one'), text('two')) },
  ],
  4: [
    { label: '“Hi”, not masked', input: frames(text('Hi', { maskingKey: undefined })) },
    { label: '“Hi”, masked', input: frames(text('Hi')) },
  ],
  5: [
    { label: '“Hello”, not masked', input: frames(text('Hello', { maskingKey: undefined })) },
    { label: '“Hello”, masked', input: frames(text('Hello')) },
  ],
  6: [
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
  7: [
    {
      label: 'close 1000',
      input: frames(encodeFrame({ opcode: OPCODE.close, payload: encodeCloseBody(1000), maskingKey: MASKING_KEY })),
    },
    { label: 'ping', input: frames(text('Hi', { opcode: OPCODE.ping })) },
    { label: 'pong', input: frames(text('', { opcode: OPCODE.pong })) },
  ],
  8: [
    { label: 'RSV1', input: frames(text('Hello', { rsv1: true })) },
    { label: 'opcode 3', input: frames(text('Hello', { opcode: 3 })) },
  ],
  9: [
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
  10: [{ label: '2^62 bytes', input: frames(hugeClaim()) }],
};
