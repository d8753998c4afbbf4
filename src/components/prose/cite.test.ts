import { expect, test } from 'vitest';
import { cite } from './cite.ts';

test('a section of RFC 6455 comes with its title and its address', () => {
  expect(cite('5.5.1')).toEqual([
    {
      label: 'RFC 6455 §5.5.1',
      shortLabel: '§5.5.1',
      title: 'Close',
      href: 'https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1',
    },
  ]);
});

test('several sections, another RFC, and a section written out', () => {
  expect(cite('4.1, 4.2.1').map(({ label }) => label)).toEqual(['RFC 6455 §4.1', 'RFC 6455 §4.2.1']);
  expect(cite('7', '7692')[0]?.href).toBe('https://www.rfc-editor.org/rfc/rfc7692#section-7');
  expect(cite('RFC 9112 §3.2')[0]).toMatchObject({ label: 'RFC 9112 §3.2', shortLabel: '9112 §3.2' });
});

test('a section that RFC 6455 does not have fails by name', () => {
  expect(() => cite('4.9')).toThrow('no section "4.9"');
});
