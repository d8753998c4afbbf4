/// <reference types="vite/client" />
import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import AcceptCalculator from '../accept/AcceptCalculator.tsx';
import { exampleEcho } from '../base/life/example-life.ts';
import Inspector from './Inspector.tsx';

const paths = { health: '/healthz', echo: '/echo', tap: '/tap', watch: 'watch' };
const inspector = (text?: string) => {
  const [example] = exampleEcho(text).flatMap((event) =>
    event.type === 'wire' && event.message.type === 'frame' ? [event.message] : [],
  );
  return render(<Inspector example={example ?? expect.unreachable()} paths={paths} />);
};
const views = {
  inspector: inspector(),
  'inspector, with a hostile message': inspector('<script>\u202e'),
  'accept calculator': render(<AcceptCalculator exampleKey={EXAMPLE_KEY} />),
};

test.each(Object.entries(views))(
  '%s: drawn at build time without a style attribute, which the policy blocks',
  (_, html) => {
    expect(html).toContain('class="figure wide');
    expect(html).not.toMatch(/\sstyle=/);
  },
);

test('the example shows the frame of RFC 6455 §5.7, and says that it is an example', () => {
  const { inspector } = views;
  const bytes = [...inspector.matchAll(/class="strip-hex[^>]*>([0-9a-f]{2})</g)].map(([, hex]) => hex);
  expect(bytes.join('')).toBe('818537fa213d7f9f4d5158');
  expect(inspector).toMatch(/class="badge" data-state="example" role="status"><span>an example</);
  expect(inspector).not.toContain('Your browser sent');
});

test('a peer’s markup is text, and what would reorder it is a dot', () => {
  const html = views['inspector, with a hostile message'];
  expect(html).toContain('<span class="strip-below">&lt;</span>');
  expect(html).toContain('<span class="strip-below">·</span>');
  expect(html).not.toContain('<script');
  expect(html).not.toContain('\u202e');
});
