import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, joined } from '../../../tests/bytes.ts';
import { Sender } from '../endpoint/sender.ts';
import { OPCODE } from '../framing/opcode.ts';
import { QuickSender } from './quick-sender.ts';

const plain = new Sender(undefined);
const payload = (byteLength: number, first: number) => Uint8Array.from({ length: byteLength }, (_, i) => first + i);
const message = fc.record({
  opcode: fc.constantFrom(OPCODE.text, OPCODE.binary),
  payload: fc
    .tuple(
      fc.oneof(fc.nat(300), fc.integer({ min: 15_000, max: 20_000 }), fc.integer({ min: 65_530, max: 65_540 })),
      fc.nat(255),
    )
    .map(([byteLength, first]) => payload(byteLength, first)),
  /** Whether it is told that this one has been sent, and those before it that wait. */
  sent: fc.boolean(),
});

test('what waits to be sent is the bytes of the plain sender, whatever was sent meanwhile', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
      const sender = new QuickSender();
      let waiting: { bytes: Uint8Array; expected: string }[] = [];
      for (const { opcode, payload: sending, sent } of messages) {
        const bytes = joined(...plain.message(opcode, sending).map((write) => write.bytes));
        const written = sender.message(opcode, sending).map((write) => write.bytes);
        expect(hexOf(joined(...written))).toBe(hexOf(bytes));
        waiting.push(...written.map((piece) => ({ bytes: piece, expected: hexOf(piece) })));
        for (const { bytes: piece, expected } of waiting) expect(hexOf(piece)).toBe(expected);
        if (!sent) continue;
        for (const { bytes: piece } of waiting) sender.sent(piece);
        waiting = [];
      }
    }),
  );
});

test('memory is used again once all that lies in it is sent, and not before', () => {
  const sender = new QuickSender();
  const send = () => sender.message(OPCODE.binary, payload(100, 0))[0]?.bytes as Uint8Array;
  const [first, second] = [send(), send()];
  sender.sent(first);
  expect(send().byteOffset).toBe(204);
  // Neighbors are sent as one.
  sender.sent(new Uint8Array(second.buffer, second.byteOffset, 204));
  expect(send().byteOffset).toBe(0);
  expect(send().buffer).toBe(first.buffer);
});

test('bytes of another memory, or of one that is used up, make no difference', () => {
  const sender = new QuickSender();
  const send = () => sender.message(OPCODE.binary, payload(15_000, 0))[0]?.bytes as Uint8Array;
  const first = send();
  sender.sent(new Uint8Array(first.length));
  expect(send().byteOffset).toBe(first.length);
  for (let last = send(); last.buffer === first.buffer; last = send());
  const next = send();
  sender.sent(first);
  expect(send().byteOffset).toBe(next.byteOffset + next.length);
});
