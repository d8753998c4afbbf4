import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutColumns } from '../integrations/rule-words.ts';
import { FRAME_RULES, HANDSHAKE_RULES } from '../src/protocol/index.ts';
import { BUILT_SITE } from './site/built-site.ts';

test('columns are removed from the rows of a table, and nothing else', () => {
  const table = `const why = 'not a column';
export const T = {
  first: { name: 'first', why: 'Because, {it} is.', statusCode: 1002, example: head('a', 'b') },
  second: make({ why: \`two\`, name: 'second' }),
};
`;
  expect(withoutColumns(table, ['why', 'example'])).toBe(`const why = 'not a column';
export const T = {
  first: { name: 'first', statusCode: 1002,  },
  second: make({ name: 'second' }),
};
`);
});

test('no script of a page carries the words of rules that it does not show', () => {
  const scripts = globSync('_astro/*.js', { cwd: BUILT_SITE }).map((path) =>
    readFileSync(join(BUILT_SITE, path), 'utf8'),
  );
  const carried = (text: string) => scripts.some((script) => script.includes(text));
  expect(FRAME_RULES.filter(({ requirement }) => !carried(requirement))).toEqual([]);
  expect([...FRAME_RULES, ...HANDSHAKE_RULES].filter(({ why }) => carried(why))).toEqual([]);
  expect(FRAME_RULES.filter(({ example }) => example.length > 20 && carried(example))).toEqual([]);
  expect(HANDSHAKE_RULES.filter(({ requirement }) => carried(requirement))).toEqual([]);
});
