import { expect, test } from 'vitest';
import { readExchange } from './exchange.ts';
import type { PastedPart } from './pasted.ts';

const REQUEST = 'GET /chat HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const RESPONSE = 'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const HELLO = '\x81\x05Hello';
const MASKED = '\x81\x85\0\0\0\0world';

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const exchange = (parts: readonly (Partial<PastedPart> | string)[], options = {}) => {
  const read = readExchange(
    {
      form: 'a test',
      notes: [],
      parts: parts.map((part) =>
        typeof part === 'string' ? { bytes: bytesOf(part) } : { bytes: new Uint8Array(0), ...part },
      ),
    },
    options,
  );
  const frames = [...read.frames].map(({ sender, dump, inflated }) =>
    [
      sender ?? '?',
      inflated === undefined ? (dump.payload.text ?? dump.payload.hex) : Buffer.from(inflated.output).toString(),
    ].join(' '),
  );
  return { ...read, frames };
};

test('bytes without a head: the MASK bit is left to decide', () => {
  const { frames, heads, notes, incomplete } = exchange([HELLO + MASKED]);
  expect(frames).toEqual(['? Hello', '? world']);
  expect([heads, notes, incomplete]).toEqual([[], [], []]);
});

test('one head says who sent what follows, and so does the user', () => {
  expect(exchange([RESPONSE + HELLO]).frames).toEqual(['server Hello']);
  expect(exchange([REQUEST + MASKED]).frames).toEqual(['client world']);
  expect(exchange([HELLO], { sender: 'client' }).frames).toEqual(['client Hello']);
});

test('two heads one after the other, and then the frames of both', () => {
  const { frames, heads, notes } = exchange([REQUEST + RESPONSE + MASKED + HELLO]);
  expect(heads.map(({ firstLine }) => firstLine)).toEqual(['GET /chat HTTP/1.1', 'HTTP/1.1 101 Switching Protocols']);
  expect(frames).toEqual(['? world', '? Hello']);
  expect(notes.join(' ')).not.toContain('wrong');
});

test('two sides are merged in the order in which their frames were complete', () => {
  const parts = [
    { side: 0, bytes: bytesOf(MASKED.slice(0, 4)) },
    { side: 1, bytes: bytesOf(HELLO) },
    { side: 0, bytes: bytesOf(MASKED.slice(4)) },
  ] as const;
  expect(exchange(parts).frames).toEqual(['server Hello', 'client world']);
});

test('an accept that is wrong for its key is said', () => {
  const wrong = RESPONSE.replace('s3pP', 'S3pP');
  expect(exchange([REQUEST + wrong]).notes.join(' ')).toContain('Sec-WebSocket-Accept is wrong for this key.');
});

test('a refusal has a body, and no frames', () => {
  const { frames, notes } = exchange(['HTTP/1.1 400 Bad Request\r\n\r\nno such room']);
  expect(frames).toEqual([]);
  expect(notes.join(' ')).toMatch(/refused the handshake: "400 Bad Request".*"no such room"/);
});

test('a response inside the frames is named, and nothing after it is read', () => {
  const { frames, notes } = exchange([`${RESPONSE}${HELLO}HTTP/1.1 400 Bad Request\r\n\r\n`]);
  expect(frames).toEqual(['server Hello']);
  expect(notes.join(' ')).toContain('Two handlers answered');
});

test('a frame that is cut is there, and the sentence says where in all bytes', () => {
  const { frames, incomplete } = exchange([RESPONSE + HELLO.slice(0, 4)]);
  expect(frames).toEqual(['server He']);
  expect(incomplete[0]?.sentence).toContain(`byte ${RESPONSE.length + 1} `);
});

test('after a gap, nothing more of that side is shown', () => {
  const parts = [
    { side: 1, bytes: bytesOf(HELLO) },
    { side: 1, bytes: bytesOf(HELLO), missingBefore: 3 },
    { side: 0, bytes: bytesOf(MASKED) },
  ] as const;
  const { frames, notes } = exchange(parts);
  expect(frames).toEqual(['server Hello', 'client world']);
  expect(notes.join(' ')).toContain('missing');
});

test('compressed messages are inflated if the response or the user says so, and later if the caller wants that', () => {
  const compressed = '\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00';
  const agreed = RESPONSE.replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n');
  expect(exchange([agreed + compressed]).frames).toEqual(['server Hello']);
  expect(exchange([compressed], { readsCompressed: true }).frames).toEqual(['? Hello']);
  const later = exchange([agreed + compressed], { inflatesLater: true });
  expect([later.isCompressed, later.frames]).toEqual([true, ['server f248cdc9c90700']]);
  expect(exchange([compressed]).isCompressed).toBe(false);
});

test('the limits of a receiver are kept', () => {
  const limited = readExchange(
    { form: '', parts: [{ bytes: bytesOf(HELLO) }], notes: [] },
    { limits: { maxMessageBytes: 4, maxFragments: 10 } },
  );
  expect([...limited.frames][0]?.violations).toHaveLength(1);
});
