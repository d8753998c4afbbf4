import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../content/vectors/rfc.json' with { type: 'json' };
import { arbitraryClientFrames, arbitraryServerFrames } from '../../../tests/arbitrary-frames.ts';
import { bytesOf, hexOf, joined } from '../../../tests/bytes.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../text/utf8.ts';
import { decodeFrames, framesIn } from './decode-stream.ts';
import { dumpFrame } from './frame-dump.ts';
import type { ExplainFrame } from './frame-recorder.ts';

const violationsOf = (hex: string, sender?: 'client' | 'server') =>
  decodeFrames(bytesOf(hex), sender).frames.flatMap(({ dump }) => dump.violations.map(({ rule }) => rule));

describe('decodeFrames', () => {
  it('finds every frame, and tells by its MASK bit who sent it', () => {
    fc.assert(
      fc.property(arbitraryClientFrames, arbitraryServerFrames, (sent, answered) => {
        const decoded = decodeFrames(joined(...sent, ...answered));
        expect(decoded.frames.map(({ dump }) => dump.hex)).toEqual([...sent, ...answered].map(hexOf));
        expect(decoded.frames.flatMap(({ dump }) => dump.violations)).toEqual([]);
        expect(decoded).toMatchObject({ http: undefined, incomplete: undefined });
      }),
    );
  });

  it('explains any bytes: what it shows tiles them to the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { frames, http } = decodeFrames(bytes);
        let end = http?.byteLength ?? 0;
        for (const { offset, dump } of frames) {
          expect(offset).toBe(end);
          end += dump.byteLength;
        }
        expect(end).toBeGreaterThanOrEqual(bytes.length);
      }),
    );
  });

  it.each(vectors.frames)('decodes "$name"', ({ hex, name }) => {
    const { frames, incomplete } = decodeFrames(bytesOf(hex));
    expect(frames.map(({ dump }) => dump.hex)).toEqual([hex]);
    expect(incomplete === undefined).toBe(!name.endsWith('header only'));
  });

  it('holds a frame to its sender where that is told', () => {
    expect(violationsOf('810548656c6c6f', 'client')).toEqual(['unmasked-client-frame']);
    expect(violationsOf('818537fa213d7f9f4d5158', 'server')).toEqual(['masked-server-frame']);
    expect(violationsOf('810548656c6c6f818537fa213d7f9f4d5158')).toEqual([]);
  });

  it.each([
    ['81', 'The frame at byte 1 ends within its header: only 1 byte of at least 2 is there.'],
    ['810081fe', 'The frame at byte 3 ends within its header: only 2 bytes of 8 are there.'],
    ['810548', 'The frame at byte 1 should have 7 bytes, but only 3 bytes of it are there.'],
    ['c10548', 'The frame at byte 1 should have 7 bytes, but only 3 bytes of it are there.'],
  ])('says what %s lacks', (hex, sentence) => {
    expect(decodeFrames(bytesOf(hex)).incomplete?.sentence).toBe(sentence);
  });

  it.each([
    ['request', EXAMPLE_REQUEST, '"GET"'],
    ['response', EXAMPLE_RESPONSE, '"HTTP"'],
  ])('knows an HTTP %s, and decodes the frames behind it', (kind, head, opening) => {
    const { http, frames } = decodeFrames(joined(encodeText(head), bytesOf('8100')));
    expect(http).toMatchObject({ kind, byteLength: head.length });
    expect(http?.sentence).toContain(opening);
    expect(frames).toMatchObject([{ offset: head.length, dump: { hex: '8100' } }]);
  });

  it('takes all for HTTP where its head does not end', () => {
    expect(decodeFrames(encodeText('HTTP/1.1 200 OK\r\n'))).toMatchObject({
      http: { byteLength: 17, sentence: expect.stringContaining('does not end') },
      frames: [],
      incomplete: undefined,
    });
  });
});

describe('framesIn', () => {
  it('gives the frames that decodeFrames gives, in pieces of any length', () => {
    const senders = fc.constantFrom<'client' | 'server' | undefined>('client', 'server', undefined);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.tuple(arbitraryClientFrames, arbitraryServerFrames).map((frames) => joined(...frames.flat())),
        ),
        senders,
        fc.integer({ min: 1, max: 50 }),
        (bytes, sender, pieceLength) => {
          const { http, frames } = decodeFrames(bytes, sender);
          expect([...framesIn(bytes, { http, sender, pieceLength })]).toEqual(frames);
        },
      ),
    );
  });

  it('explains no more frames than are asked for', () => {
    const bytes = new Uint8Array(2_000_000).map((_, i) => (i % 2 === 0 ? 0x8a : 0));
    let explained = 0;
    const explain: ExplainFrame = ({ offset, violations }) => {
      explained++;
      return { offset, violations, dump: dumpFrame(bytes.subarray(0, 2)) };
    };
    const [first] = framesIn(bytes, { http: undefined, sender: undefined, explain });
    expect(first?.offset).toBe(0);
    expect(explained).toBeLessThan(5000);
  });
});
