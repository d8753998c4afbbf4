import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FilteredFrame, parseFilter } from './filter.ts';

const frame = (text: string | undefined, more: Partial<FilteredFrame> = {}): FilteredFrame => ({
  direction: 'in',
  opcode: 1,
  payloadLength: text?.length ?? 0,
  brokenRules: [],
  text: () => text,
  ...more,
});

const passes = (words: string, given: FilteredFrame): boolean => {
  const filter = parseFilter(words);
  if ('problem' in filter) throw new Error(filter.problem);
  return filter.passes(given);
};

const TICK = '{"type":"tick","data":[{"price":101.5,"a b":null}],"n":0}';

describe('a word applies, and its negation does not', () => {
  test.each([
    ['in', frame('x')],
    ['out', frame('x', { direction: 'out' })],
    ['text', frame('x')],
    ['opcode=11', frame(undefined, { opcode: 11 })],
    ['size=1', frame('x')],
    ['size>0', frame('x')],
    ['size<2', frame('x')],
    ['broken', frame('x', { brokenRules: ['mask-missing'] })],
    ['rule=mask-missing', frame('x', { brokenRules: ['mask-missing'] })],
    ['text~two', frame('one two')],
    ['text~"one two"', frame('one two')],
    ['text~/^one two$/', frame('one two')],
    ['text~/ONE, T/i', frame('one, two')],
    ['$', frame('5')],
    ['$.type', frame(TICK)],
    ['$.type=tick', frame(TICK)],
    ['$.type="tick"', frame(TICK)],
    ['$.type~ic', frame(TICK)],
    ['$.type~/^t.*k$/', frame(TICK)],
    ['$.data[0].price>101', frame(TICK)],
    ['$.data[*].price<102', frame(TICK)],
    ['$.data[0]["a b"]=null', frame(TICK)],
    ['$.n=0', frame(TICK)],
    ['$.*=tick', frame(TICK)],
  ])('%s', (words, given) => {
    expect(passes(words, given)).toBe(true);
    expect(passes(`!${words}`, given)).toBe(false);
  });
});

test.each([
  ['$.nothing', TICK],
  ['$.type=tock', TICK],
  ['$.toString', TICK],
  ['$.data[1]', TICK],
  ['$.a', 'no JSON'],
  ['$.length', '"a text"'],
])('%s does not apply to %s', (words, text) => expect(passes(words, frame(text))).toBe(false));

test('every word must apply, and the text is read only if the header fits', () => {
  let read = 0;
  const counted = frame('x', {
    text() {
      read++;
      return 'x';
    },
  });
  expect(passes('text~x out', counted)).toBe(false);
  expect(read).toBe(0);
  expect(passes('text~x, in & size<9', counted)).toBe(true);
  expect(read).toBe(1);
});

test.each([
  ['in  nonsense', 5, 'does not know "nonsense"'],
  ['in text~/(/', 4, 'is not a regular expression'],
  ['text~/a/g', 1, 'letters i, m and s'],
  ['out, $.a[x]', 6, 'no step of a JSON path'],
  ['$.a>b', 1, 'no number'],
  ['size>x', 1, 'does not know'],
])('%s is wrong from character %i on', (words, column, problem) => {
  expect(parseFilter(words)).toEqual({ column, problem: expect.stringContaining(problem) });
});

test('whatever is typed is a filter or a problem within it, and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (words) => {
      const filter = parseFilter(words);
      if (!('problem' in filter)) {
        filter.passes(frame(TICK));
        return;
      }
      expect(filter.column).toBeGreaterThan(0);
      expect(filter.column).toBeLessThanOrEqual(words.length);
    }),
  );
});

test('a value of JSON is found by its own path', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(3), fc.string()), { maxLength: 5 }), (steps) => {
      const value = steps.reduceRight<unknown>(
        (inner, step) => (typeof step === 'number' ? [...Array<number>(step).fill(0), inner] : { [step]: inner }),
        'found',
      );
      const path = steps.map((step) => `[${JSON.stringify(step)}]`).join('');
      expect(passes(`$${path}=found`, frame(JSON.stringify(value)))).toBe(true);
    }),
  );
});
