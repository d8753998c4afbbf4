import { expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { LISTING_CLOSING_CASES } from './listing-closing.ts';

test('the listing of 2011 answers no control frame; ours answers those that ask', () => {
  expect(LISTING_CLOSING_CASES.map(({ listing }) => listing.includes('does nothing'))).toEqual([true, true, true]);
  expect(LISTING_CLOSING_CASES.map(({ ours }) => ours.map(formatHex))).toEqual([['8a024869'], [], ['880203e8']]);
  expect(LISTING_CLOSING_CASES.map(({ endsTcp }) => endsTcp)).toEqual([false, false, true]);
});
