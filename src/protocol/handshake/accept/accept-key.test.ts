import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptSteps, checkKey, computeAccept, encodeKey, WEBSOCKET_GUID } from './accept-key.ts';

const vectorsUrl = new URL('../../../../content/vectors/rfc.json', import.meta.url);
const vectors: { accept: { key: string; accept: string }[] } = JSON.parse(readFileSync(vectorsUrl, 'utf8'));
const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('Sec-WebSocket-Accept (RFC 6455 §4.2.2)', () => {
  test.each(vectors.accept)('of $key is $accept', ({ key, accept }) => {
    expect(computeAccept(key)).toBe(accept);
  });

  test('equals the result of another SHA-1 and base64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const key = `k${text}k`;
        const expected = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        expect(computeAccept(key)).toBe(expected);
      }),
    );
  });

  test('shows its steps, without the white space around the key', () => {
    const [vector] = vectors.accept;
    const steps = acceptSteps(` \t${vector?.key}\r\n`);
    expect(steps.key).toBe(vector?.key);
    expect(steps.hashedText).toBe(`${vector?.key}${WEBSOCKET_GUID}`);
    expect(steps.digest).toHaveLength(20);
    expect(Buffer.from(steps.digest).toString('base64')).toBe(vector?.accept);
    expect(steps.accept).toBe(vector?.accept);
  });
});

describe('a key from a nonce', () => {
  test('is the base64 of 16 bytes, and no key has a problem', () => {
    fc.assert(
      fc.property(nonce, (bytes) => {
        const key = encodeKey(bytes);
        expect(key).toBe(Buffer.from(bytes).toString('base64'));
        expect(checkKey(key)).toBeUndefined();
      }),
    );
  });

  test.each([0, 15, 17])('of %i bytes is an error of the caller', (length) => {
    expect(() => encodeKey(new Uint8Array(length))).toThrow(RangeError);
  });
});
