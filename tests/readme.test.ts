import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  scripts: Record<string, string>;
};

const found = (pattern: RegExp) => [...new Set([...README.matchAll(pattern)].map((match) => match[1] as string))];

test.each(found(/\]\((?!https?:)([^)#]+)\)/g))('what the README links to is there: %s', (path) => {
  expect(existsSync(new URL(path, ROOT))).toBe(true);
});

test.each(found(/`((?:src|server|tests|scripts|bench|content|public|examples)\/[\w/.-]*)`/g))(
  'what the README names is there: %s',
  (path) => {
    expect(existsSync(new URL(path, ROOT))).toBe(true);
  },
);

test.each(found(/npm run (?:-s )?([\w-]+)/g))('the README names a script that there is: %s', (name) => {
  expect(scripts).toHaveProperty([name]);
});
