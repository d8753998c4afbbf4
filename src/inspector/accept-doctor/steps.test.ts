import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeAccept, encodeKey } from '../../protocol/handshake/accept/accept-key.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { BASE64_STEP, SENDING_STEP } from './answer-steps.ts';
import { GUID_STEP, TEXT_STEP } from './text-steps.ts';
import { MISTAKES, rightWay, STEPS, waysWith } from './ways.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const right = rightWay(KEY).computation;
const made = (step: typeof GUID_STEP, name: string) => {
  const way = step.wrong.find((each) => each.name === name);
  if (way === undefined) throw new Error(`no way is named ${name}`);
  return decodeLatin1(way.make(right));
};

test('the GUID: in lower case, without hyphens, in braces, as a number', () => {
  expect(made(GUID_STEP, 'guid-in-lower-case')).toBe('258eafa5-e914-47da-95ca-c5ab0dc85b11');
  expect(made(GUID_STEP, 'guid-without-hyphens')).toBe('258EAFA5E91447DA95CAC5AB0DC85B11');
  expect(made(GUID_STEP, 'guid-in-braces')).toBe('{258EAFA5-E914-47DA-95CA-C5AB0DC85B11}');
  expect(Buffer.from(made(GUID_STEP, 'guid-as-bytes'), 'latin1').toString('hex')).toBe(
    '258eafa5e91447da95cac5ab0dc85b11',
  );
});

test('the hashed text: 60 bytes, and what each mistake makes of them', () => {
  expect(right.hashed).toHaveLength(60);
  expect(made(TEXT_STEP, 'no-guid')).toBe(KEY);
  expect(made(TEXT_STEP, 'line-feed-at-the-end')).toHaveLength(61);
  expect(made(TEXT_STEP, 'nul-at-the-end')).toHaveLength(61);
  expect(made(TEXT_STEP, 'text-in-utf-16')).toHaveLength(120);
  expect(made(TEXT_STEP, 'guid-in-front').endsWith(KEY)).toBe(true);
});

test('the answer in another alphabet, in hex, twice, and with something around it', () => {
  expect(made(BASE64_STEP, 'answer-without-padding')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo');
  expect(made(BASE64_STEP, 'url-safe-base64')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK-xOo=');
  expect(made(BASE64_STEP, 'base64url')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK-xOo');
  expect(made(BASE64_STEP, 'hex-in-place-of-base64')).toHaveLength(40);
  expect(atob(made(BASE64_STEP, 'base64-twice'))).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(made(SENDING_STEP, 'answer-in-quotes')).toBe('"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="');
  expect(made(SENDING_STEP, 'answer-with-crlf')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
});

test('the right way gives the accept of any key, and a way with one mistake has one wrong step', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (nonce) => {
      const key = encodeKey(nonce);
      expect(decodeLatin1(rightWay(key).computation.answer)).toBe(computeAccept(key));
      const ways = [...waysWith(1, key)];
      expect(ways.every(({ wrongSteps }) => wrongSteps.length === 1)).toBe(true);
      expect(ways.length).toBeLessThanOrEqual(MISTAKES.length);
    }),
    { numRuns: 20 },
  );
});

test('no two mistakes have one name', () => {
  expect(new Set(MISTAKES.map(({ name }) => name)).size).toBe(MISTAKES.length);
  expect(STEPS.flatMap((step) => step.wrong)).toHaveLength(MISTAKES.length);
});
