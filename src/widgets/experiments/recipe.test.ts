import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { RECIPES } from '../../components/experiments/recipes.ts';
import { recordedOf } from '../../components/experiments/recorded.ts';
import { cite } from '../../components/prose/cite.ts';
import { codeToPaste } from './recipe.ts';

const FOLDER = new URL('recipes/', import.meta.url);
const files = globSync('*.js', { cwd: FOLDER.pathname }).sort();

test('each recipe has words, and all words have a recipe and a recording', () => {
  expect(RECIPES.map(({ id }) => `${id}.js`).sort()).toEqual(files);
  for (const { id, section, firefox } of RECIPES) {
    expect(cite(section)[0]?.href).toContain('#section-');
    for (const { lines } of recordedOf(id, firefox?.act)) expect(lines.length).toBeGreaterThan(0);
  }
});

test.each(files)('%s: the code to paste is the code that the button runs', (file) => {
  const source = readFileSync(new URL(file, FOLDER), 'utf8');
  const code = codeToPaste(source);
  const [head = '', ...body] = source.trimEnd().split('\n');
  expect(code).toContain(body.slice(0, -1).join('\n'));
  // Its names are those of the first lines of the code to paste.
  const names = /\(\{ ([\w, ]+) \}\)/.exec(head)?.[1]?.split(', ') ?? [];
  for (const name of names) expect(code).toContain(`const ${name} = `);
  expect(basename(file, '.js')).toMatch(/^[a-z-]+$/);
});

test('a file of another form is refused', () => {
  expect(() => codeToPaste('export const x = 1;\n')).toThrow(RangeError);
});
