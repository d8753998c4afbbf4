import { describe, expect, test } from 'vitest';
import { dumpFrame } from '../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { encodeText } from '../../text/utf8.ts';
import { presentPayload } from './payload.ts';

const ofHex = (hex: string) => presentPayload(dumpFrame(Uint8Array.from(Buffer.from(hex, 'hex'))));
const ofText = (text: string, maskingKey?: number) =>
  presentPayload(dumpFrame(encodeFrame({ opcode: 1, payload: encodeText(text), maskingKey }).slice()));

describe('the payload', () => {
  test('of a masked text is its text', () => {
    expect(ofText('Grüße, 世界', 0x37fa213d)).toMatchObject({ kind: 'text', text: 'Grüße, 世界', pretty: undefined });
  });

  test('that is JSON can be read indented too', () => {
    expect(ofText('{"type":"subscribe"}', 1)).toMatchObject({
      kind: 'text',
      text: '{"type":"subscribe"}',
      pretty: '{\n  "type": "subscribe"\n}',
    });
  });

  test('of a binary frame is its bytes', () => {
    const payload = ofHex('8203deadbe');
    expect(payload).toMatchObject({ kind: 'bytes', notes: [] });
    expect(payload.kind === 'bytes' && payload.bytes).toEqual(Uint8Array.of(0xde, 0xad, 0xbe));
  });

  test('of a close frame is its code, what it means, and the reason', () => {
    expect(ofHex('880503e8627965')).toMatchObject({ kind: 'close', code: 1000, name: 'normal closure', reason: 'bye' });
    expect(ofHex('880203ea')).toMatchObject({ kind: 'close', code: 1002, reason: '' });
    expect(ofHex('8800')).toMatchObject({ kind: 'empty', notes: ['This close frame has no status code.'] });
    expect(ofHex('880103')).toMatchObject({ kind: 'bytes' });
  });

  test('of a ping is text if it is text', () => {
    expect(ofHex('89026869')).toMatchObject({ kind: 'text', text: 'hi' });
    expect(ofHex('8902ff00')).toMatchObject({ kind: 'bytes' });
  });

  test('of a frame with RSV1 set is probably compressed, and that is said', () => {
    const { kind, notes } = ofHex('c107f248cdc9c90700');
    expect(kind).toBe('bytes');
    expect(notes[0]).toMatch(/^RSV1 is set: probably permessage-deflate/);
  });

  test('of a text that is not UTF-8 is shown as bytes, with the reason', () => {
    expect(ofHex('810348ff69')).toMatchObject({
      kind: 'bytes',
      notes: ['These bytes are not valid UTF-8, so they cannot be shown as text.'],
    });
  });

  test('of a fragment that ends inside a character is shown as bytes, with the reason', () => {
    expect(ofHex('010247c3').notes).toEqual([
      'This fragment begins or ends inside a character, so it is shown as bytes.',
    ]);
  });

  test('that has not all arrived says how much is here', () => {
    expect(ofHex('81054865').notes).toEqual(['2 bytes of 5 are here.']);
    expect(ofHex('8105').notes).toEqual(['0 bytes of 5 are here.']);
  });

  test('is empty', () => {
    expect(ofHex('8100')).toMatchObject({ kind: 'empty', notes: [] });
  });
});
