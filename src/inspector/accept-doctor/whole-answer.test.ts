import { expect, test } from 'vitest';
import { computeAccept, WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { recognizeAnswer } from './whole-answer.ts';

const KEY = 'AAECAwQFBgcICQoLDA0ODw==';
const RIGHT = computeAccept(KEY);
const nameOf = (answer: string) => recognizeAnswer(answer, KEY, RIGHT)?.name;

test.each([
  ['the key', KEY, 'key-sent-back'],
  ['the key and the GUID', KEY + WEBSOCKET_GUID, 'text-sent'],
  ['the answer in RFC 6455', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'well-known-answer'],
  ['the first half', RIGHT.slice(0, 14), 'part-of-the-answer'],
  ['one wrong character', `${RIGHT[0] === 'x' ? 'y' : 'x'}${RIGHT.slice(1)}`, 'miscopied'],
])('%s is recognized', (_, answer, name) => {
  expect(nameOf(answer)).toBe(name);
});

test('three slips are a copy, four are another hash', () => {
  const withSlips = (slips: number) => '*'.repeat(slips) + RIGHT.slice(slips);
  expect(recognizeAnswer(withSlips(3), KEY, RIGHT)?.title).toBe('3 characters were copied wrong');
  expect(nameOf(withSlips(4))).toBeUndefined();
});

test('three characters are too few to be called a part', () => {
  expect(nameOf(RIGHT.slice(0, 3))).toBeUndefined();
  expect(nameOf(RIGHT.slice(0, 4))).toBe('part-of-the-answer');
});
