import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { RightReader } from './right-reader.ts';

describe('what the server makes of a close frame', () => {
  test.each([
    ['889200000000', 'Keeps 0 of 18 bytes of payload.', 'none'],
    ['888000000000', 'Answers a close at once.', 'none'],
    ['88820000000003e8', 'Answers a close at once.', 'none'],
    // A body of one byte.
    ['88810000000003', 'Closes with 1002.', 'danger'],
    ['88820000000003ed', 'Closes with 1002.', 'danger'],
    ['88830000000003e8ff', 'Closes with 1007.', 'danger'],
  ])('%s', (hex, said, tone) => {
    expect(new RightReader().read(bytesOf(hex))).toEqual({ said, messages: [], tone });
  });
});

test('parts of a frame and of a header are kept', () => {
  const reader = new RightReader();
  const read = (hex: string) => reader.read(bytesOf(hex)).said;
  expect(read('0183')).toBe('Keeps 2 bytes of a header.');
  expect(read('0000')).toBe('Keeps 4 bytes of a header.');
  expect(read('000048')).toBe('Keeps 1 of 3 bytes of payload.');
  expect(read('656c89')).toBe('Keeps a fragment: FIN is 0. Keeps 1 byte of a header.');
  expect(reader.waits).toBe(true);
  expect(read('8000000000')).toBe('Answers a ping at once.');
  expect(read('8082000000006c6f')).toBe('Delivers “Hello”.');
  expect(reader.waits).toBe(false);
});
