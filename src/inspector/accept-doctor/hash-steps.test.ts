import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIGEST_STEP, HASH_STEP } from './hash-steps.ts';
import type { Computation, Step } from './step.ts';

const hash = (algorithm: string, bytes: Uint8Array) => new Uint8Array(createHash(algorithm).update(bytes).digest());
const bytes = fc.uint8Array({ maxLength: 100 });
const digests = fc.uint8Array({ minLength: 20, maxLength: 20 });

function make({ wrong }: Step, name: string, before: Partial<Computation>): Uint8Array {
  const way = wrong.find((each) => each.name === name);
  if (way === undefined) throw new Error(`no way is named ${name}`);
  return way.make(before as Computation);
}

test('any text is hashed as Node hashes it', () => {
  fc.assert(
    fc.property(bytes, (hashed) => {
      expect(HASH_STEP.right({ hashed } as Computation)).toEqual(hash('sha1', hashed));
      expect(make(HASH_STEP, 'sha-256', { hashed })).toEqual(hash('sha256', hashed));
      expect(make(HASH_STEP, 'md5', { hashed })).toEqual(hash('md5', hashed));
      expect(make(HASH_STEP, 'hashed-twice', { hashed })).toEqual(hash('sha1', hash('sha1', hashed)));
      expect(make(HASH_STEP, 'not-hashed', { hashed })).toEqual(hashed);
    }),
  );
});

describe('what goes into base64 in place of a hash', () => {
  test('its digits, in either case, are the hash', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const hex = Buffer.from(digest).toString('hex');
        expect(Buffer.from(make(DIGEST_STEP, 'hex-digest', { digest })).toString()).toBe(hex);
        const upper = make(DIGEST_STEP, 'hex-digest-in-upper-case', { digest });
        expect(Buffer.from(upper).toString()).toBe(hex.toUpperCase());
      }),
    );
  });

  test('its words turned around twice are the hash', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const turned = make(DIGEST_STEP, 'words-in-wrong-order', { digest });
        expect(turned).toEqual(new Uint8Array(Buffer.from(digest).swap32()));
        expect(make(DIGEST_STEP, 'words-in-wrong-order', { digest: turned })).toEqual(digest);
      }),
    );
  });

  test('cut at its first zero, it has none; without one it is whole', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const cut = make(DIGEST_STEP, 'digest-cut-at-zero', { digest });
        expect(cut).not.toContain(0);
        expect(digest.subarray(0, cut.length)).toEqual(cut);
        expect(cut.length < digest.length ? digest[cut.length] : 0).toBe(0);
      }),
    );
  });

  test('as a text, it grows by a byte for each from 80 on; read as UTF-8, it is what a decoder makes of it', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const high = digest.filter((byte) => byte >= 0x80).length;
        expect(make(DIGEST_STEP, 'digest-as-latin-1-text', { digest })).toHaveLength(digest.length + high);
        const read = make(DIGEST_STEP, 'digest-read-as-utf-8', { digest });
        // A mark of the byte order at the beginning is dropped, as decoders do.
        const text = Buffer.from(digest)
          .toString('utf8')
          .replace(/^\uFEFF/, '');
        expect(Buffer.from(read).toString('utf8')).toBe(text);
      }),
    );
  });
});
