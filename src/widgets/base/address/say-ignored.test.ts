import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayIgnored } from './say-ignored.ts';

const values = fc.dictionary(fc.stringMatching(/^[a-z-]{1,8}$/), fc.string());

test('an address that says no other than what was understood is right, whatever else it has', () => {
  fc.assert(
    fc.property(values, values, (kept, others) => {
      expect(sayIgnored(new URLSearchParams({ ...others, ...kept }), kept)).toBe('');
      expect(sayIgnored(new URLSearchParams(), kept)).toBe('');
    }),
  );
});

test('the first value that was not understood is named, and not repeated: anybody may have written it', () => {
  const asked = new URLSearchParams('act=nonsense&met=<b>&other=x');
  expect(sayIgnored(asked, { act: '', met: '' })).toBe('The address asks for a “act” that this figure does not have.');
  expect(sayIgnored(asked, { act: 'nonsense', met: '' })).toBe(
    'The address asks for a “met” that this figure does not have.',
  );
  expect(sayIgnored(asked, { act: 'nonsense', met: '<b>' })).toBe('');
});
