import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, bytesOf, cutAt, hexOf, joined } from '../../../tests/bytes.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Extension } from '../extensions/extension.ts';
import { encodeFrame, type Frame } from '../framing/frame.ts';
import { RSV1_BIT, RSV2_BIT } from '../framing/layout.ts';
import { OPCODE } from '../framing/opcode.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { FrameRule } from '../rule.ts';
import type { Violation } from '../violation.ts';
import { ExtensionStep } from './extension-step.ts';
import { Receiver } from './receiver.ts';
import { MESSAGE_RULES } from './rules.ts';

/** A toy: XORs each byte of a message with its position, and sets RSV1. So it has a state, like a compressor. */
const counting: Extension = {
  name: 'x-counting',
  reservedBit: RSV1_BIT,
  createDecoder() {
    let at = 0;
    return {
      decode(payload, isLast) {
        const decoded = payload.map((byte) => byte ^ at++);
        if (isLast) at = 0;
        return decoded;
      },
    };
  },
};
const count = (bytes: Uint8Array, from = 0) => bytes.map((byte, i) => byte ^ (from + i));

const BROKEN: FrameRule = { ...MESSAGE_RULES.textNotUtf8, name: 'x-odd' };

/** Another toy: each byte stands for two. A byte 0 is not allowed. */
const doubling: Extension = {
  name: 'x-doubling',
  reservedBit: RSV2_BIT,
  createDecoder: () => ({
    decode: (payload) => (payload.includes(0) ? BROKEN : Uint8Array.from([...payload].flatMap((byte) => [byte, byte]))),
  }),
};

function receive(
  frames: readonly Uint8Array[],
  extensions: readonly Extension[] = [counting, doubling],
  limits: Partial<Limits> = {},
): (string | Violation)[] {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const extensionStep = new ExtensionStep(extensions, all.maxMessageBytes);
  const receiver = new Receiver('client', all, { extensionStep });
  const received: (string | Violation)[] = [];
  for (const chunk of frames) {
    receiver.feed(chunk.slice());
    for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
      if ('rule' in found) return [...received, found];
      received.push(`${found.opcode} ${hexOf(found.payload)}`);
    }
  }
  return received;
}

const frame = (payload: Uint8Array, more: Partial<Frame> = {}) =>
  encodeFrame({ opcode: OPCODE.text, maskingKey: 0x37fa213d, ...more, payload });
const text = encodeText('Grüße');
const HEADER = 6;

describe('a reserved bit', () => {
  test('is legal in the first frame of a message if an extension gives it a meaning', () => {
    const changed = frame(count(text), { rsv1: true });
    expect(receive([changed])).toEqual([`1 ${hexOf(text)}`]);
    expect(receive([changed], [])).toMatchObject([{ rule: 'rsv1-set' }]);
    expect(receive([changed], [doubling])).toMatchObject([{ rule: 'rsv1-set' }]);
    expect(receive([frame(text, { rsv3: true })])).toMatchObject([{ rule: 'rsv3-set' }]);
  });

  test('is legal nowhere else', () => {
    const first = frame(count(text), { rsv1: true, fin: false });
    const next = frame(text, { rsv1: true, opcode: OPCODE.continuation });
    expect(receive([first, next])).toMatchObject([{ rule: 'rsv1-set' }]);
    expect(receive([frame(text, { rsv1: true, opcode: OPCODE.ping })])).toMatchObject([{ rule: 'rsv1-set' }]);
  });

  test('that is not set leaves the message unchanged', () => {
    const messages = [frame(text), frame(count(text), { rsv1: true }), frame(text)];
    expect(receive(messages)).toEqual(Array(3).fill(`1 ${hexOf(text)}`));
  });
});

test('messages come out as they went in, whatever the fragments, control frames and reads', () => {
  const message = fc.record({
    payload: fc.uint8Array({ maxLength: 60 }),
    cuts: arbitraryCuts,
    changed: fc.boolean(),
    binary: fc.constant(OPCODE.binary),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), arbitraryCuts, (messages, cuts) => {
      const frames = messages.flatMap(({ payload, cuts: fragmentCuts, changed, binary }) =>
        cutAt(changed ? count(payload) : payload, fragmentCuts).flatMap((piece, i, all) => [
          frame(piece, {
            opcode: i === 0 ? binary : OPCODE.continuation,
            fin: i === all.length - 1,
            rsv1: changed && i === 0,
          }),
          frame(text, { opcode: OPCODE.ping }),
        ]),
      );
      const received = receive(cutAt(joined(...frames), cuts)).filter((each) => !String(each).startsWith('9 '));
      expect(received).toEqual(messages.map(({ payload }) => `2 ${hexOf(payload)}`));
    }),
    { numRuns: 300 },
  );
});

describe('the text is checked after decoding', () => {
  test('bytes that are not UTF-8 on the wire can decode to UTF-8', () => {
    const umlauts = encodeText('ü'.repeat(100));
    expect(receive([frame(count(umlauts), { rsv1: true })])).toEqual([`1 ${hexOf(umlauts)}`]);
  });

  test('decoded bytes that are not UTF-8 break the rule, by the bytes on the wire that they came from', () => {
    const wrong = frame(count(bytesOf('6162ff')), { rsv1: true });
    expect(receive([wrong])).toMatchObject([{ rule: 'text-not-utf8', start: HEADER, end: HEADER + 3 }]);
    const [first, second] = [wrong.slice(0, HEADER + 1), wrong.slice(HEADER + 1)];
    expect(receive([first, second])).toMatchObject([{ rule: 'text-not-utf8', start: HEADER + 1, end: HEADER + 3 }]);
  });

  test('a character that is cut at the end is found', () => {
    const cut = frame(count(bytesOf('61e282')), { rsv1: true });
    expect(receive([cut])).toMatchObject([{ rule: 'text-cut-inside-character' }]);
  });
});

describe('the limit applies to the decoded message', () => {
  const binary = (length: number) => frame(new Uint8Array(length).fill(1), { opcode: OPCODE.binary, rsv2: true });

  test('a message that becomes longer than the limit breaks the rule', () => {
    expect(receive([binary(5)], [doubling], { maxMessageBytes: 10 })).toEqual([`2 ${'01'.repeat(10)}`]);
    const tooLong = receive([binary(6)], [doubling], { maxMessageBytes: 10 });
    expect(tooLong).toMatchObject([{ rule: 'message-too-long', statusCode: 1009, start: HEADER, end: HEADER + 6 }]);
  });

  test('over all its fragments; the next message starts again at 0', () => {
    const fragments = [
      frame(bytesOf('0101'), { opcode: OPCODE.binary, rsv2: true, fin: false }),
      frame(bytesOf('01'), { opcode: OPCODE.continuation, fin: false }),
    ];
    const last = frame(bytesOf('01'), { opcode: OPCODE.continuation });
    const limits = { maxMessageBytes: 8 };
    expect(receive([...fragments, last, ...fragments, last], [doubling], limits)).toHaveLength(2);
    expect(receive([...fragments, last], [doubling], { maxMessageBytes: 7 })).toMatchObject([
      { rule: 'message-too-long' },
    ]);
  });

  test('and the decoder gets the number of bytes that are left', () => {
    const told: number[] = [];
    const listening: Extension = {
      ...counting,
      createDecoder: () => ({
        decode(payload, _isLast, maxBytes) {
          told.push(maxBytes);
          return payload;
        },
      }),
    };
    const fragments = [frame(text, { rsv1: true, fin: false }), frame(text, { opcode: OPCODE.continuation })];
    receive(fragments, [listening], { maxMessageBytes: 20 });
    expect(told).toEqual([20, 13]);
  });
});

test('an error of the decoder is a violation, by the bytes of the part', () => {
  const received = receive([frame(bytesOf('010001'), { rsv2: true })]);
  expect(received).toEqual([{ rule: 'x-odd', section: '8.1', statusCode: 1007, start: HEADER, end: HEADER + 3 }]);
});

test('two extensions are undone in turn, the last one first', () => {
  // The sender applies the XOR first, and then halves.
  const halved = Uint8Array.of(7, 9);
  const doubled = Uint8Array.of(7, 7, 9, 9);
  const received = receive([frame(halved, { opcode: OPCODE.binary, rsv1: true, rsv2: true })]);
  expect(received).toEqual([`2 ${hexOf(count(doubled))}`]);
});
