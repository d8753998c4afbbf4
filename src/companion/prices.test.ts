import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../text/utf8.ts';
import { checkPrice, MAX_REASON_BYTES } from './prices.ts';

test.each([
  ['{"symbol":"ACME","price":12.5}', '{"symbol":"ACME","price":12.5}'],
  [' { "price": -1e3, "symbol": "A" } ', '{"symbol":"A","price":-1000}'],
  // Some readers take the first, others the last: everybody gets one.
  ['{"symbol":"A","price":1,"price":2}', '{"symbol":"A","price":2}'],
])('%s is sent on as %s', (text, sentOn) => {
  expect(checkPrice(text)).toEqual({ text: sentOn });
});

test.each([
  ['', 1007, 'the message is not JSON'],
  ['{"symbol":"ACME",', 1007, 'the message is not JSON'],
  ['[]', 1008, 'the message must be an object with a symbol and a price'],
  ['null', 1008, 'the message must be an object with a symbol and a price'],
  ['12.5', 1008, 'the message must be an object with a symbol and a price'],
  ['{"price":1}', 1008, 'symbol must be there'],
  ['{"symbol":"ACME"}', 1008, 'price must be there'],
  ['{"symbol":"ACME","price":"12.5"}', 1008, 'price must be a number'],
  ['{"symbol":"ACME","price":1e999}', 1008, 'price must be a finite number'],
  ['{"symbol":"acme","price":1}', 1008, 'symbol must be capital letters, A to Z'],
  ['{"symbol":"ACMEACMEA","price":1}', 1008, 'symbol must have at most 8 letters'],
  ['{"symbol":["ACME"],"price":1}', 1008, 'symbol must be a text'],
  ['{"symbol":"ACME","price":1,"note":"<b>"}', 1008, 'note is not a field of a price'],
  ['{"symbol":"ACME","price":1,"__proto__":{}}', 1008, '__proto__ is not a field of a price'],
])('%s is refused with %i: %s', (text, statusCode, reason) => {
  expect(checkPrice(text)).toEqual({ statusCode, reason });
});

test('whatever is sent, a reason fits into a close frame', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.json(), (name, json) => {
      for (const text of [name, json, JSON.stringify({ symbol: 'A', price: 1, [name]: 1 })]) {
        const checked = checkPrice(text);
        if ('reason' in checked) expect(encodeText(checked.reason).length).toBeLessThanOrEqual(MAX_REASON_BYTES);
      }
    }),
  );
});

test('a long name is cut between two characters', () => {
  const checked = checkPrice(JSON.stringify({ symbol: 'A', price: 1, ['ü'.repeat(200)]: 1 }));
  expect(checked).toEqual({ statusCode: 1008, reason: `${'ü'.repeat(60)}…` });
});
