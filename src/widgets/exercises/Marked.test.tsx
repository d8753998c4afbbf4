import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Marked } from './Marked.tsx';

test('an answer is shown with what is wrong in it marked, and what cannot be seen as an escape', () => {
  const line = { kind: 'line', label: '' } as const;
  const html = render(<Marked form={line} text={'a\u202eb\u001b<i>'} range={{ start: 1, end: 2 }} />);
  expect(html).toContain('a<mark>\\u{202e}</mark>b\\u{1b}&lt;i>');
});
