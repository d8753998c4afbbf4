import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFrame, arbitraryHeader } from '../../tests/arbitrary-frames.ts';
import { ConnectionObserver } from '../inspector/wire/observer.ts';
import type { WireMessage } from '../inspector/wire/wire.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../text/utf8.ts';
import { parseWireMessage } from './parse-wire-message.ts';

function observe(chunks: readonly Uint8Array[]): WireMessage[] {
  const observer = new ConnectionObserver({ connection: 1, path: '/echo', remote: '127.0.0.1:5' });
  return [
    ...observer.open(0),
    ...observer.chunk('in', encodeText(EXAMPLE_REQUEST), 0.5),
    ...observer.chunk('out', encodeText(EXAMPLE_RESPONSE), 1),
    ...chunks.flatMap((bytes) => observer.chunk('in', bytes, 2)),
    ...observer.close(3, { closeCode: 1006, reason: 'x', clean: false }),
    { type: 'dropped', connection: 1, messages: 3 },
  ];
}

const FRAME = {
  type: 'frame',
  connection: 1,
  direction: 'in',
  timeMs: 1,
  offset: 0,
  byteLength: 2,
  hex: '8100',
  truncated: false,
  opcode: 1,
  fin: true,
  masked: false,
  payloadLength: 0,
  fields: [{ name: 'FIN', bit: 0, bits: 1, value: 1, meaning: 'x', section: '5.2' }],
  payload: { hex: '' },
  violations: [],
};

const ADDED_BY_SCHEMA_2 = ['opcode', 'fin', 'masked', 'payloadLength'];

describe('parseWireMessage', () => {
  it('reads whatever an observer says as it was said', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(arbitraryFrame, arbitraryHeader), { maxLength: 5 }), (chunks) => {
        for (const message of observe(chunks)) {
          expect(parseWireMessage(JSON.stringify(message))).toEqual({ message });
        }
      }),
    );
  });

  it('reads a frame of schema 1, and adds to it what schema 2 has', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(arbitraryFrame, arbitraryHeader), { maxLength: 3 }), (chunks) => {
        for (const message of observe(chunks)) {
          const old = message.type === 'open' ? { ...message, schema: 1 as const } : message;
          const text = JSON.stringify(old, (key, value) => (ADDED_BY_SCHEMA_2.includes(key) ? undefined : value));
          expect(parseWireMessage(text)).toEqual({ message: old });
        }
      }),
    );
  });

  it('lets keys be that it does not know', () => {
    const message = { type: 'dropped', connection: 1, messages: 3, since: 'later' };
    expect(parseWireMessage(JSON.stringify(message))).toEqual({ message });
  });

  it('answers any JSON, and any text, without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect('problem' in parseWireMessage(text)).toBe(true);
      }),
    );
    const deep = `{"type":"close","reason":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect('problem' in parseWireMessage(deep)).toBe(true);
  });

  it('notices whatever one key of a frame should not be', () => {
    const keys = Object.keys(FRAME).filter((key) => key !== 'type');
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.constantFrom(null, -1, 'zz', {}, [[]], undefined), (key, value) => {
        fc.pre(value !== undefined || !ADDED_BY_SCHEMA_2.includes(key));
        const result = parseWireMessage(JSON.stringify({ ...FRAME, [key]: value }));
        expect(result).toMatchObject({ problem: expect.stringContaining(`message.${key}`) });
      }),
    );
    expect(parseWireMessage(JSON.stringify(FRAME))).toEqual({ message: FRAME });
  });

  it.each([
    ['{', 'the message is not JSON'],
    ['[]', 'message.type is missing: it must be one of open, chunk, handshake, frame, close, dropped, gap'],
    [
      '{"type":"toString"}',
      'message.type is "toString": it must be one of open, chunk, handshake, frame, close, dropped, gap',
    ],
    ['{"type":"open","schema":3}', 'message.schema is 3: it must be 1 or 2'],
    [JSON.stringify({ ...FRAME, opcode: 16 }), 'message.opcode is 16: it must be an integer from 0 to 15'],
    [JSON.stringify({ ...FRAME, direction: 'up' }), 'message.direction is "up": it must be "in" or "out"'],
    [
      JSON.stringify({ ...FRAME, fields: [{ ...FRAME.fields[0], name: 'fin' }] }),
      expect.stringMatching(/^message\.fields\[0\]\.name is "fin": it must be "FIN" or /),
    ],
    [JSON.stringify({ ...FRAME, hex: '8' }), 'message.hex is "8": it must be hex, two digits a byte'],
    [JSON.stringify({ ...FRAME, payload: { hex: '', text: 1 } }), 'message.payload.text is 1: it must be a text'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(parseWireMessage(text)).toEqual({ problem });
  });
});
