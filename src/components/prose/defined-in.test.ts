import { expect, test } from 'vitest';
import { definedIn } from './defined-in.ts';

test('a term is defined where it stands in a Term without a name, in any case and over two lines', () => {
  expect(definedIn('The <Term>Opening\nhandshake</Term> is…', ['opening handshake'])).toBe(true);
  expect(definedIn('A <Term name="opening handshake">handshake</Term>', ['opening handshake'])).toBe(false);
  expect(definedIn('A <Term>handshake</Term>', ['opening handshake', 'handshake'])).toBe(true);
  expect(definedIn('A handshake', ['handshake'])).toBe(false);
});
