import { expect, test } from 'vitest';
import { bytesOfHex, formatHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { HpackDecoder } from '../inspector/formats/captures/http2/hpack.ts';
import { type DraftField, encodeHpackField, encodeQpackField } from './hpack.ts';
import { END_HEADERS, HTTP_FRAME, http2FrameHead, http3FrameHead } from './http-frames.ts';

const FIELDS: readonly DraftField[] = [
  [':method', 'CONNECT'],
  [':protocol', 'websocket'],
  [':scheme', 'https'],
  [':path', '/'],
  [':path', '/echo'],
  [':authority', 'localhost:8080'],
  [':status', '200'],
  ['sec-websocket-version', '13'],
  ['origin', `https://${'long-'.repeat(60)}example.org`],
];

test('what is written for HTTP/2 is what a decoder of HPACK reads', () => {
  const block = joinBytes(FIELDS.map((field) => encodeHpackField(field).bytes));
  expect(new HpackDecoder().decode(block)).toEqual(FIELDS);
});

test('fields of RFC 7541 appendix C.2.2 and C.4.3', () => {
  expect(formatHex(encodeHpackField([':path', '/sample/path']).bytes)).toBe('040c2f73616d706c652f70617468');
  expect(formatHex(encodeHpackField([':scheme', 'https']).bytes)).toBe('87');
});

test('the field of RFC 9204 appendix B.1, and others by their numbers in appendix A', () => {
  expect(formatHex(encodeQpackField([':path', '/index.html']).bytes)).toBe('510b2f696e6465782e68746d6c');
  expect(formatHex(encodeQpackField([':method', 'CONNECT']).bytes)).toBe('cf');
  expect(formatHex(encodeQpackField([':scheme', 'https']).bytes)).toBe('d7');
  expect(formatHex(encodeQpackField([':status', '200']).bytes)).toBe('d9');
  // 90 does not fit in four bits: 15, and 75 in the byte after it.
  expect(formatHex(encodeQpackField(['origin', 'a']).bytes)).toBe('5f4b0161');
  // Neither does the length of this name in three: 7, and 2.
  expect(formatHex(encodeQpackField([':protocol', 'websocket']).bytes)).toBe(
    '27023a70726f746f636f6c09776562736f636b6574',
  );
});

test('the heads of frames', () => {
  expect(http2FrameHead(HTTP_FRAME.headers, END_HEADERS, 3, 0x012345)).toEqual(bytesOfHex('012345010400000003'));
  expect(http3FrameHead(HTTP_FRAME.data, 11)).toEqual(bytesOfHex('000b'));
  expect(http3FrameHead(HTTP_FRAME.headers, 63)).toEqual(bytesOfHex('013f'));
  expect(http3FrameHead(HTTP_FRAME.headers, 64)).toEqual(bytesOfHex('014040'));
  // The examples of RFC 9000 appendix A.1.
  expect(http3FrameHead(HTTP_FRAME.data, 15_293)).toEqual(bytesOfHex('007bbd'));
  expect(http3FrameHead(HTTP_FRAME.data, 494_878_333)).toEqual(bytesOfHex('009d7f3e7d'));
  expect(() => http3FrameHead(HTTP_FRAME.data, 2 ** 30)).toThrow(RangeError);
});
