/// <reference types="vite/client" />
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import AcceptCalculator from '../accept/AcceptCalculator.tsx';
import { exampleEcho } from '../base/life/example-life.ts';
import Inspector from './Inspector.tsx';

const views = {
  inspector: render(<Inspector example={exampleEcho()} />),
  'inspector, with a hostile message': render(<Inspector example={exampleEcho('<script>\u202e')} />),
  'accept calculator': render(<AcceptCalculator exampleKey={EXAMPLE_KEY} />),
};

test.each(Object.entries(views))(
  '%s: drawn at build time without a style attribute, which the policy blocks',
  (_, html) => {
    expect(html).toContain('class="figure wide');
    expect(html).not.toMatch(/\sstyle=/);
  },
);

test('the worked example shows the frame of RFC 6455 §5.7 and its violations, of which there are none', () => {
  const { inspector } = views;
  const bytes = [...inspector.matchAll(/class="cell hex-byte[^>]*>([0-9a-f]{2})</g)].map(([, hex]) => hex);
  expect(bytes.join('')).toBe('818537fa213d7f9f4d5158');
  expect(inspector).not.toContain('class="verdict"');
});

test('a peer’s markup is text, and what would reorder it is an escape', () => {
  const html = views['inspector, with a hostile message'];
  expect(html).toContain('&lt;script>\\u{202e}');
  expect(html).not.toContain('<script');
  expect(html).not.toContain('\u202e');
});
