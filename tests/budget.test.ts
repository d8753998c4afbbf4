import { globSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BUILT_SITE, type BuiltPage, readBuiltFile, readBuiltPages } from './site/built-site.ts';
import { readElements } from './site/html-elements.ts';
import { weighPage } from './site/page-weight.ts';

const KB = 1000;
const pages = readBuiltPages();
const slugs = pages.flatMap(({ path }) => /^\/chapters\/(.+)\/$/.exec(path)?.[1] ?? []);

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The exercises of a chapter are loaded by name: on its page, those of the others are not. */
const withExercises = globSync('src/widgets/exercises/chapters/*.ts', { cwd: ROOT }).map((path) =>
  posix.basename(path, '.ts'),
);

/** The search is loaded when it is opened: no figure needs it, and it has a limit of its own below. */
const SEARCH = ['search', 'pagefind'];

/** So is what explains a compressed message: it is loaded when the first one is opened, and has a limit of its own too. */
const INFLATING = ['inflate', 'inflated'];

/** And what reads recordings of every form: it is loaded when a file is chosen at /why/, and has a limit of its own too. */
const RECORDINGS = 'read-endings';

/** And the editor with its tests: it is loaded when the reader opens it at /your-server/in-the-page/. */
const WORKBENCH = 'Workbench';

/** Whether a module that could be loaded on demand is not: it is of another chapter, or for signals, and there are none. */
const isNotLoaded = ({ path: page, elements }: BuiltPage) => {
  const signals = elements.some(({ attributes }) => attributes.has('data-preact-signals'));
  return (path: string) => {
    const module = posix.basename(path).split('.')[0] ?? '';
    if (SEARCH.includes(module) || INFLATING.includes(module) || module === RECORDINGS) return true;
    if (module === WORKBENCH) return true;
    return module === 'signals' ? !signals : withExercises.includes(module) && page !== `/chapters/${module}/`;
  };
};

describe.each(slugs)('the chapter %s', (slug) => {
  const page = pages.find(({ path }) => path === `/chapters/${slug}/`);
  if (page === undefined) throw new Error(`no page of the chapter ${slug}`);
  const weight = weighPage(page, readBuiltFile, isNotLoaded(page));

  test('loads at most 30 kB of script before anything is touched', () => {
    expect(weight.scriptAtFirst).toBeGreaterThan(0.5 * KB);
    expect(weight.scriptAtFirst).toBeLessThanOrEqual(30 * KB);
  });

  test('loads at most 60 kB of script with every figure in use', () => {
    expect(weight.scriptInAll).toBeGreaterThan(weight.scriptAtFirst);
    expect(weight.scriptInAll).toBeLessThanOrEqual(60 * KB);
  });

  test('loads at most 25 kB of CSS and 120 kB of fonts', () => {
    expect(weight.css).toBeGreaterThan(2 * KB);
    expect(weight.css).toBeLessThanOrEqual(25 * KB);
    expect(weight.fonts).toBeGreaterThan(20 * KB);
    expect(weight.fonts).toBeLessThanOrEqual(120 * KB);
  });
});

test('the search adds at most 2 kB of script, and no page loads it before it is opened', () => {
  const files = readdirSync(`${BUILT_SITE}/_astro`).filter((file) => /^search\.[\w-]+\.js$/.test(file));
  expect(files).toHaveLength(1);
  const [file = ''] = files;
  const bytes = brotliCompressSync(readBuiltFile(`/_astro/${file}`)).length;
  expect(bytes).toBeGreaterThan(0.5 * KB);
  expect(bytes).toBeLessThanOrEqual(2 * KB);
  const eager = pages.filter(({ path, html }) => path !== '/search/' && html.includes(file)).map(({ path }) => path);
  expect(eager).toEqual([]);
});

test('what explains a compressed message adds at most 6 kB of script, and no page loads it before one is opened', () => {
  const files = readdirSync(`${BUILT_SITE}/_astro`).filter((file) => /^inflated?\.[\w-]+\.js$/.test(file));
  expect(files).toHaveLength(INFLATING.length);
  const bytes = files.reduce((sum, file) => sum + brotliCompressSync(readBuiltFile(`/_astro/${file}`)).length, 0);
  expect(bytes).toBeGreaterThan(2 * KB);
  expect(bytes).toBeLessThanOrEqual(6 * KB);
  const late = files.filter((file) => !file.startsWith('inflate.'));
  const eager = pages.filter(({ html }) => late.some((file) => html.includes(file))).map(({ path }) => path);
  expect(eager).toEqual([]);
});

test('what reads recordings adds at most 60 kB of script, and no page loads it before a file is chosen', () => {
  const files = readdirSync(`${BUILT_SITE}/_astro`).filter((file) =>
    new RegExp(`^${RECORDINGS}\\.[\\w-]+\\.js$`).test(file),
  );
  expect(files).toHaveLength(1);
  const [file = ''] = files;
  const bytes = brotliCompressSync(readBuiltFile(`/_astro/${file}`)).length;
  expect(bytes).toBeGreaterThan(20 * KB);
  expect(bytes).toBeLessThanOrEqual(60 * KB);
  expect(pages.filter(({ html }) => html.includes(file)).map(({ path }) => path)).toEqual([]);
});

test('the worker that reads what is pasted or dropped adds at most 97 kB of script, and no page loads it at first', () => {
  const files = readdirSync(`${BUILT_SITE}/_astro`).filter((file) => /^decode-worker-[\w-]+\.js$/.test(file));
  expect(files).toHaveLength(1);
  const [file = ''] = files;
  const bytes = brotliCompressSync(readBuiltFile(`/_astro/${file}`)).length;
  expect(bytes).toBeGreaterThan(20 * KB);
  expect(bytes).toBeLessThanOrEqual(97 * KB);
  expect(pages.filter(({ html }) => html.includes(file)).map(({ path }) => path)).toEqual([]);
});

test('the editor adds at most 125 kB of script, what judges its code 70 kB, and no page loads them before one is opened', () => {
  const bytesOf = (pattern: RegExp, folder: string) => {
    const files = readdirSync(`${BUILT_SITE}/${folder}`).filter((file) => pattern.test(file));
    expect(files).toHaveLength(1);
    return brotliCompressSync(readBuiltFile(`/${folder}/${files[0]}`)).length;
  };
  const editor = bytesOf(/^Workbench\.[\w-]+\.js$/, '_astro');
  expect(editor).toBeGreaterThan(50 * KB);
  expect(editor).toBeLessThanOrEqual(125 * KB);
  const workers = [/^judge-worker-[\w-]+\.js$/, /^code-worker-[\w-]+\.js$/].map((file) => bytesOf(file, '_astro'));
  const judging = [...workers, bytesOf(/^cases\.json$/, 'your-server')].reduce((sum, bytes) => sum + bytes, 0);
  expect(judging).toBeGreaterThan(20 * KB);
  expect(judging).toBeLessThanOrEqual(70 * KB);
  expect(pages.filter(({ html }) => /Workbench\.[\w-]+\.js/.test(html)).map(({ path }) => path)).toEqual([]);
});

test('every page keeps to what a chapter may have', () => {
  for (const page of pages) {
    const { scriptInAll, css, fonts } = weighPage(page, readBuiltFile, isNotLoaded(page));
    expect(scriptInAll, page.path).toBeLessThanOrEqual(60 * KB);
    expect(css, page.path).toBeLessThanOrEqual(25 * KB);
    expect(fonts, page.path).toBeLessThanOrEqual(120 * KB);
  }
}, 120_000);

test('modules are weighed with all that they bring, those on demand apart', () => {
  const random = (seed: number) => `/*${Array.from({ length: 400 }, (_, i) => (seed * (i + 7) ** 3) % 9973).join()}*/`;
  const files = new Map([
    ['/a/main.js', `import{a}from"./one.js";${random(1)}`],
    ['/a/one.js', `export*from"./two.js";import"../b/three.js";${random(2)}`],
    ['/a/two.js', random(3)],
    ['/b/three.js', `const x=()=>import("./late.js"),y=()=>import(\`./other.js\`);${random(4)}`],
    ['/b/late.js', random(5)],
    ['/b/other.js', random(6)],
    ['/a/seen.js', `import{b}from"./two.js";${random(7)}`],
  ]);
  const asked = new Set<string>();
  const read = (path: string) => {
    asked.add(path);
    return Buffer.from(files.get(path) ?? `no ${path}`);
  };
  const html =
    '<script type="module" src="/a/main.js"></script><astro-island client="visible" component-url="/a/seen.js"></astro-island>';
  const weight = weighPage({ path: '/', html, elements: readElements(html) }, read, (path) => path === '/b/other.js');
  expect([...asked].sort()).toEqual([...files.keys()].filter((path) => path !== '/b/other.js').sort());
  expect(weight.scriptInAll - weight.scriptAtFirst).toBeGreaterThan(1500);
  expect(weight.scriptAtFirst).toBeGreaterThan(3000);
});
