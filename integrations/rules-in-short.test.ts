import { expect, test } from 'vitest';
import { rulesInShort } from './rules-in-short.ts';

const must = () => ({ type: 'mdxJsxFlowElement', name: 'Must', attributes: [], children: [{ type: 'text' }] });
const paragraph = () => ({ type: 'paragraph', children: [{ type: 'text' }] });
const namesOf = (children: readonly { readonly name?: string; readonly type: string }[]) =>
  children.map(({ name, type }) => name ?? type);

test('requirements in a row become one block, those behind other text another', () => {
  const tree = { type: 'root', children: [paragraph(), must(), must(), paragraph(), must()] };
  rulesInShort()(tree);
  expect(namesOf(tree.children)).toEqual(['paragraph', 'RulesInShort', 'paragraph', 'RulesInShort']);
  expect(tree.children.map(({ children }) => children.length)).toEqual([1, 2, 1, 1]);
});

test('also within other elements', () => {
  const inner = { type: 'mdxJsxFlowElement', name: 'Aside', attributes: [], children: [must(), must()] };
  rulesInShort()({ type: 'root', children: [inner] });
  expect(namesOf(inner.children)).toEqual(['RulesInShort']);
});
