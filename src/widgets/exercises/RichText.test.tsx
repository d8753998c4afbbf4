import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { RichText } from './RichText.tsx';

test('words between backquotes are code, and what cannot be seen is an escape', () => {
  const html = render(<RichText text={'Not \u202e1002\u001b<i>. Send `close`.'} />);
  expect(html).toBe('Not \\u{202e}1002\\u{1b}&lt;i>. Send <code>close</code>.');
});
