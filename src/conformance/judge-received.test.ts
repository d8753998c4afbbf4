import { expect, test } from 'vitest';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { encodeText } from '../protocol/utf8.ts';
import type { ClosingExpectation } from './case.ts';
import { describeSteps } from './describe.ts';
import { judgeReceived } from './judge-received.ts';
import { conformanceCases } from './suite.ts';
import type { Transcript } from './transcript.ts';

const EXPECTATION: ClosingExpectation = {
  type: 'closing',
  received: [{ opcode: OPCODE.text, payload: { text: 'a'.repeat(60) } }],
  closeCode: 1000,
  allowedCodes: [],
  declinedWith: [],
  latestPongSuffices: false,
};

const came = (opcode: number, text: string): Transcript => ({
  connectError: undefined,
  response: undefined,
  responseFault: undefined,
  received: [{ opcode, payload: encodeText(text), timeMs: 0, step: 0 }],
  frameFault: undefined,
  close: undefined,
  end: undefined,
  byteLength: 0,
  firstBytes: new Uint8Array(0),
});

test('an echo of the right length names the first byte that is wrong', () => {
  const finding = judgeReceived(EXPECTATION, came(OPCODE.text, `${'a'.repeat(50)}b${'a'.repeat(9)}`))?.finding;
  expect(finding).toContain('they differ from byte 50 on, which is 62 and has to be 61');
});

test('an echo of another type or length needs no byte to be told apart', () => {
  expect(judgeReceived(EXPECTATION, came(OPCODE.binary, 'a'.repeat(60)))?.finding).not.toContain('differ');
  expect(judgeReceived(EXPECTATION, came(OPCODE.text, 'a'))?.finding).not.toContain('differ');
});

test('an exact echo has no finding', () => {
  expect(judgeReceived(EXPECTATION, came(OPCODE.text, 'a'.repeat(60)))).toBeUndefined();
});

test('what goes with the request in one write is told in one phrase', () => {
  const together = conformanceCases().filter(({ opening }) => opening.withFirstStep);
  expect(together.length).toBeGreaterThan(0);
  for (const each of together) expect(describeSteps(each)).toMatch(/ with, in the same write, \w/);
});
