import fc from 'fast-check';
import { encodeFrame, minimalLengthField, OPCODE } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { joined } from './bytes.ts';

const maskingKey = fc.nat(0xffffffff);

/** The bytes of one whole frame: any flags, any opcode, any form of the length that holds it. */
export const arbitraryFrame = fc
  .record({
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    rsv2: fc.boolean(),
    rsv3: fc.boolean(),
    opcode: fc.nat(0xf),
    payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 120, maxLength: 300 })),
    maskingKey: fc.option(maskingKey, { nil: undefined }),
    lengthForm: fc.constantFrom(0, 126, 127),
  })
  .map(({ lengthForm, ...frame }) => {
    const lengthField = Math.max(lengthForm, minimalLengthField(frame.payload.length));
    return encodeFrame({
      ...frame,
      lengthField: lengthForm === 0 ? minimalLengthField(frame.payload.length) : lengthField,
    });
  });

/** The bytes of one whole header with any length in it, those included that nobody could send. */
export const arbitraryHeader = fc
  .tuple(
    fc.nat(0xff),
    fc.boolean(),
    fc.constantFrom(0, 1, 5, 125, 126, 127),
    fc.uint8Array({ minLength: 12, maxLength: 12 }),
  )
  .map(([first, masked, lengthField, rest]) => {
    const length = 2 + (lengthField === 126 ? 2 : lengthField === 127 ? 8 : 0) + (masked ? 4 : 0);
    return joined(Uint8Array.of(first, (masked ? 0x80 : 0) | lengthField), rest).slice(0, length);
  });

const pieces = fc.array(fc.uint8Array({ maxLength: 140 }), { minLength: 1, maxLength: 4 });
const ping = fc.uint8Array({ maxLength: 125 });

/** What one message sends: its fragments, perhaps with a ping before the last. */
const arbitraryMessage = fc
  .record({ text: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }), pieces, ping: fc.option(ping) })
  .map(({ text, pieces: binary, ping: control }) => {
    const payloads = text === undefined ? binary : cutText(encodeText(text), binary.length);
    const opcode = text === undefined ? OPCODE.binary : OPCODE.text;
    const fragments = payloads.map((payload, i) => ({
      opcode: i === 0 ? opcode : OPCODE.continuation,
      fin: i === payloads.length - 1,
      payload,
    }));
    if (control !== null) fragments.splice(-1, 0, { opcode: OPCODE.ping as never, fin: true, payload: control });
    return fragments;
  });

function cutText(bytes: Uint8Array, count: number): Uint8Array[] {
  const size = Math.ceil(bytes.length / count);
  return Array.from({ length: count }, (_, i) => bytes.slice(i * size, (i + 1) * size));
}

/** The frames of messages that break no rule, as a client sends them, each frame's bytes by itself. */
export const arbitraryClientFrames = fc
  .tuple(fc.array(arbitraryMessage, { maxLength: 5 }), fc.infiniteStream(maskingKey))
  .map(([messages, keys]) =>
    messages.flat().map((frame) => encodeFrame({ ...frame, maskingKey: keys.next().value as number })),
  );

/** The same as a server sends them. */
export const arbitraryServerFrames = fc
  .array(arbitraryMessage, { maxLength: 5 })
  .map((messages) => messages.flat().map((frame) => encodeFrame(frame)));
