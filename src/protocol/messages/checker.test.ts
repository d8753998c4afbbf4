import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, bytesOf, cutAt, cutEverywhere, joined } from '../../../tests/bytes.ts';
import { encodeFrame, type Frame } from '../framing/frame.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { OPCODE } from '../framing/opcode.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { Violation } from '../violation.ts';
import { MessageChecker } from './checker.ts';

/** The first violation in a client's stream, and in which chunk it was found. */
function check(
  chunks: readonly Uint8Array[],
  limits: Partial<Limits> = {},
): (Violation & { chunk: number }) | undefined {
  const reader = new FrameReader();
  const checker = new MessageChecker('client', { ...DEFAULT_LIMITS, ...limits });
  for (const [chunk, bytes] of chunks.entries()) {
    for (const part of reader.push(bytes)) {
      const violation = checker.check(part);
      if (violation !== undefined) return { ...violation, chunk };
    }
  }
  return undefined;
}

/** A client's frame: text unless said otherwise, a payload given in hex. */
function frame(hex: string, more: Partial<Frame> = {}): Uint8Array<ArrayBuffer> {
  return encodeFrame({ opcode: OPCODE.text, maskingKey: 0x11223344, ...more, payload: bytesOf(hex) });
}

const begin = (hex: string, opcode: number = OPCODE.text) => frame(hex, { opcode, fin: false });
const go = (hex: string) => frame(hex, { opcode: OPCODE.continuation, fin: false });
const end = (hex: string) => frame(hex, { opcode: OPCODE.continuation });
const binary = (byteLength: number) => frame('00'.repeat(byteLength), { opcode: OPCODE.binary });
const ping = frame('70', { opcode: OPCODE.ping });
const close = frame('', { opcode: OPCODE.close });

const SMILE = ['f0', '9f', '99', '82'] as const;

describe('§5.4: what a client may send', () => {
  test.each<[string, Uint8Array[]]>([
    ['messages one after the other', [frame('61'), binary(3), frame('')]],
    ['a message in fragments, a ping between each', [begin('61'), ping, go('62'), ping, end('63'), frame('64')]],
    ['empty fragments', [begin(''), go(''), go(''), end('')]],
    ['a character cut by fragments', [begin(SMILE[0]), go(SMILE[1]), ping, go(SMILE[2]), end(SMILE[3])]],
    ['bytes that are no text, in a binary message', [frame('ff80', { opcode: OPCODE.binary })]],
    ['the same in the fragments of one', [begin('ff', OPCODE.binary), end('c0')]],
    ['a ping whose payload is no text', [frame('ff', { opcode: OPCODE.ping })]],
    ['a close frame in the middle of a message', [begin('61'), close]],
    [
      'control frames after a close frame: §5.5.1 forbids data frames',
      [close, ping, frame('', { opcode: OPCODE.pong })],
    ],
  ])('%s', (_, frames) => {
    expect(check([joined(...frames)])).toBeUndefined();
    expect(check(cutEverywhere(joined(...frames)))).toBeUndefined();
  });
});

describe('§5.4: what a client must not send', () => {
  test.each<[string, Uint8Array[], Partial<Violation>]>([
    ['a continuation first', [end('61')], { rule: 'continuation-without-message', start: 0, end: 1 }],
    ['a continuation after a whole message', [frame('61'), go('62')], { rule: 'continuation-without-message' }],
    [
      'a continuation after the last fragment',
      [begin('61'), end('62'), end('')],
      { rule: 'continuation-without-message' },
    ],
    ['a continuation after a ping alone', [ping, end('61')], { rule: 'continuation-without-message' }],
    ['a text inside a text', [begin('61'), frame('62')], { rule: 'message-inside-message', start: 0, end: 1 }],
    ['a binary inside a text, after a ping', [begin('61'), ping, binary(1)], { rule: 'message-inside-message' }],
    ['a text after a close frame', [close, frame('61')], { rule: 'data-frame-after-close', start: 0, end: 1 }],
    ['the rest of a message after a close frame', [begin('61'), close, end('62')], { rule: 'data-frame-after-close' }],
    [
      'a ping with RSV1 after a close frame',
      [close, frame('', { opcode: OPCODE.ping, rsv1: true })],
      { rule: 'rsv1-set' },
    ],
  ])('%s', (_, frames, expected) => {
    const violation = { statusCode: 1002, ...expected };
    expect(check([joined(...frames)])).toMatchObject(violation);
    expect(check(frames)).toMatchObject({ ...violation, chunk: frames.length - 1 });
    expect(check(cutEverywhere(joined(...frames)))).toMatchObject(violation);
  });
});

describe('§8.1: text is UTF-8', () => {
  const HEADER = 6;

  test('a wrong byte is found in the chunk that brings it, before the frame is complete', () => {
    const bytes = frame('48ff6948ff69');
    for (let cut = 0; cut <= HEADER + 1; cut++) {
      const chunks = [bytes.slice(0, cut), bytes.slice(cut, HEADER + 2)];
      expect(check(chunks)).toMatchObject({ rule: 'text-not-utf8', start: HEADER + 1, end: HEADER + 2, chunk: 1 });
    }
    expect(check([bytes.slice(0, HEADER + 1)])).toBeUndefined();
  });

  test('a wrong byte in a later fragment is counted from the start of its frame', () => {
    expect(check([begin('e2'), ping, go('82'), end('41')])).toMatchObject({ start: HEADER, end: HEADER + 1, chunk: 3 });
  });

  test('a message that ends inside a character is wrong at its last byte', () => {
    expect(check([frame('61e282')])).toMatchObject({
      rule: 'text-cut-inside-character',
      start: HEADER + 2,
      end: HEADER + 3,
    });
  });

  test('if its last fragment is empty, the violation is the FIN bit', () => {
    expect(check([begin('e282'), end('')])).toMatchObject({
      rule: 'text-cut-inside-character',
      start: 0,
      end: 1,
      chunk: 1,
    });
  });

  test('a message is checked independently of the one before', () => {
    expect(check([begin('61', OPCODE.binary), end('e2'), frame('82')])).toMatchObject({
      rule: 'text-not-utf8',
      chunk: 2,
    });
  });
});

describe('§10.4: limits', () => {
  test('a message of exactly the limit passes, one more byte does not', () => {
    const limits = { maxMessageBytes: 4 };
    expect(check([binary(4), binary(4), begin('6162'), ping, end('6364')], limits)).toBeUndefined();
    expect(check([binary(4), binary(5)], limits)).toMatchObject({
      rule: 'message-too-long',
      statusCode: 1009,
      chunk: 1,
    });
    expect(check([begin('6162'), go('6364'), end('65')], limits)).toMatchObject({ rule: 'message-too-long', chunk: 2 });
  });

  test('a length that is too long is refused by the header alone', () => {
    const header = binary(70_000).slice(0, 14);
    expect(check([header], { maxMessageBytes: 69_999 })).toMatchObject({ rule: 'message-too-long', start: 1, end: 10 });
    expect(check([header], { maxMessageBytes: 70_000 })).toBeUndefined();
  });

  test('the largest length there is counts as too long, not as malformed', () => {
    expect(check([bytesOf('82ff7fffffffffffffff00000000')])).toMatchObject({
      rule: 'message-too-long',
      statusCode: 1009,
    });
    expect(check([bytesOf('82ff800000000000000000000000')])).toMatchObject({ rule: 'length-top-bit-set' });
  });

  test('fragments up to the limit pass, one more does not; control frames do not count', () => {
    const limits = { maxFragments: 3 };
    expect(check([begin('61'), ping, go('62'), ping, end('63'), begin('64'), end('65')], limits)).toBeUndefined();
    const tooMany = { rule: 'too-many-fragments', statusCode: 1008, start: 0, end: 1, chunk: 3 };
    expect(check([begin(''), go(''), go(''), go('')], limits)).toMatchObject(tooMany);
  });

  test('a limit of 0 allows only empty messages', () => {
    expect(check([binary(0), begin(''), end('')], { maxMessageBytes: 0 })).toBeUndefined();
    expect(check([binary(1)], { maxMessageBytes: 0 })).toMatchObject({ rule: 'message-too-long' });
  });
});

test('any bytes, cut anywhere, break the same rule by the same bytes, and none throw', () => {
  const frames = fc.array(
    fc.record({
      fin: fc.boolean(),
      opcode: fc.oneof(fc.nat(2), fc.nat(15)),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      ),
      maskingKey: fc.nat(0xffff_ffff),
    }),
    { maxLength: 6 },
  );
  const streams = fc.oneof(
    frames.map((all) => joined(...all.map(encodeFrame))),
    fc.uint8Array({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(streams, arbitraryCuts, (bytes, cuts) => {
      const { chunk: _, ...whole } = check([bytes.slice()]) ?? { chunk: 0 };
      const { chunk: __, ...cut } = check(cutAt(bytes, cuts)) ?? { chunk: 0 };
      expect(cut).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});
