import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SAFE_HEADERS } from '../server/request/safe-headers.ts';
import { type BuiltPage, readBuiltPages } from './site/built-site.ts';

/** The policy of a page, by its directives. */
function policyOf({ elements }: BuiltPage): ReadonlyMap<string, readonly string[]> {
  const content = elements
    .find(({ attributes }) => attributes.get('http-equiv') === 'content-security-policy')
    ?.attributes.get('content');
  const directives = (content ?? '').split(';').map((directive) => directive.trim().split(/\s+/));
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]));
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const HASH = /^'sha256-[A-Za-z0-9+/]{43}='$/;

describe.each(readBuiltPages())('the policy of $path', (page) => {
  const policy = policyOf(page);

  test('lets in what is the site’s own, and nothing inline but what it names by its hash', () => {
    const { 'script-src': scripts = [], 'style-src': styles = [], ...others } = Object.fromEntries(policy);
    // The search compiles WebAssembly, but in a worker, which the page's policy does not bind.
    expect(scripts.filter((source) => !HASH.test(source))).toEqual(["'self'"]);
    expect(styles.filter((source) => !HASH.test(source))).toEqual(["'self'"]);
    const { '': last, ...directives } = others;
    expect(last ?? []).toEqual([]);
    expect(directives).toEqual({
      'default-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'object-src': ["'none'"],
      // Its figure speaks to a second companion, at another port of this machine.
      ...(page.path === '/chapters/broadcast-server/' && { 'connect-src': ["'self'", 'ws://localhost:*'] }),
    });
  });

  test('stands before all that it binds', () => {
    const { elements } = page;
    const at = elements.findIndex(({ attributes }) => attributes.get('http-equiv') === 'content-security-policy');
    expect(elements.slice(0, at).map(({ name }) => name)).toEqual(['html', 'head', 'meta']);
  });

  test('names every script and style that stands in the page', () => {
    const inline = page.elements.filter(
      ({ name, attributes }) => name === 'style' || (name === 'script' && !attributes.has('src')),
    );
    expect(inline.length).toBeGreaterThan(0);
    for (const { name, text } of inline) expect(policy.get(`${name}-src`)).toContain(hashOf(text));
  });
});

test('what only a header can say, a header says', () => {
  const policy = SAFE_HEADERS.find(({ name }) => name === 'Content-Security-Policy')?.value;
  expect(policy?.split('; ')).toContain("frame-ancestors 'none'");
});
