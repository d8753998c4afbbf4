import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { describeHeader } from '../../../inspector/headers/describe-header.ts';
import { Sentence } from './Sentence.tsx';

const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

test.each([
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Accept', ACCEPT],
])('the accept in the sentence about %s is code, without quotation marks', (name, value) => {
  const html = render(<Sentence text={describeHeader(name, value).sentence} />);
  expect(html).toContain(` <code>${ACCEPT}</code>`);
  expect(html).not.toContain('&quot;');
});

test('any other sentence is as it was', () => {
  const { sentence } = describeHeader('Host', 'localhost:8080');
  const p = (
    <p>
      <Sentence text={sentence} />
    </p>
  );
  expect(render(p)).toBe(render(<p>{sentence}</p>));
});
