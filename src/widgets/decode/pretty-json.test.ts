import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from './pretty-json.ts';

test('a JSON object or array is indented, its numbers and strings as they were sent', () => {
  expect(prettyJson('{"type":"subscribe","ids":[1,2.50],"none":{}, "text":"a, [b]: \\"c\\""}')).toBe(`{
  "type": "subscribe",
  "ids": [
    1,
    2.50
  ],
  "none": {},
  "text": "a, [b]: \\"c\\""
}`);
  expect(prettyJson('[12345678901234567890]')).toBe('[\n  12345678901234567890\n]');
});

test('whatever JSON it is, the value stays the same', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (value) => {
      expect(JSON.parse(prettyJson(JSON.stringify(value)) ?? 'null')).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each(['Hello', '42', '"text"', '{"cut":', '{a: 1}', ''])('%j is not shown as JSON', (text) => {
  expect(prettyJson(text)).toBeUndefined();
});

test('JSON nested deeper than anybody reads is left as it is', () => {
  expect(prettyJson('['.repeat(20_000) + ']'.repeat(20_000))).toBeUndefined();
});
