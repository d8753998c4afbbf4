import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeKey } from '../../protocol/handshake/accept/accept-key.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { KEY_STEP } from './key-step.ts';
import type { Computation } from './step.ts';

const ways = (key: string) =>
  KEY_STEP.wrong.map(({ name, make }) => ({ name, made: decodeLatin1(make({ key: encodeText(key) } as Computation)) }));
const nonces = fc.uint8Array({ minLength: 16, maxLength: 16 });

test('each wrong way makes something else of a key, and no two the same', () => {
  fc.assert(
    fc.property(nonces, (nonce) => {
      const key = encodeKey(nonce);
      fc.pre(/[A-Z]/.test(key));
      const made = ways(key).map((way) => way.made);
      expect(made).not.toContain(key);
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

test('what is left around a key, or put there, leaves the key itself whole', () => {
  fc.assert(
    fc.property(nonces, (nonce) => {
      const key = encodeKey(nonce);
      const changed = ways(key).filter(({ made }) => !made.includes(key));
      const other = ['key-decoded', 'key-without-padding', 'key-in-lower-case'];
      expect(other).toEqual(expect.arrayContaining(changed.map(({ name }) => name)));
    }),
  );
});

test('a key that is decoded is its 16 bytes again; one that is no base64 cannot be, and stays', () => {
  const decode = (key: string) => ways(key).find(({ name }) => name === 'key-decoded')?.made;
  fc.assert(
    fc.property(nonces, (nonce) => {
      expect(decode(encodeKey(nonce))).toBe(decodeLatin1(nonce));
    }),
  );
  for (const key of ['no key', 'abc=d', '*']) expect(decode(key)).toBe(key);
});
