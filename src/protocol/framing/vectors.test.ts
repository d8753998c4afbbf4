import { describe, expect, test } from 'vitest';
import vectors from '../../../content/vectors/rfc.json' with { type: 'json' };
import { bytesOf, hexOf } from '../../../tests/bytes.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';

const HELLO = bytesOf('48656c6c6f');
const RFC_KEY = 0x37fa213d;

/** The frame that each vector describes in words. If the vector is only a header, the payload is given by its length. */
const MEANINGS: Record<string, Frame> = {
  'unmasked text Hello': { opcode: 1, payload: HELLO },
  'masked text Hello': { opcode: 1, payload: HELLO, maskingKey: RFC_KEY },
  'text Hel, first fragment': { fin: false, opcode: 1, payload: HELLO.slice(0, 3) },
  'text lo, last fragment': { opcode: 0, payload: HELLO.slice(3) },
  'ping Hello, unmasked': { opcode: 9, payload: HELLO },
  'pong Hello, masked': { opcode: 10, payload: HELLO, maskingKey: RFC_KEY },
  '256 bytes binary, header only': { opcode: 2, payload: new Uint8Array(256) },
  '64 KiB binary, header only': { opcode: 2, payload: new Uint8Array(65_536) },
  'close 1000': { opcode: 8, payload: bytesOf('03e8') },
  'masked text MDN': { opcode: 1, payload: new TextEncoder().encode('MDN'), maskingKey: 0x3d542306 },
};

test('every vector has its meaning here', () => {
  expect(vectors.frames.map(({ name }) => name).sort()).toEqual(Object.keys(MEANINGS).sort());
});

describe.each(vectors.frames)('$name ($source)', ({ name, hex }) => {
  const { fin = true, opcode, payload, maskingKey } = MEANINGS[name] as Frame;
  const headerOnly = name.endsWith('header only');

  test('is decoded', () => {
    const [part] = new FrameReader().push(bytesOf(hex));
    expect(part).toMatchObject({
      fin,
      rsv1: false,
      rsv2: false,
      rsv3: false,
      opcode,
      masked: maskingKey !== undefined,
      maskingKey: maskingKey ?? 0,
      payloadLength: payload.length,
    });
    expect(part?.payload).toEqual(headerOnly ? new Uint8Array(0) : payload);
    expect(part?.ends).toBe(!headerOnly);
  });

  test('is encoded', () => {
    const encoded = encodeFrame({ fin, opcode, payload, maskingKey });
    expect(hexOf(headerOnly ? encoded.subarray(0, encoded.length - payload.length) : encoded)).toBe(hex);
  });

  test('has the same meaning masked and unmasked', () => {
    const frame = { fin, opcode, payload };
    const [masked, unmasked] = [encodeFrame({ ...frame, maskingKey: RFC_KEY }), encodeFrame(frame)];
    expect(masked.length).toBe(unmasked.length + 4);
    const [fromClient, fromServer] = [masked, unmasked].map((bytes) => new FrameReader().push(bytes)[0]);
    expect(fromClient?.payload).toEqual(payload);
    expect(fromServer?.payload).toEqual(payload);
    expect(fromClient?.lengthField).toBe(fromServer?.lengthField);
  });
});
