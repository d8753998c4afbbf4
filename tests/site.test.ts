import { describe, expect, test } from 'vitest';
import { isBuilt, readBuiltPages } from './site/built-site.ts';
import { readElements } from './site/html-elements.ts';
import { findBrokenLinks } from './site/links.ts';

const pages = readBuiltPages();

test('every link leads somewhere: to a page, a place within it, or to where the protocol is defined', () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(findBrokenLinks(pages, isBuilt)).toEqual([]);
});

/** Attributes by which a page makes its browser load something. */
const LOADING = ['src', 'srcset', 'poster', 'data', 'action', 'formaction', 'component-url', 'renderer-url'];
/** Links in the head that load nothing. */
const NOT_LOADED = new Set(['canonical', 'prev', 'next', 'sitemap']);

describe.each(pages)('$path', ({ html, elements }) => {
  test('nothing is loaded from another host', () => {
    const loaded = elements.flatMap(({ name, attributes, text }) => [
      ...LOADING.flatMap((attribute) => attributes.get(attribute) ?? []),
      ...(name === 'link' && !NOT_LOADED.has(attributes.get('rel') ?? '') ? [attributes.get('href') ?? ''] : []),
      ...(name === 'style' ? [...text.matchAll(/url\(["']?([^"')]+)/g)].map(([, url]) => url ?? '') : []),
    ]);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((url) => !/^(?:\/(?!\/)|#|data:)/.test(url))).toEqual([]);
  });

  test('a policy binds it that lets nothing inline through but what it names', () => {
    const policies = elements.filter(({ attributes }) => attributes.get('http-equiv') === 'content-security-policy');
    expect(policies).toHaveLength(1);
    const policy = policies[0]?.attributes.get('content') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/script-src [^;]*'sha256-/);
    expect(policy).toMatch(/style-src [^;]*'sha256-/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
  });

  test('no element has a style or a handler of its own', () => {
    const inline = elements.flatMap(({ name, attributes }) =>
      [...attributes.keys()].filter((key) => key === 'style' || key.startsWith('on')).map((key) => `${name} ${key}`),
    );
    expect(inline).toEqual([]);
  });

  test('an id stands once, and what refers to one finds it', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const named = elements.flatMap(({ attributes }) =>
      ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'].flatMap(
        (key) => attributes.get(key)?.split(/\s+/).filter(Boolean) ?? [],
      ),
    );
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('it says what it is', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en"/i);
    expect(elements.filter(({ name }) => name === 'h1')).toHaveLength(1);
    expect(html).toMatch(/<title>[^<]{4,70}<\/title>/);
    const description = elements.find(({ attributes }) => attributes.get('name') === 'description');
    expect(description?.attributes.get('content')?.length).toBeGreaterThan(20);
  });
});

describe('the tests themselves', () => {
  const page = (path: string, html: string) => ({ path, html, elements: readElements(html) });

  test.each([
    ['/gone/', 'there is no page /gone/'],
    ['#gone', '/a/ has no element with the id gone'],
    ['/b/#gone', '/b/ has no element with the id gone'],
    ['https://example.com/', 'https://example.com is another host'],
    ['http://www.rfc-editor.org/', 'http://www.rfc-editor.org is another host'],
  ])('a link to %s is found', (href, why) => {
    const built = [page('/a/', `<p id="top"><a href="${href}">x</a></p>`), page('/b/', '<h1 id="one">b</h1>')];
    expect(findBrokenLinks(built, () => false)).toEqual([{ page: '/a/', href, why }]);
  });

  test('links that hold are let be', () => {
    const links = [
      '#top',
      '/b/#one',
      '/b/',
      '/b/#f=81',
      '/file.txt',
      'https://www.rfc-editor.org/rfc/rfc6455#section-5',
    ];
    const built = [
      page('/a/', `<p id=top>${links.map((href) => `<a href="${href}">x</a>`).join('')}`),
      page('/b/', "<h1 id='one'>b</h1>"),
    ];
    expect(findBrokenLinks(built, (path) => path === '/file.txt')).toEqual([]);
  });

  test('attributes are read in every form, and no tags in scripts and comments', () => {
    const elements = readElements('<a b="1>2" c=\'&quot;\' d e=f><!-- <i x> --><script>"<b y>"</script><br/>');
    expect(elements.map(({ name }) => name)).toEqual(['a', 'script', 'br']);
    expect([...(elements[0]?.attributes ?? [])]).toEqual([
      ['b', '1>2'],
      ['c', '"'],
      ['d', ''],
      ['e', 'f'],
    ]);
    expect(elements[1]?.text).toBe('"<b y>"');
  });
});
