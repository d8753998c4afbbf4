import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAX_SIZES = 6;

/** Every size of type in the style sheets, but those on paper; by the file that it is in. */
function sizesIn(path: string): { readonly path: string; readonly size: string }[] {
  const css = readFileSync(`${ROOT}/${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const sizes = [...css.matchAll(/(?<![\w-])font-size:\s*([^;}]+)/g)].map(([, size = '']) => size.trim());
  const shorthands = [...css.matchAll(/(?<![\w-])font:\s*([^;}]+)/g)].map(([, value = '']) => value.trim());
  const sized = shorthands
    .filter((value) => value !== 'inherit')
    .map((value) => /\S*(?=\s*\/)/.exec(value)?.[0] ?? value);
  return [...sizes, ...sized].map((size) => ({ path, size }));
}

const sheets = globSync('src/**/*.css', { cwd: ROOT }).filter((path) => !path.endsWith('print.css'));
const used = sheets.flatMap(sizesIn);
/** Nothing of its own: the size around it, the size of code around it, or no text to be seen. */
const NO_SIZE = new Set(['inherit', 'var(--code-size)', '0']);

test('there are six sizes of type', () => {
  const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
  const sizes = [...tokens.matchAll(/^\s*--text-\w+: ([^;]+);/gm)].map(([, size]) => size);
  expect(new Set(sizes).size).toBe(sizes.length);
  expect(sizes).toHaveLength(MAX_SIZES);
});

test('every text has one of them', () => {
  expect(used.length).toBeGreaterThan(80);
  const own = used.filter(
    ({ size }) => !NO_SIZE.has(size) && !/^var\(--text-(?:micro|tiny|small|body|title|h1)\)$/.test(size),
  );
  expect(own).toEqual([]);
});

test('each of them is used', () => {
  expect(new Set(used.map(({ size }) => size).filter((size) => size.startsWith('var(--text-'))).size).toBe(MAX_SIZES);
});
