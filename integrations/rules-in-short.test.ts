import { expect, test } from 'vitest';
import { gatherRules } from './rules-in-short.ts';

const must = (text: string) => `<Must section="5.1">${text}</Must>`;

test('requirements that follow each other become one block, those after other text another', () => {
  const source = ['One.', must('a'), must('b'), 'Two.', must('c'), '## Three'].join('\n\n');
  const block = (...rules: string[]) => ['<RulesInShort>', ...rules.map(must), '</RulesInShort>'].join('\n\n');
  expect(gatherRules(source)).toBe(['One.', block('a', 'b'), 'Two.', block('c'), '## Three'].join('\n\n'));
});

test('a requirement may be written over several lines, and stand at the end of the chapter', () => {
  const source = `${must('one\ntwo')}\n${must('three')}\n`;
  expect(gatherRules(source).match(/RulesInShort>/g)).toHaveLength(2);
  expect(gatherRules(source)).toContain('one\ntwo</Must>');
});

test('a chapter without requirements stays as it is, and so does one named in a sentence', () => {
  const source = 'A rule is written as `<Must>`.\n\nNothing here.\n';
  expect(gatherRules(source)).toBe(source);
});
