import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeText } from '../../text/utf8.ts';
import { countSteps, initialEcho, readsOf, reduceEcho, rowsOf, sayStep } from './model.ts';
import { canFollow, traceEcho } from './trace.ts';

const HELLO = '818537fa213d7f9f4d5158';
const ROOT = new URL('../../../', import.meta.url);
const framed = (text: string, maskingKey = 0x37fa213d) =>
  encodeFrame({ opcode: 1, payload: encodeText(text), maskingKey });

test('Hello passes eleven functions and comes back unmasked', () => {
  const [read] = traceEcho(bytesOfHex(HELLO), 0);
  expect(read?.written).toBe('810548656c6c6f');
  expect(read?.steps.map(({ name }) => name)).toEqual([
    'Transport.read',
    'SocketConnection.receive',
    'FrameReader.next',
    'unmaskBytes',
    'isPlainMessage',
    'Receiver.next',
    'Endpoint.receive',
    'echo.dispatch',
    'Endpoint.sendMessage',
    'writeFrame',
    'Transport.flush',
  ]);
  const stateOf = (wanted: string) => read?.steps.find(({ name }) => name === wanted);
  expect(stateOf('FrameReader.next')?.state).toBe(
    'FIN 1, opcode 1, 5 bytes of payload, key 37 fa 21 3d. The header has 6 bytes.',
  );
  expect(stateOf('unmaskBytes')?.hex).toBe(formatHex(encodeText('Hello')));
  expect(stateOf('isPlainMessage')?.state).toMatch(/^Yes/);
});

test('every step names a function that is in that file', () => {
  for (const { steps } of traceEcho(bytesOfHex(HELLO), 8)) {
    for (const { name, file } of steps) {
      expect(existsSync(new URL(file, ROOT)), file).toBe(true);
      const source = readFileSync(new URL(file, ROOT), 'utf8');
      const [owner = '', member] = name.split('.');
      expect(source, `${name} in ${file}`).toContain(owner);
      if (member !== undefined) expect(source, `${name} in ${file}`).toMatch(new RegExp(`\\b${member}\\(`));
    }
  }
});

test('whatever the text, the cut and the key, the echo is the text in one unmasked frame', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(500), fc.nat(0xffffffff), (text, cut, key) => {
      const frame = framed(text, key);
      const reads = traceEcho(frame, cut);
      expect(reads.map(({ byteLength }) => byteLength).reduce((a, b) => a + b)).toBe(frame.length);
      expect(reads.map(({ written }) => written).join('')).toBe(
        formatHex(encodeFrame({ opcode: 1, payload: encodeText(text) })),
      );
      expect(reads.slice(0, -1).every(({ written }) => written === '')).toBe(true);
    }),
  );
});

describe('a frame that is cut', () => {
  test.each([
    [1, '1 byte of a header'],
    [5, '5 bytes of a header'],
    [8, 'the payload so far, in memory for 5 bytes'],
  ])('after %i bytes keeps %s, and the handler is not called', (cut, held) => {
    const [first, second] = traceEcho(bytesOfHex(HELLO), cut);
    expect(first?.steps.at(-1)?.state).toContain(`keeps ${held}, and waits`);
    expect(first?.steps.some(({ name }) => name === 'echo.dispatch')).toBe(false);
    expect(second?.written).toBe('810548656c6c6f');
  });

  test('goes on with the right byte of the key', () => {
    const [, second] = traceEcho(bytesOfHex(HELLO), 9);
    expect(second?.steps.find(({ name }) => name === 'unmaskBytes')).toMatchObject({
      hex: formatHex(encodeText('lo')),
      state: '2 bytes XOR the key, from key byte 4 on.',
    });
  });
});

test('text beyond ASCII takes the long way, and what cannot be seen is an escape', () => {
  const [read] = traceEcho(framed('\u202eé'), 0);
  expect(read?.steps.find(({ name }) => name === 'isPlainMessage')?.state).toMatch(/^No/);
  expect(read?.steps.find(({ name }) => name === 'Receiver.next')?.state).toContain('\\u{202e}é');
});

test('the steps of both reads are counted together, and none is beyond the last', () => {
  const cut = reduceEcho(initialEcho(HELLO), { type: 'cut', cut: 8 });
  const reads = readsOf(cut);
  expect(rowsOf(reads, 1)[0]?.index).toBe(reads[0]?.steps.length);
  const last = reduceEcho(cut, { type: 'go', at: 999 });
  expect(last.at).toBe(countSteps(reads) - 1);
  expect(sayStep(reads, last.at)).toContain('Transport.flush');
  expect(reduceEcho(last, { type: 'frame', bytes: framed('x'), origin: 'live' })).toMatchObject({ cut: 0, at: 0 });
});

test('frames that it cannot follow are left alone', () => {
  expect(canFollow(encodeFrame({ opcode: 1, payload: encodeText('x') }))).toBe(false);
  expect(canFollow(encodeFrame({ opcode: 2, payload: encodeText('x'), maskingKey: 1 }))).toBe(false);
  expect(canFollow(framed('x'.repeat(2000)))).toBe(false);
  const before = initialEcho(HELLO);
  expect(reduceEcho(before, { type: 'frame', bytes: framed('x'.repeat(2000)), origin: 'live' })).toBe(before);
});
