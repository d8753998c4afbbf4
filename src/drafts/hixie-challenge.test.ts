import { describe, expect, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { decodeLatin1, encodeLatin1 } from '../text/latin1.ts';
import { answerChallenge, challengeOf, EXAMPLE_CHALLENGE, solveKey } from './hixie-challenge.ts';

test('the example of the draft', () => {
  const { key1, key2, body } = EXAMPLE_CHALLENGE;
  expect(solveKey(key1)).toEqual({ digits: '4146546015', number: 4146546015, spaces: 5, quotient: 829309203 });
  expect(solveKey(key2)).toEqual({ digits: '1299853100', number: 1299853100, spaces: 5, quotient: 259970620 });
  const solved = answerChallenge(key1, key2, body);
  expect('answer' in solved && decodeLatin1(solved.answer)).toBe("8jKS'y:G*Co,Wxa-");
  expect(formatHex(challengeOf(829309203, 259970620, body))).toBe('316e41130f7ed63c5e6e3a64735b3455');
});

test('the other example of the draft', () => {
  const solved = answerChallenge(
    '18x 6]8vM;54 *(5:  {   U1]8  z [  8',
    '1_ tx7X d  <  nw  334J702) 7]o}` 0',
    encodeLatin1('Tm[K T2u'),
  );
  expect('answer' in solved && decodeLatin1(solved.answer)).toBe('fQJ,fN/4F4!~K~MH');
});

describe('a key that the server must refuse', () => {
  test.each([
    ['', 'The key has no digit.'],
    ['abc def', 'The key has no digit.'],
    ['12345', 'The key has no space: the number cannot be divided.'],
    ['1 2 3', '123 is not a multiple of 2, the count of spaces.'],
    ['4294967296 ', 'The number 4294967296 does not fit in 32 bits.'],
    [`${'9'.repeat(400)} `, `The number ${'9'.repeat(400)} does not fit in 32 bits.`],
    ['1\t2', 'The key has no space: the number cannot be divided.'],
    ['\u0663 ', 'The key has no digit.'],
  ])('%j', (key, problem) => {
    expect(solveKey(key)).toEqual({ problem });
    expect(answerChallenge(key, EXAMPLE_CHALLENGE.key2, EXAMPLE_CHALLENGE.body)).toEqual({
      problem: `Sec-WebSocket-Key1: ${problem}`,
    });
    expect(answerChallenge(EXAMPLE_CHALLENGE.key1, key, EXAMPLE_CHALLENGE.body)).toEqual({
      problem: `Sec-WebSocket-Key2: ${problem}`,
    });
  });

  test('the largest number, and 0, are allowed', () => {
    expect(solveKey('4294967295 ')).toMatchObject({ quotient: 4294967295 });
    expect(solveKey('0 ')).toMatchObject({ quotient: 0 });
    expect(challengeOf(4294967295, 0, new Uint8Array(8)).subarray(0, 8)).toEqual(
      Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0),
    );
  });
});
