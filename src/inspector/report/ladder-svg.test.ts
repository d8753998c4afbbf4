import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeText } from '../../text/utf8.ts';
import { dumpFrame } from '../frame/frame-dump.ts';
import type { Direction, WireMessage } from '../wire/wire.ts';
import { formatLadderSvg } from './ladder-svg.ts';

const frame = (timeMs: number, direction: Direction, opcode: number, payload: Uint8Array): WireMessage => {
  const bytes = encodeFrame({ opcode, payload, ...(direction === 'in' && { maskingKey: 0 }) });
  return { type: 'frame', connection: 1, direction, timeMs, offset: 0, ...dumpFrame(bytes) };
};
const open: WireMessage = { type: 'open', schema: 2, connection: 1, timeMs: 0, path: '/chat', remote: '' };
const head: WireMessage = {
  ...{ type: 'handshake', connection: 1, direction: 'in', timeMs: 1, offset: 0, byteLength: 0 },
  hex: hexOf(encodeText('GET /chat HTTP/1.1\r\n\r\n')),
};

/** The texts of the drawing, in order. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);

describe('a ladder', () => {
  test('has a rung for each head, frame and end, with its time, and the silence between them', () => {
    const svg = formatLadderSvg(
      [
        open,
        head,
        frame(20, 'in', 1, encodeText('Hello')),
        frame(61_020, 'out', 8, new Uint8Array([3, 233, 98, 121, 101])),
        { type: 'close', connection: 1, timeMs: 61_021, closeCode: 1006, reason: '', clean: false },
      ],
      undefined,
    );
    expect(textsOf(svg)).toEqual([
      'client',
      'server',
      '1.0 ms',
      'GET /chat HTTP/1.1',
      '20.0 ms',
      'text, masked, 5 bytes, final: Hello',
      '… 61.0 s of silence …',
      '61020.0 ms',
      'close, unmasked, 5 bytes, final: 1001: bye',
      '61021.0 ms',
      'closed with 1006, not clean',
    ]);
  });

  test('of a long connection has its beginning and its end', () => {
    const frames = Array.from({ length: 500 }, (_, index) => frame(index, 'in', 1, encodeText(`no. ${index}`)));
    const texts = textsOf(formatLadderSvg(frames, undefined)).join('\n');
    expect(texts).toContain('no. 39');
    expect(texts).toContain('… 420 more …');
    expect(texts).toContain('no. 460');
    expect(texts).not.toContain('no. 40\n');
  });

  test('marks a frame that breaks a rule', () => {
    const bytes = Uint8Array.of(0x83, 0);
    const violations = [{ rule: 'reserved-opcode', section: '5.2', statusCode: 1002, start: 0, end: 1 }] as const;
    const broken: WireMessage = {
      ...{ type: 'frame', connection: 1, direction: 'out', timeMs: 0, offset: 0 },
      ...dumpFrame(bytes, { violations: violations as never }),
    };
    const svg = formatLadderSvg([broken], undefined);
    expect(svg).toContain('class="out broken"');
    expect(svg).toContain('✗ reserved-opcode');
  });

  test('whatever the peer sends, it stays text of one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const svg = formatLadderSvg([{ ...open, path: text }, frame(0, 'in', 1, encodeText(text))], undefined);
        expect(svg.split('\n')).toHaveLength(
          formatLadderSvg([open, frame(0, 'in', 1, encodeText('a'))], undefined).split('\n').length,
        );
        expect(svg).toMatch(/^[\n\x20-\ud7ff\ue000-\u{10ffff}]*$/u);
        expect(svg.match(/<[a-z/]+/g)).toEqual(
          formatLadderSvg([open, frame(0, 'in', 1, encodeText('a'))], undefined).match(/<[a-z/]+/g),
        );
      }),
    );
  });
});
