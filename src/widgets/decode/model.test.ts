import { describe, expect, test } from 'vitest';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { formatDecodeHash, parseDecodeHash } from '../base/address/decode-address.ts';
import { decodeFile, initialDecodeState, presentDecoded, presentNotes, presentRows, reduceDecode } from './model.ts';

const HELLO = { text: '818537fa213d7f9f4d5158', sender: 'client', limits: {} } as const;

describe('the address', () => {
  test.each(FRAME_RULES)(
    'of the example of $name opens on that very violation',
    ({ name, example, brokenBy, limits }) => {
      const sender = brokenBy === 'server' ? 'server' : 'client';
      const hash = formatDecodeHash({ text: example, sender, limits: limits ?? {} });
      const state = initialDecodeState(parseDecodeHash(hash ?? '') ?? HELLO);
      expect(presentRows(state)[state.opened]?.broken).toEqual([name]);
      expect(presentRows(state).flatMap(({ broken }) => broken)).toEqual([name]);
    },
  );

  test('names no bytes, or a limit that is none', () => {
    expect(parseDecodeHash('#q=1')).toBeUndefined();
    expect(parseDecodeHash('#f=81&from=me&maxFragments=-1')).toEqual({ text: '81', sender: 'either', limits: {} });
  });

  test('of a row that is longer than a call can have arguments opens on its frames', () => {
    const state = initialDecodeState(parseDecodeHash(`#f=00000000: ${'8a00'.repeat(100_000)}`) ?? HELLO);
    expect(state.problem).toBeUndefined();
    expect(state.stream.frames).toHaveLength(100_000);
  });

  test.each([']', '[', '}', '{'])('of 150,000 times %s is no address of bytes, and is read to its end', (bracket) => {
    const state = initialDecodeState(parseDecodeHash(`#f=${bracket.repeat(150_000)}x`) ?? HELLO);
    expect(state.problem?.sentence).toContain(`"${bracket}" is not a hex digit`);
  });

  test('is not made of a text that is too long for one', () => {
    expect(formatDecodeHash({ ...HELLO, text: '81'.repeat(2000) })).toBeUndefined();
  });
});

describe('the decoder', () => {
  test('keeps the frames of the last readable text beside what is wrong with this one', () => {
    const state = reduceDecode(initialDecodeState(HELLO), { type: 'type', text: '8185 xy' });
    expect(state.problem?.sentence).toContain('x');
    expect(presentRows(state)).toHaveLength(1);
  });

  test('says what a sender may not do as soon as the sender is known', () => {
    const either = initialDecodeState({ ...HELLO, sender: 'either' });
    expect(presentRows(either)[0]?.broken).toEqual([]);
    const server = reduceDecode(either, { type: 'from', sender: 'server' });
    expect(presentRows(server)[0]?.broken).toEqual(['masked-server-frame']);
  });

  test('says that a frame is cut, and drops a limit with the bytes that it belonged to', () => {
    const limited = initialDecodeState({ ...HELLO, limits: { maxMessageBytes: 4 } });
    expect(presentNotes(limited)).toEqual(['The receiver takes messages of at most 4 bytes.']);
    const typed = reduceDecode(limited, { type: 'type', text: HELLO.text.slice(0, 10) });
    expect(presentNotes(typed)).toHaveLength(1);
    expect(presentNotes(typed)[0]).toContain('at byte 1');
  });

  test('opens the frame that was picked, and no other than there are', () => {
    const two = initialDecodeState({ ...HELLO, text: HELLO.text.repeat(2) });
    expect(reduceDecode(two, { type: 'open', index: 1 }).opened).toBe(1);
    expect(reduceDecode(two, { type: 'open', index: 9 }).opened).toBe(1);
  });
});

describe('a file', () => {
  const hello = Uint8Array.from([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);

  test('is taken as it was recorded, or as hex where it begins with nothing but printable ASCII', () => {
    const said = ['text, unmasked, 5 bytes, final'];
    const raw = presentDecoded(decodeFile(hello, 'either'));
    expect(raw.rows.map(({ sentence }) => sentence)).toEqual(said);
    expect(raw.dump?.payload.text).toBe('Hello');
    const hex = new TextEncoder().encode('81 05 48 65\r\n\t6c 6c 6f\n');
    expect(presentDecoded(decodeFile(hex, 'either'))).toEqual(raw);
  });

  test('of text that is no hex says where, and an empty one holds nothing', () => {
    expect(presentDecoded(decodeFile(new TextEncoder().encode('81 0x'), 'client')).problem?.start).toBeGreaterThan(0);
    expect(presentDecoded(decodeFile(new Uint8Array(), 'client'))).toMatchObject({ rows: [], dump: undefined });
  });

  test('is explained no further than it is shown: what is sent on stays short', () => {
    const many = new Uint8Array(hello.length * 5000);
    for (let at = 0; at < many.length; at += hello.length) many.set(hello, at);
    many[hello.length * 4000] = 0xc1;
    const state = decodeFile(many, 'server');
    expect(state.opened).toBe(4000);
    expect(JSON.stringify(presentDecoded(state)).length).toBeLessThan(100_000);
  });
});
