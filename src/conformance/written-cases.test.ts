import { describe, expect, test } from 'vitest';
import { caseOfFrame, readCases, writeCase } from './written-cases.ts';

describe('cases of your own', () => {
  test('a frame that breaks a rule must be closed with the code of that rule', () => {
    const line = writeCase(
      caseOfFrame('frame opcode=3', Uint8Array.of(0x83, 0x80, 0, 0, 0, 0), 'reserved-data-opcode', undefined),
    );
    const [read] = readCases(`\n${line}\n`);
    expect(read).toMatchObject({
      id: 'own-frame-opcode-3',
      title: 'frame opcode=3',
      rule: 'reserved-data-opcode',
      steps: [{ type: 'send', items: [{ type: 'bytes', hex: '838000000000' }] }],
      expectation: { type: 'failure', closeCode: 1002, received: [] },
    });
  });

  test('a code, or what must come back, can be demanded instead', () => {
    const [closes, returns] = readCases(
      '{"id":"a","sends":"8180","closes":1008}\n{"id":"b","sends":"8980","returns":[{"opcode":10,"hex":""}]}',
    );
    expect(closes?.expectation).toMatchObject({ type: 'failure', closeCode: 1008 });
    expect(returns?.expectation).toMatchObject({ type: 'closing', received: [{ opcode: 10, payload: { hex: '' } }] });
  });

  test.each([
    ['', 'There is no case in it.'],
    ['{', 'Line 1: this is not JSON.'],
    ['\n[]', 'Line 2: this is no object.'],
    ['{"id":"a","sends":"8180","send":1}', 'Line 1: "send" is unknown. The names are: id, title, sends,'],
    ['{"id":"a b","sends":"8180"}', '"id" needs 1 to 100 letters'],
    ['{"id":"a","sends":"818"}', '"sends" needs hexadecimal digits'],
    ['{"id":"a","sends":""}', '"sends" needs hexadecimal digits'],
    ['{"id":"a","sends":"8180","rule":"none"}', '"rule" is "none", which is no rule.'],
    ['{"id":"a","sends":"8180","rule":"rsv1-set","closes":1002}', 'give one of "rule", "closes" and "returns".'],
    ['{"id":"a","sends":"8180","closes":999}', '"closes" must be a close code from 1000 to 4999.'],
    ['{"id":"a","sends":"8180","returns":[{"opcode":8,"hex":""}]}', '"opcode" in "returns" must be 1 (text)'],
    ['{"id":"a","sends":"8180"}\n{"id":"a","sends":"8180"}', 'Line 2: the id "a" was used before.'],
  ])('%j is refused with its line', (text, words) => {
    expect(() => readCases(text)).toThrow(words);
  });
});
