import { readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BUILT_SITE, readBuiltFile, readBuiltPages } from './site/built-site.ts';

/** What the search finds of each page, and cuts its excerpts from; by the page's path. */
function searchedTexts(): ReadonlyMap<string, string> {
  const files = readdirSync(`${BUILT_SITE}/pagefind/fragment`);
  return new Map(
    files.map((file) => {
      const text = gunzipSync(readBuiltFile(`/pagefind/fragment/${file}`)).toString();
      // Before the JSON stands what tells Pagefind that it has been unpacked.
      const { url, content } = JSON.parse(text.slice(text.indexOf('{'))) as { url: string; content: string };
      return [url, content];
    }),
  );
}

const texts = searchedTexts();
const chapters = readBuiltPages().filter(({ path }) => /^\/chapters\/.+\//.test(path));

test('the search finds the prose of every chapter, in every section', () => {
  expect(chapters.length).toBeGreaterThan(7);
  for (const { path, html } of chapters) {
    const text = texts.get(path) ?? '';
    expect(text.split(/\s+/).length, path).toBeGreaterThan(1000);
    const body = html.slice(html.indexOf('<main'));
    const headings = [...body.matchAll(/<h2 id="(?!in-this-chapter)[^"]+"[^>]*>\s*([^<]{4,}?)\s*</g)].map(
      ([, heading = '']) => heading,
    );
    for (const heading of headings.filter((each) => !each.includes('&'))) expect(text, path).toContain(heading);
  }
});

test('it shows no code, and none of its comments', () => {
  for (const [path, text] of texts) {
    expect(text.match(/\/\*\*|@param|@returns|export (?:const|function|class|interface|type) /g), path).toBeNull();
  }
});
