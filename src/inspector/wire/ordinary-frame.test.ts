import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { ConnectionObserver } from './observer.ts';
import { ORDINARY_LATER, OrdinaryFrame } from './ordinary-frame.ts';
import type { WireFrame, WireMessage } from './wire.ts';

const stream = fc
  .array(
    fc.record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 10, 3),
      fin: fc.boolean(),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
      ),
      maskingKey: fc.option(fc.nat(), { nil: undefined }),
    }),
    { maxLength: 20 },
  )
  .map((frames) =>
    joinBytes(
      frames.map(({ maskingKey, ...frame }) =>
        encodeFrame({ ...frame, ...(maskingKey !== undefined && { maskingKey }) }),
      ),
    ),
  );

function messagesOf(pieces: readonly Uint8Array[], explainsLater: boolean): WireMessage[] {
  const observer = new ConnectionObserver({
    connection: 1,
    path: '/',
    remote: '',
    ...(explainsLater && ORDINARY_LATER),
  });
  observer.beginWithFrames(undefined);
  const told = pieces.flatMap((piece, i) => observer.chunk('in', piece, i));
  return [...told, ...observer.close(9, { closeCode: 1006, reason: '', clean: false })].map(plain);
}

/** With all that its getters give. */
function plain(message: WireMessage): WireMessage {
  if (!(message instanceof OrdinaryFrame)) return message;
  const { bytes: _, ...own } = message;
  const { hex, fields, payload } = message;
  return { ...own, hex, fields, payload } as WireFrame;
}

test('explained later, frames are the same as explained at once, however the stream is cut', () => {
  fc.assert(
    fc.property(stream, fc.integer({ min: 1, max: 300 }), (bytes, size) => {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
      expect(messagesOf(pieces, true)).toEqual(messagesOf(pieces, false));
    }),
  );
});

test('nothing is explained before it is read', () => {
  const observer = new ConnectionObserver({ connection: 1, path: '/', remote: '', ...ORDINARY_LATER });
  observer.beginWithFrames(undefined);
  const frame = encodeFrame({ opcode: 1, payload: new TextEncoder().encode('Hi'), maskingKey: 7 });
  const [, told] = observer.chunk('in', frame, 0);
  expect(told).toBeInstanceOf(OrdinaryFrame);
  expect((told as OrdinaryFrame).payload.text).toBe('Hi');
});
