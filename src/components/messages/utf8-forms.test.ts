import { expect, test } from 'vitest';
import { describeSpans } from '../../inspector/frame/utf8-steps.ts';
import { utf8Forms } from './utf8-forms.ts';

test('the forms are those of RFC 3629 §4', () => {
  const rows = utf8Forms().map(({ first, following, from, to }) =>
    [describeSpans([first]), ...following.map(describeSpans), from.toString(16), to.toString(16)].join(' | '),
  );
  expect(rows).toEqual([
    '00 to 7f | 0 | 7f',
    'c2 to df | 80 to bf | 80 | 7ff',
    'e0 | a0 to bf | 80 to bf | 800 | fff',
    'e1 to ec | 80 to bf | 80 to bf | 1000 | cfff',
    'ed | 80 to 9f | 80 to bf | d000 | d7ff',
    'ee to ef | 80 to bf | 80 to bf | e000 | ffff',
    'f0 | 90 to bf | 80 to bf | 80 to bf | 10000 | 3ffff',
    'f1 to f3 | 80 to bf | 80 to bf | 80 to bf | 40000 | fffff',
    'f4 | 80 to 8f | 80 to bf | 80 to bf | 100000 | 10ffff',
  ]);
});
