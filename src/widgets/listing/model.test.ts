import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INITIAL_LISTING, type ListingAction, parseCaseNumber, presentListing, reduceListing } from './model.ts';
import { LISTING_WORDS } from './words.ts';

const after = (...actions: readonly ListingAction[]) =>
  presentListing(actions.reduce(reduceListing, INITIAL_LISTING), LISTING_WORDS);

test('nothing is run before the reader has predicted, and the first prediction counts', () => {
  expect(after().run).toBeUndefined();
  expect(after().verdict).toBe('');
  const view = after({ type: 'pick', option: 0 }, { type: 'pick', option: 1 });
  expect(view.verdict).toBe('No. The answer is: an empty message.');
  expect(view.score).toBe('0 of 1 prediction right. 21 to go.');
  expect(view.run?.listing.did[0]).toBe('hands its handler an empty message');
  expect(after({ type: 'pick', option: 1 }).verdict).toBe('Right.');
});

test('what was predicted stays when another case is opened, and inputs start again', () => {
  const view = after(
    { type: 'pick', option: 1 },
    { type: 'open', number: 3 },
    { type: 'variant', variant: 1 },
    { type: 'open', number: 5 },
    { type: 'pick', option: 2 },
  );
  expect(view.score).toBe('1 of 2 predictions right. 20 to go.');
  expect(view.listingCase.number).toBe(5);
  expect(view.text).toBe('81 05 48 65 6c 6c 6f');
});

describe('the reader’s own bytes', () => {
  const edited = (number: number, text: string) =>
    after({ type: 'open', number }, { type: 'pick', option: 0 }, { type: 'edit', text });

  test('each line is a read', () => {
    const one = edited(3, '81 82 00000000 4869 81 81 00000000 21');
    expect(one.run?.listing.did).toEqual(['hands its handler “Hi”']);
    expect(one.run?.ours.did).toEqual(['hands its handler “Hi”', 'hands its handler “!”']);
    const two = edited(3, '81 82 00000000 4869\n81 81 00000000 21');
    expect(two.run?.listing.did).toEqual(two.run?.ours.did);
  });

  test('a request is sent with CR LF and an empty line', () => {
    const { run } = edited(16, 'GET /echo HTTP/1.1\nHost: localhost:8080\nSec-WebSocket-Key: x');
    expect(run?.listing.did[0]).toBe('sets its state to open, for the path /echo');
    expect(run?.ours.did[0]).toMatch(/^answers 426/);
  });

  test('what is no hex is said, and not run', () => {
    const view = edited(4, '81 zz');
    expect(view.run).toBeUndefined();
    expect(view.problem).not.toBe('');
    expect(edited(4, '  ').problem).toBe('Write something.');
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 22 }), fc.string({ maxLength: 80 }), (number, text) => {
        expect(edited(number, text).listingCase.number).toBe(number);
      }),
    );
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const view = edited(1, Buffer.from(bytes).toString('hex'));
        expect(view.run?.listing.pieces.at(-1)?.end).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

test('an address names a case by its number', () => {
  expect(parseCaseNumber('22', LISTING_WORDS)).toBe(22);
  for (const wrong of ['0', '23', '01', 'x', '']) expect(parseCaseNumber(wrong, LISTING_WORDS)).toBeUndefined();
});
