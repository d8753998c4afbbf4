import { describe, expect, test } from 'vitest';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../text/utf8.ts';
import type { ClosingExpectation } from './case.ts';
import { describeSent } from './describe.ts';
import { judgeReceived } from './judge-received.ts';
import { ReceivedPayload } from './received-payload.ts';
import { conformanceCases } from './suite.ts';
import type { Transcript } from './transcript.ts';

const EXPECTATION: ClosingExpectation = {
  type: 'closing',
  received: [{ opcode: OPCODE.text, payload: { text: 'a'.repeat(60) } }],
  closeCode: 1000,
  allowedCodes: [],
  leeway: {},
};

const came = (opcode: number, text: string): Transcript => cameInOrder([opcode, text]);

const cameInOrder = (...items: readonly (readonly [opcode: number, text: string])[]): Transcript => ({
  connectError: undefined,
  response: undefined,
  extensions: undefined,
  responseFault: undefined,
  received: items.map(([opcode, text]) => ({
    opcode,
    payload: ReceivedPayload.of(encodeText(text)),
    timeMs: 0,
    step: 0,
  })),
  frameFault: undefined,
  close: undefined,
  end: undefined,
  hungUpAfter: undefined,
  byteLength: 0,
  firstBytes: new Uint8Array(0),
});

test('an echo of the right length names the first byte that is wrong', () => {
  const finding = judgeReceived(EXPECTATION, came(OPCODE.text, `${'a'.repeat(50)}b${'a'.repeat(9)}`))?.finding;
  expect(finding).toContain('byte 51 is 62, expected 61');
});

test('an echo of another type or length needs no byte to be told apart', () => {
  expect(judgeReceived(EXPECTATION, came(OPCODE.binary, 'a'.repeat(60)))?.finding).not.toContain('byte ');
  expect(judgeReceived(EXPECTATION, came(OPCODE.text, 'a'))?.finding).not.toContain('byte ');
});

test('an echo with its mask still on is recognized, and a wrong byte is not taken for a mask', () => {
  const findingOf = (payload: Uint8Array) =>
    judgeReceived(EXPECTATION, {
      ...cameInOrder(),
      received: [{ opcode: OPCODE.text, payload: ReceivedPayload.of(payload), timeMs: 0, step: 0 }],
    })?.finding;
  const masked = encodeText('a'.repeat(60)).map((byte, i) => byte ^ ([0x37, 0xfa, 0x21, 0x3d][i % 4] as number));
  expect(findingOf(masked)).toContain('the mask still on (key 37fa213d)');
  expect(findingOf(masked.with(59, 0))).toContain('byte 1 is ');
});

test('an exact echo has no finding', () => {
  expect(judgeReceived(EXPECTATION, came(OPCODE.text, 'a'.repeat(60)))).toBeUndefined();
});

describe('a pong', () => {
  const text = (payload: string) => ({ opcode: OPCODE.text, payload: { text: payload } });
  const pong = (payload: string) => ({ opcode: OPCODE.pong, payload: { text: payload } });
  const expectation = { ...EXPECTATION, received: [text('one'), pong('a'), text('two')] };
  const judged = (...items: [number, string][]) => judgeReceived(expectation, cameInOrder(...items))?.outcome;

  test('may overtake a message', () => {
    expect(judged([OPCODE.pong, 'a'], [OPCODE.text, 'one'], [OPCODE.text, 'two'])).toBe('allowed');
  });

  test('must not come after a later message, differ, or let messages change places', () => {
    expect(judged([OPCODE.text, 'one'], [OPCODE.text, 'two'], [OPCODE.pong, 'a'])).toBe('failed');
    expect(judged([OPCODE.pong, 'b'], [OPCODE.text, 'one'], [OPCODE.text, 'two'])).toBe('failed');
    expect(judged([OPCODE.pong, 'a'], [OPCODE.text, 'two'], [OPCODE.text, 'one'])).toBe('failed');
    expect(judged([OPCODE.pong, 'a'], [OPCODE.pong, 'a'], [OPCODE.text, 'one'])).toBe('failed');
  });
});

test('what did not come back is allowed where the server may close first', () => {
  const nothing = { ...cameInOrder(), received: [] };
  expect(judgeReceived(EXPECTATION, nothing)?.outcome).toBe('failed');
  expect(judgeReceived({ ...EXPECTATION, leeway: { mayDrop: true } }, nothing)?.outcome).toBe('allowed');
});

test('bytes sent with the request are described in one phrase', () => {
  const together = conformanceCases().filter(({ opening }) => opening.withFirstStep);
  const told = together.map((each) => describeSent(each, true));
  expect(told.filter((words) => / and, in the same write, \w/.test(words))).toHaveLength(3);
  expect(
    told.filter((words) => / followed directly by \w.*, (?:cut every 7 bytes|one byte per write)/.test(words)),
  ).toHaveLength(4);
  expect(told).toHaveLength(7);
});
