import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { encodeText } from '../../text/utf8.ts';
import { formatDecodeHash, parseDecodeHash } from '../base/address/decode-address.ts';
import { MAX_LISTED_FRAMES } from './decoded.ts';
import { inflateOpened } from './inflate-opened.ts';
import { decodedFile, initialDecodeState, presentDecoded, reduceDecode, shownConnection } from './model.ts';
import { FileSource } from './reading/read-source.ts';

const HELLO = { text: '818537fa213d7f9f4d5158', sender: 'client', limits: {} } as const;
const present = (text: string, sender: 'client' | 'server' | 'either' = 'either') =>
  presentDecoded(initialDecodeState({ text, sender, limits: {} }));
const decodeFile = (bytes: Uint8Array<ArrayBuffer>, sender: 'client' | 'server' | 'either') => {
  const file = new FileSource('a file');
  file.push(bytes);
  return decodedFile(sender, file.end({ text: '', sender, limits: {} }));
};
const brokenRules = (decoded: ReturnType<typeof present>) =>
  decoded.rows.map(({ broken }) => broken.map(({ rule }) => rule));

describe('the address', () => {
  test.each(FRAME_RULES)(
    'of the example of $name opens the frame that breaks it',
    ({ name, example, brokenBy, limits }) => {
      const sender = brokenBy === 'server' ? 'server' : 'client';
      const hash = formatDecodeHash({ text: example, sender, limits: limits ?? {} });
      const decoded = presentDecoded(initialDecodeState(parseDecodeHash(hash ?? '') ?? HELLO));
      expect(brokenRules(decoded)[decoded.opened]).toEqual([name]);
      expect(brokenRules(decoded).flat()).toEqual([name]);
    },
  );

  test('without bytes, or with a limit that is not a number, is read as far as it goes', () => {
    expect(parseDecodeHash('#q=1')).toBeUndefined();
    expect(parseDecodeHash('#f=81&from=me&maxFragments=-1')).toEqual({ text: '81', sender: 'either', limits: {} });
  });

  test('of a row that is longer than a call can have arguments opens on its frames', () => {
    const state = initialDecodeState(parseDecodeHash(`#f=00000000: ${'8a00'.repeat(100_000)}`) ?? HELLO);
    expect(state.problem).toBeUndefined();
    expect(shownConnection(state)?.items).toHaveLength(100_000);
  });

  test.each([']', '[', '}', '{'])('of 150,000 times %s has no bytes, and is read to its end', (bracket) => {
    const state = initialDecodeState(parseDecodeHash(`#f=${bracket.repeat(150_000)}x`) ?? HELLO);
    expect(state.problem?.start).toBe(0);
  });

  test('is not made for a text that is too long', () => {
    expect(formatDecodeHash({ ...HELLO, text: '81'.repeat(2000) })).toBeUndefined();
    expect(present('00'.repeat(1025)).hash).toBeUndefined();
    expect(present('00'.repeat(1024)).hash).toBeDefined();
  });

  test('is plain hex, whatever was pasted, and is gone while the text cannot be read', () => {
    expect(present('00000000: 8105 4865 6c6c 6f  ..Hello').hash).toBe('#f=810548656c6c6f');
    expect(present("b'\\x81\\x05Hello'", 'server').hash).toBe('#from=server&f=810548656c6c6f');
    expect(present('81 xy').hash).toBeUndefined();
    expect(present('').hash).toBeUndefined();
  });
});

describe('the decoder', () => {
  test('says where a text cannot be read, and keeps the frames of the last one that could', () => {
    const decoded = presentDecoded(reduceDecode(initialDecodeState(HELLO), { type: 'type', text: '8185\n37 xy' }));
    expect(decoded.problem?.place).toMatchObject({ line: 2, column: 4, before: '37 ', marked: 'x', after: 'y' });
    expect(decoded.rows).toHaveLength(1);
  });

  test('reports what a sender must not do as soon as the sender is known', () => {
    const either = initialDecodeState({ ...HELLO, sender: 'either' });
    expect(brokenRules(presentDecoded(either))).toEqual([[]]);
    const server = reduceDecode(either, { type: 'from', sender: 'server' });
    expect(brokenRules(presentDecoded(server))).toEqual([['masked-server-frame']]);
  });

  test('says that a frame is cut, and drops a limit with the bytes that it came with', () => {
    const limited = initialDecodeState({ ...HELLO, limits: { maxMessageBytes: 4 } });
    expect(presentDecoded(limited).notes).toEqual(['This receiver accepts messages of at most 4 bytes.']);
    const { notes, rows } = presentDecoded(reduceDecode(limited, { type: 'type', text: HELLO.text.slice(0, 10) }));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('at byte 1');
    expect(rows[0]?.cut).toBe(true);
  });

  test('opens the frame that was picked, and none beyond the last', () => {
    const two = initialDecodeState({ ...HELLO, text: HELLO.text.repeat(2) });
    expect(reduceDecode(two, { type: 'open', index: 1 }).opened).toBe(1);
    expect(reduceDecode(two, { type: 'open', index: 9 }).opened).toBe(1);
  });

  test('goes from one broken frame to the next, and from the last to the first', () => {
    const state = initialDecodeState({ text: '8100c1008100c100', sender: 'server', limits: {} });
    const next = (from: typeof state) => reduceDecode(from, { type: 'openBroken' });
    expect([state.opened, next(state).opened, next(next(state)).opened]).toEqual([1, 3, 1]);
    expect(presentDecoded(state).brokenCount).toBe(2);
  });
});

describe('the rows', () => {
  test('name offset, direction, type, length and what the payload says', () => {
    expect(
      present(`${HELLO.text}8103e4bda0`).rows.map(({ offset, from, type, length, preview }) => [
        offset,
        from,
        type,
        length,
        preview,
      ]),
    ).toEqual([
      [0, 'client', 'text', '5', 'Hello'],
      [11, 'server', 'text', '3', '你'],
    ]);
  });

  test('show the text of each kind of frame in one line', () => {
    const previews = (text: string) => present(text).rows.map(({ type, preview }) => `${type}: ${preview}`);
    expect(previews('8103410a42')).toEqual(['text: A B']);
    expect(previews('880503e8627965')).toEqual(['close: 1000 · normal closure · bye']);
    expect(previews('8202beef8900')).toEqual(['binary: be ef', 'ping: ']);
    expect(previews('01014880016e')).toEqual(['text: H', 'continuation: n']);
    expect(present('010148').rows[0]?.unfinished).toBe(true);
    expect(present('8b00').rows[0]).toMatchObject({ type: 'reserved', broken: [{ rule: 'reserved-control-opcode' }] });
  });

  test('take their direction from the reader, if the reader names one', () => {
    expect(present(HELLO.text, 'server').rows[0]?.from).toBe('server');
    expect(present('8100', 'client').rows[0]?.from).toBe('client');
  });

  test('of a long text show only its beginning', () => {
    const long = Buffer.from(encodeFrame({ opcode: 1, payload: encodeText('é'.repeat(1000)) })).toString('hex');
    const preview = present(long).rows[0]?.preview ?? '';
    expect(preview.length).toBeLessThan(100);
    expect(preview).toMatch(/^é+$/);
  });

  test('of a long capture are listed around the open frame, and around where the reader scrolls', () => {
    const state = initialDecodeState({ text: '8100'.repeat(2000), sender: 'server', limits: {} });
    const listed = (at: typeof state) => presentDecoded(at).rows.map(({ index }) => index);
    expect(listed(state)).toHaveLength(MAX_LISTED_FRAMES);
    const scrolled = reduceDecode(state, { type: 'list', first: 1960 });
    expect(listed(scrolled)).toEqual(Array.from({ length: 40 }, (_, i) => 1960 + i));
    expect(listed(reduceDecode(scrolled, { type: 'open', index: 500 }))).toContain(500);
  });
});

describe('a file', () => {
  const hello = Uint8Array.from([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);

  test('is read as recorded bytes, or as hex if it begins with printable ASCII only', () => {
    const raw = presentDecoded(decodeFile(hello, 'either'));
    expect(raw.rows).toMatchObject([{ from: 'server', type: 'text', length: '5' }]);
    expect(raw.dump?.payload.text).toBe('Hello');
    const hex = new TextEncoder().encode('81 05 48 65\r\n\t6c 6c 6f\n');
    expect(presentDecoded(decodeFile(hex, 'either'))).toEqual({ ...raw, form: 'hex' });
  });

  test('of other text says where, and an empty one holds nothing', () => {
    const { problem } = presentDecoded(decodeFile(new TextEncoder().encode('81 0x'), 'client'));
    expect(problem?.place?.column).toBeGreaterThan(1);
    expect(presentDecoded(decodeFile(new Uint8Array(), 'client'))).toMatchObject({ rows: [], dump: undefined });
  });

  test('is explained only as far as it is shown: what a worker sends stays short', () => {
    const many = new Uint8Array(hello.length * 5000);
    for (let at = 0; at < many.length; at += hello.length) many.set(hello, at);
    many[hello.length * 4000] = 0xc1;
    const state = decodeFile(many, 'server');
    expect(state.opened).toBe(4000);
    expect(presentDecoded(state).rows.map(({ index }) => index)).toContain(4000);
    expect(JSON.stringify(presentDecoded(state)).length).toBeLessThan(100_000);
  });
});

describe('compressed messages', () => {
  // RFC 7692 §7.2.3.2: Hello, and Hello again with a match into the first; a ping between them.
  const hex = 'c107f248cdc9c907008900c105f200110000';
  const state = initialDecodeState({ text: hex, sender: 'server', limits: {} });
  const reads = reduceDecode(state, { type: 'readCompressed', on: true });

  test('are asked about, and read as such when the reader says so', () => {
    expect(presentDecoded(state, inflateOpened)).toMatchObject({ compression: 'asks', brokenCount: 2 });
    expect(presentDecoded(state, inflateOpened).inflated).toBeUndefined();
    const decoded = presentDecoded(reads, inflateOpened);
    expect(decoded).toMatchObject({ compression: 'reads', brokenCount: 0, opened: 0 });
    expect(decoded.inflated).toMatchObject({ text: 'Hello', packedBytes: 7, window: 'unknown' });
    expect(presentDecoded(reduceDecode(reads, { type: 'readCompressed', on: false }))).toMatchObject({
      compression: 'asks',
      brokenCount: 2,
    });
  });

  test('copy from the messages before them', () => {
    const later = presentDecoded(reduceDecode(reads, { type: 'open', index: 2 }), inflateOpened);
    expect(later.inflated).toMatchObject({ text: 'Hello', packedBytes: 5, unknown: [] });
    expect(presentDecoded(reduceDecode(reads, { type: 'open', index: 1 }), inflateOpened).inflated).toBeUndefined();
  });

  test('are read as such at once after a response that agrees on it', () => {
    const head = 'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
    const text = Buffer.from(head).toString('hex') + hex;
    const decoded = presentDecoded(initialDecodeState({ text, sender: 'either', limits: {} }), inflateOpened);
    expect(decoded).toMatchObject({ compression: 'reads', brokenCount: 0, inflated: { window: 'empty' } });
  });

  test('are in the address', () => {
    const { hash = '' } = presentDecoded(reads);
    expect(parseDecodeHash(hash)).toMatchObject({ readsCompressed: true, text: hex });
  });
});
