import { expect, test } from 'vitest';
import { initialDecodeState, shownConnection } from './model.ts';
import { wholeMessage } from './whole-message.ts';

const messageAt = (hex: string, opened: number, sender: 'client' | 'server' | 'either' = 'either') =>
  wholeMessage(shownConnection(initialDecodeState({ text: hex, sender, limits: {} }))?.items ?? [], opened);

test('the fragments of a text are joined, from whichever of them is open, and a character cut in two is whole', () => {
  const hex = '010247c3 8900 0002bcc3 80029f65';
  for (const opened of [0, 2, 3]) {
    expect(messageAt(hex, opened)).toMatchObject({ fragments: 3, payload: { kind: 'text', text: 'Güße' } });
  }
  expect(messageAt(hex, 1)).toBeUndefined();
});

test('frames of the other direction between them are left out', () => {
  const hex = '010141 818100000000 78 800142';
  expect(messageAt(hex, 0)).toMatchObject({ fragments: 2, payload: { text: 'AB' } });
  expect(messageAt(hex, 2)).toMatchObject({ payload: { text: 'AB' } });
  expect(messageAt(hex, 1)).toBeUndefined();
});

test('masked fragments are unmasked, each with its own key; binary stays bytes', () => {
  const hex = '028100000001 40 808100000002 40';
  expect(messageAt(hex, 1)).toMatchObject({
    fragments: 2,
    payload: { kind: 'bytes', bytes: Uint8Array.of(0x40, 0x40) },
  });
});

test.each([
  ['a message of one frame', '810141', 0],
  ['a message whose end is missing', '010141 000142', 0],
  ['a continuation without a beginning', '800142', 0],
  ['a message inside another', '010141 010142 800143', 0],
  ['a frame that is cut', '010141 8005 42', 1],
])('%s is not put together', (_, hex, opened) => {
  expect(messageAt(hex, opened)).toBeUndefined();
});
