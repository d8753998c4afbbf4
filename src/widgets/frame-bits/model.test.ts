import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import { readStream } from './bit-stream.ts';
import { layoutChanges } from './layout-changes.ts';
import { type FrameBitsState, initialFrameBits, lensBits, reduceFrameBits, sayLit } from './model.ts';
import { describeStream, verdictOn } from './role-verdict.ts';

const KEY = 0x37fa213d;
const hello = (maskingKey?: number) =>
  encodeFrame({ opcode: OPCODE.text, payload: encodeText('Hello'), maskingKey }).slice();
const MASKED = hello(KEY);
const start = initialFrameBits(MASKED, 'client', 'example');
const flip = (...bits: number[]) =>
  bits.reduce<FrameBitsState>((state, bit) => reduceFrameBits(state, { type: 'flip', bit }), start);

const BIT = { fin: 0, rsv1: 1, opcodeLast: 7, mask: 8, lengthFirst: 9, keyFirst: 16, payloadFirst: 48 };

test('whatever bits are flipped, the fields tile the bytes, and one more flip of each puts all back', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(8 * MASKED.length - 1), { maxLength: 12 }), (bits) => {
      const state = flip(...bits);
      let next = 0;
      for (const { bit, bits: count } of state.stream.open.dump.fields) {
        expect(bit).toBe(next);
        next = bit + count;
      }
      expect(next).toBeGreaterThanOrEqual(8 * MASKED.length);
      const back = reduceFrameBits(state, { type: 'restoreAll' });
      expect(back.stream.bytes).toEqual(MASKED);
      expect(back.flipped).toEqual([]);
      for (const sender of ['client', 'server'] as const) {
        const { sentences, tone, broken } = verdictOn(state.stream.bytes, sender);
        expect(sentences.join(' ')).not.toMatch(/undefined|NaN/);
        expect(broken === undefined).toBe(tone !== 'danger');
      }
      expect(sayLit(state, { start: 8 * 10, end: 8 * 11 })).not.toBe('');
    }),
  );
});

test('bytes that are any at all have a verdict from both sides', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      for (const sender of ['client', 'server'] as const) {
        expect(verdictOn(bytes, sender).sentences.length).toBeGreaterThan(0);
        expect(describeStream(readStream(bytes, sender))).not.toBe('');
      }
    }),
  );
});

describe('a flip', () => {
  test('of RSV1 breaks a rule for either receiver', () => {
    const { stream, said, flipped } = flip(BIT.rsv1);
    expect(flipped).toEqual([BIT.rsv1]);
    expect(said).toMatch(/^RSV1 is 1 now\. Byte 1 is c1\. Set:/);
    const verdict = verdictOn(stream.bytes, 'client');
    expect(verdict).toMatchObject({
      tone: 'danger',
      broken: { name: 'rsv1-set', statusCode: 1002, where: 'RSV1, in byte 1', range: { start: 1, end: 2 } },
    });
    expect(verdict.sentences[1]).toMatch(/^The server fails the connection: .* 1002, protocol error/);
  });

  test('of FIN leaves the message unfinished', () => {
    const verdict = verdictOn(flip(BIT.fin).stream.bytes, 'client');
    expect(verdict.tone).toBe('ok');
    expect(verdict.sentences[1]).toBe('The server keeps the fragment “Hello” and waits for the rest of the message.');
  });

  test('of the opcode’s last two bits makes the same bytes a binary message', () => {
    expect(verdictOn(flip(6, 7).stream.bytes, 'client').sentences[1]).toBe(
      'The server receives a binary message: 5 bytes.',
    );
  });

  test('of MASK moves the parts: the key is read as payload, and what is left as the next frame', () => {
    const { stream, given } = flip(BIT.mask);
    expect(layoutChanges(given, stream).map(({ sentence }) => sentence)).toEqual([
      'Bytes 3 to 6 were the masking-key. Now they are read as payload data.',
      'Bytes 8 to 11 were payload data. Now they are read as the beginning of the next frame.',
    ]);
    expect(verdictOn(stream.bytes, 'client').broken?.name).toBe('unmasked-client-frame');
  });

  test('that makes the length longer leaves the receiver waiting', () => {
    const verdict = verdictOn(flip(BIT.lengthFirst + 5).stream.bytes, 'client');
    expect(verdict).toMatchObject({ tone: 'info', title: 'not complete yet' });
    expect(verdict.sentences).toEqual([
      'The header announces more. The server waits for another 2 bytes and sends nothing.',
    ]);
  });

  test('that makes the length 127 leaves no whole header', () => {
    const { stream } = flip(9, 10, 11, 12, 14);
    expect(verdictOn(stream.bytes, 'client').sentences[0]).toMatch(/^The header needs 14 bytes\. The server waits/);
  });

  test('in the payload of a text can make it wrong UTF-8', () => {
    const verdict = verdictOn(flip(BIT.payloadFirst).stream.bytes, 'client');
    expect(verdict.broken).toMatchObject({ name: 'text-not-utf8', statusCode: 1007 });
  });

  test('put back alone leaves the others', () => {
    const state = reduceFrameBits(flip(BIT.rsv1, BIT.mask), { type: 'restore', bit: BIT.rsv1 });
    expect(state.flipped).toEqual([BIT.mask]);
    expect(reduceFrameBits(state, { type: 'restore', bit: BIT.rsv1 })).toBe(state);
  });

  test('outside of the bytes does nothing', () => {
    expect(reduceFrameBits(start, { type: 'flip', bit: 8 * MASKED.length })).toBe(start);
  });
});

test('the masked frame is wrong from a server, the unmasked one from a client', () => {
  expect(verdictOn(MASKED, 'client').tone).toBe('ok');
  expect(verdictOn(MASKED, 'server').broken?.name).toBe('masked-server-frame');
  expect(verdictOn(hello(), 'server').sentences).toContain('The client receives a text message: “Hello”.');
  expect(verdictOn(hello(), 'client').broken?.section).toBe('5.1');
});

test('a length beyond what the server takes is refused by its header alone', () => {
  const claim = Uint8Array.of(0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4);
  expect(verdictOn(claim, 'client').broken).toMatchObject({ name: 'message-too-long', statusCode: 1009 });
});

test('the magnifier shows the byte that has the focus', () => {
  const moved = reduceFrameBits(start, {
    type: 'view',
    action: { type: 'move', unit: 'bit', step: 'next', rowBytes: 4, extend: false },
  });
  expect(lensBits(moved).map(({ name }) => name)).toEqual([
    'FIN',
    'RSV1',
    'RSV2',
    'RSV3',
    'opcode 1',
    'opcode 2',
    'opcode 3',
    'opcode 4',
  ]);
  expect(lensBits(moved).map(({ value }) => value)).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
});

describe('a frame from a link', () => {
  const open = (hex: string) =>
    reduceFrameBits(start, {
      type: 'take',
      bytes: Uint8Array.from(Buffer.from(hex, 'hex')),
      sender: 'client',
      origin: 'address',
      baseline: MASKED,
    });

  test('that differs from the RFC’s Hello in a bit is that Hello with the bit flipped, and opens its byte', () => {
    const state = open('818737fa213d7f9f4d5158');
    expect(state.flipped).toEqual([14]);
    expect(state.view).toMatchObject({ focus: { start: 14, end: 15 }, selection: { start: 14, end: 15 } });
    expect(lensBits(state)[0]?.bit).toBe(8);
    expect(reduceFrameBits(state, { type: 'restoreAll' }).stream.bytes).toEqual(MASKED);
  });

  test('that lacks its mask is still the client’s frame, with MASK flipped', () => {
    const state = reduceFrameBits(start, {
      type: 'take',
      bytes: Uint8Array.from(Buffer.from('810537fa213d7f9f4d5158', 'hex')),
      sender: 'server',
      origin: 'address',
      baseline: MASKED,
    });
    expect(state).toMatchObject({ flipped: [8], sender: 'client' });
  });

  test('that is another frame altogether stands by itself', () => {
    expect(open('8185aabbccddf9dea0b1c5').flipped).toEqual([]);
    expect(open('8305')).toMatchObject({ flipped: [], origin: 'address' });
  });
});

test('a new frame replaces the old one and its flips; no bytes are no frame', () => {
  const flipped = flip(1);
  const taken = reduceFrameBits(flipped, { type: 'take', bytes: hello(), sender: 'server', origin: 'live' });
  expect(taken).toMatchObject({ flipped: [], sender: 'server', origin: 'live' });
  expect(reduceFrameBits(flipped, { ...taken, type: 'take', bytes: new Uint8Array(0) })).toBe(flipped);
});
