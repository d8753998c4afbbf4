import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { keyAsNumber } from '../../specimens/mask-plainly.ts';
import { encodeText } from '../../text/utf8.ts';
import { laneOfParameters, parametersOfLane } from './address.ts';
import { readMaskedFrame } from './masked-frame.ts';
import { initialXorLane, reduceXorLane, SHOWN_BYTES, type XorLaneAction, type XorLaneState } from './model.ts';
import { presentXorLane } from './present.ts';
import { unmaskInReads } from './unmask-in-reads.ts';

const KEY = 0x37fa213d;

function laneOf(text: string, maskingKey = KEY, opcode: number = OPCODE.text): XorLaneState {
  const frame = readMaskedFrame(encodeFrame({ opcode, payload: encodeText(text), maskingKey }));
  if ('problem' in frame) throw new Error(frame.problem);
  return initialXorLane(frame, 'example');
}

const act = (state: XorLaneState, ...actions: XorLaneAction[]) => actions.reduce(reduceXorLane, state);

const hello = laneOf('Hello');

test('the worked example is wholly unmasked, and its last byte is in the lane', () => {
  const { parts, bytes, said, verdict, bits } = presentXorLane(hello);
  expect(parts.map(({ hex }) => hex)).toEqual(['81', '85', '37 fa 21 3d', '7f 9f 4d 51 58']);
  expect(bytes.map(({ wire, keyIndex, key, result, character }) => [wire, keyIndex, key, result, character])).toEqual([
    ['7f', 0, '37', '48', 'H'],
    ['9f', 1, 'fa', '65', 'e'],
    ['4d', 2, '21', '6c', 'l'],
    ['51', 3, '3d', '6c', 'l'],
    ['58', 0, '37', '6f', 'o'],
  ]);
  expect(said).toBe('i = 4. 4 mod 4 = 0: byte 0 of the key. 58 XOR 37 = 6f, the character o.');
  expect(verdict).toEqual({ tone: 'ok', sentences: ['The text is “Hello”, as it was sent.'] });
  expect(bits.map(({ wire }) => wire).join('')).toBe('01011000');
  expect(bits.map(({ key }) => key).join('')).toBe('00110111');
  expect(bits.map(({ result }) => result).join('')).toBe('01101111');
});

test('whatever is done, each bit is the XOR of the two above it, and what is called wrong is what differs', () => {
  const action: fc.Arbitrary<XorLaneAction> = fc.oneof(
    fc.record({ type: fc.constant('go' as const), at: fc.integer({ min: -3, max: 90 }) }),
    fc.record({ type: fc.constant('cut' as const), cut: fc.integer({ min: -3, max: 90 }) }),
    fc.record({ type: fc.constant('flipKeyBit' as const), keyByte: fc.nat(3), bit: fc.nat(7) }),
    fc.record({
      type: fc.constant('counting' as const),
      counting: fc.constantFrom('payload' as const, 'read' as const),
    }),
    fc.record({ type: fc.constant('typeKey' as const), typed: fc.string() }),
    fc.constant({ type: 'ownKey' as const }),
  );
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.nat(2 ** 32 - 1), fc.array(action, { maxLength: 8 }), (text, key, actions) => {
      const state = act(laneOf(text, key), ...actions);
      const view = presentXorLane(state);
      for (const bit of view.bits) expect(bit.result).toBe(bit.wire === bit.key ? 0 : 1);
      const plain = encodeText(text);
      const result = unmaskInReads(state);
      expect(view.bytes.map(({ wrong }) => wrong)).toEqual(
        Array.from(result.subarray(0, SHOWN_BYTES), (byte, i) => byte !== plain[i]),
      );
      expect(view.bytes.map((byte) => Number.parseInt(byte.result, 16))).toEqual([...result.subarray(0, SHOWN_BYTES)]);
      expect(view.verdict.tone === 'danger').toBe(result.some((byte, i) => byte !== plain[i]));
      expect([view.said, ...view.verdict.sentences].join(' ')).not.toMatch(/undefined|NaN/);
      const linked = laneOfParameters(new URLSearchParams(parametersOfLane(state)));
      expect(linked && 'state' in linked && presentXorLane(linked.state)).toEqual(view);
    }),
  );
});

describe('a changed byte of the key', () => {
  test('spoils every fourth byte of the payload, and no other', () => {
    const state = act(laneOf('Hello, world'), { type: 'flipKeyBit', keyByte: 1, bit: 2 });
    const { bytes, verdict } = presentXorLane(state);
    expect(bytes.filter(({ wrong }) => wrong).map(({ index }) => index)).toEqual([1, 5, 9]);
    expect(verdict.sentences[0]).toBe('Byte 1 of the key is changed.');
    expect(verdict.sentences[1]).toBe('Bytes 1, 5 and 9 come out wrong.');
    expect(verdict.sentences[2]).toContain('nobody notices');
    expect(state.keyTyped).toBe('37 da 21 3d');
  });

  test('that leaves no UTF-8 costs the connection', () => {
    const { verdict } = presentXorLane(act(hello, { type: 'flipKeyBit', keyByte: 0, bit: 0 }));
    expect(verdict.sentences.at(-1)).toContain('1007');
  });

  test('is put back with the frame’s own key', () => {
    const state = act(hello, { type: 'typeKey', typed: '00 00 00 00' }, { type: 'ownKey' });
    expect(presentXorLane(state).verdict.tone).toBe('ok');
    expect(keyAsNumber(state.key)).toBe(KEY);
  });

  test('typed wrong says why, and the key before it stays', () => {
    const short = act(hello, { type: 'typeKey', typed: '37 fa 21' });
    expect(short.keyProblem).toBe('A key has four bytes, eight hex digits. You typed 3 bytes.');
    expect(act(hello, { type: 'typeKey', typed: '37' }).keyProblem).toContain('You typed one byte.');
    expect(act(hello, { type: 'typeKey', typed: '37 fa 21 3g' }).keyProblem).not.toBeUndefined();
    expect(short.key).toEqual(hello.key);
  });
});

describe('a payload that two reads bring', () => {
  const inTwo = (cut: number, counting: 'payload' | 'read') =>
    presentXorLane(act(laneOf('Hello, world'), { type: 'cut', cut }, { type: 'counting', counting }));

  test('comes out right wherever it is cut, as long as the count goes on', () => {
    for (let cut = 0; cut < 12; cut++) expect(inTwo(cut, 'payload').verdict.tone).toBe('ok');
  });

  test('comes out wrong from the second read on where the count begins anew', () => {
    const { verdict, bytes } = inTwo(3, 'read');
    expect(verdict.sentences[0]).toBe(
      'The second read begins with byte 3, so its key should begin with byte 3, not 0.',
    );
    expect(bytes.filter(({ wrong }) => wrong).every(({ index }) => index >= 3)).toBe(true);
    expect(bytes.map(({ keyIndex }) => keyIndex)).toEqual([0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3, 0]);
  });

  test('comes out right by luck where the cut is a multiple of four', () => {
    expect(inTwo(4, 'read').verdict).toMatchObject({ tone: 'info' });
    expect(inTwo(8, 'read').verdict.sentences[0]).toContain('8 is a multiple of 4');
  });
});

test('what is drawn is bounded, what is unmasked is not', () => {
  const state = laneOf('x'.repeat(200));
  const { bytes, hiddenBytes, parts } = presentXorLane(state);
  expect([bytes.length, hiddenBytes]).toEqual([SHOWN_BYTES, 200 - SHOWN_BYTES]);
  expect(parts.map(({ field }) => field)).toContain('extended-payload-length');
  expect(presentXorLane(laneOf('Hi', KEY, OPCODE.binary)).verdict.sentences).toEqual([
    'The payload is as it was sent.',
  ]);
});

test('what cannot be unmasked is named, and the frame before it stays', () => {
  const take = (frame: Parameters<typeof encodeFrame>[0]) =>
    reduceXorLane(hello, { type: 'take', bytes: encodeFrame(frame), origin: 'live' });
  const none = take({ opcode: OPCODE.text, payload: new Uint8Array(0), maskingKey: KEY });
  expect(none.problem).toContain('no payload');
  expect(none.frame).toBe(hello.frame);
  expect(take({ opcode: OPCODE.text, payload: encodeText('Hi') }).problem).toContain('not masked');
  expect(take({ opcode: OPCODE.text, payload: new Uint8Array(600), maskingKey: KEY }).problem).toContain('608 bytes');
  const cut = reduceXorLane(hello, { type: 'take', bytes: hello.frame.bytes.subarray(0, 9), origin: 'live' });
  expect(cut.problem).toContain('claims 5 bytes of payload, but only 3 follow');
  expect(take({ opcode: OPCODE.text, payload: encodeText('Hi'), maskingKey: 1 }).problem).toBeUndefined();
});

test('an address that names no frame says why', () => {
  const linked = (hash: string) => laneOfParameters(new URLSearchParams(hash));
  expect(linked('f=81')).toBeUndefined();
  expect(linked('xor=zz')).toMatchObject({ problem: expect.stringContaining('The address names a frame, but') });
  expect(linked('xor=8105')).toMatchObject({ problem: expect.stringContaining('not masked') });
  expect(linked('xor=81')).toMatchObject({ problem: expect.stringContaining('not a whole header') });
});
