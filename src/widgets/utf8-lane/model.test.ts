import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText, Utf8Checker } from '../../text/utf8.ts';
import { laneOfParameters, parametersOfLane } from './address.ts';
import { LANE_EXAMPLES } from './examples.ts';
import { EXAMPLE_LANE, MAX_LANE_BYTES, presentLane, reduceLane, withBytes } from './model.ts';

const example = (name: string, cut = 0, by: 'fragment' | 'read' = 'fragment') =>
  presentLane(withBytes(LANE_EXAMPLES.find((each) => each.name === name)?.bytes ?? new Uint8Array(0), cut, by));

test('the worked example: a euro sign cut by a fragment is no fault', () => {
  const { cells, pieces, tone, verdict } = presentLane(EXAMPLE_LANE);
  expect(tone).toBe('ok');
  expect(verdict).toContain('10 bytes, 4 characters: U+0061 U+00FC U+20AC U+1F600');
  expect(cells.map(({ role }) => role)).toEqual([
    ...['1 of 1', '1 of 2', '2 of 2', '1 of 3', '2 of 3', '3 of 3'],
    ...['1 of 4', '2 of 4', '3 of 4', '4 of 4'],
  ]);
  expect(cells.findIndex(({ cutBefore }) => cutBefore)).toBe(4);
  expect(pieces.map(({ title, tone: each }) => [title, each])).toEqual([
    ['First fragment', 'ok'],
    ['Second fragment', 'ok'],
  ]);
  expect(pieces[0]?.verdict).toContain('A character is open');
  expect(pieces.map(({ alone }) => alone)).toEqual(['“aü\ufffd”', '“\ufffd\ufffd😀”']);
});

test('any text may be cut anywhere, by fragments and by reads; any other bytes fail, however they are cut', () => {
  const bytes = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }).map(encodeText),
    fc.uint8Array({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(bytes, fc.nat(20), fc.constantFrom('fragment' as const, 'read' as const), (text, cut, by) => {
      const checker = new Utf8Checker();
      const valid = checker.push(text.subarray(0, MAX_LANE_BYTES)) === -1 && checker.atCharacterBoundary;
      expect(presentLane(withBytes(text, cut, by)).tone).toBe(valid ? 'ok' : 'danger');
    }),
  );
});

test('a wrong byte fails at once, before the second fragment has come', () => {
  const { pieces, verdict, said } = example('latin-1', 4);
  expect(pieces[0]).toMatchObject({ tone: 'danger', verdict: expect.stringContaining('before the rest arrives') });
  expect(pieces[1]).toMatchObject({ tone: 'none', verdict: expect.stringContaining('Never read') });
  expect(verdict).toMatch(/^Byte 3, hex fc, is not allowed here.*1007/);
  expect(said).toMatch(/^byte 3 of 5, hex fc: never in UTF-8.*allowed here: 00 to 7f, c2 to f4$/);
});

test('a text that ends inside a character is told only by its FIN', () => {
  const { verdict, pieces } = example('cut', 2);
  expect(verdict).toMatch(/^The text ends inside a character.*1007/);
  expect(pieces.map(({ tone }) => tone)).toEqual(['ok', 'danger']);
});

test.each(LANE_EXAMPLES.map(({ name }) => name))(
  '%s: a broken example is broken once, and says by which rule',
  (name) => {
    const { tone, verdict, cells } = example(name);
    expect(tone).toBe(['lengths', 'bom'].includes(name) ? 'ok' : 'danger');
    if (tone === 'danger') expect(verdict).toContain('1007');
    expect(cells.filter(({ role }) => role === 'wrong').length).toBe(tone === 'ok' || name === 'cut' ? 0 : 1);
  },
);

test('U+FEFF is a character of the text', () => {
  expect(example('bom').verdict).toContain('3 characters: U+FEFF U+0048 U+0069. “\\u{feff}Hi”');
});

test('the bits that mark a byte are apart from those of its character', () => {
  expect(
    example('lengths')
      .cells.map(({ marker, rest }) => `${marker}|${rest}`)
      .slice(0, 4),
  ).toEqual(['0|1100001', '110|00011', '10|111100', '1110|0010']);
  expect(example('never').cells[1]?.marker).toBe('11111111');
});

test('the state goes through the address and comes back', () => {
  const state = withBytes(encodeText('ü€'), 3, 'read');
  expect(laneOfParameters(new URLSearchParams(parametersOfLane(state)))).toEqual(state);
  expect(laneOfParameters(new URLSearchParams('check=1'))).toBeUndefined();
  expect(laneOfParameters(new URLSearchParams('utf8=xyz'))?.problem).toContain('not in hex');
  expect(laneOfParameters(new URLSearchParams('utf8=6161&utf8-cut=nonsense'))?.cut).toBe(0);
});

test('a problem keeps the bytes; other bytes keep the cut as far as it fits', () => {
  const wrong = reduceLane(EXAMPLE_LANE, { type: 'problem', typed: '6', problem: 'half a byte' });
  expect([wrong.problem, wrong.bytes]).toEqual(['half a byte', EXAMPLE_LANE.bytes]);
  const short = reduceLane(wrong, { type: 'bytes', bytes: encodeText('ab') });
  expect([short.problem, short.cut, short.typed]).toEqual([undefined, 1, '61 62']);
  expect(reduceLane(short, { type: 'cut', cut: 9 }).cut).toBe(1);
  expect(reduceLane(short, { type: 'bytes', bytes: new Uint8Array(0) })).toMatchObject({ cut: 0, picked: 0 });
  expect(reduceLane(short, { type: 'bytes', bytes: new Uint8Array(99) }).problem).toContain('99 bytes');
});

test('a character that cannot be seen is an escape in its cell too', () => {
  const shown = example('bom').cells.filter(({ character }) => character !== '');
  expect(shown.map(({ character, escaped }) => [character, escaped])).toEqual([
    ['\\u{feff}', true],
    ['H', false],
    ['i', false],
  ]);
});
