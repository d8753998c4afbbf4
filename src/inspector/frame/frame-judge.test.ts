import { expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { FrameReader } from '../../protocol/framing/frame-reader.ts';
import { FrameJudge, NO_LIMITS } from './frame-judge.ts';

/** The rules that each frame of a server breaks, as the judge finds them; empty for a frame that breaks none. */
function rulesOf(hex: string, limits = NO_LIMITS): string[] {
  const judge = new FrameJudge('server', limits);
  const rules: string[] = [];
  for (const part of new FrameReader().push(bytesOf(hex))) {
    const violation = judge.check(part);
    if (part.begins) rules.push('');
    if (violation !== undefined) rules[rules.length - 1] = violation.rule;
  }
  return rules;
}

test('after the first violation, each header is judged by itself: of the messages nothing is certain any more', () => {
  // A continuation of nothing, and again; a frame with RSV1; a text that is not UTF-8; a masked text.
  expect(rulesOf('8000 8000 c100 8101ff 818000000000'.replaceAll(' ', ''))).toEqual([
    'continuation-without-message',
    '',
    'rsv1-set',
    '',
    'masked-server-frame',
  ]);
});

test('without limits no message is too long; with limits it is, at the frame that passes them', () => {
  const threeFragments = '0102616200026364800165';
  expect(rulesOf(threeFragments)).toEqual(['', '', '']);
  expect(rulesOf(threeFragments, { ...NO_LIMITS, maxMessageBytes: 3 })).toEqual(['', 'message-too-long', '']);
  expect(rulesOf(threeFragments, { ...NO_LIMITS, maxFragments: 2 })).toEqual(['', '', 'too-many-fragments']);
});

test('a continuation belongs to the message before it, also after a control frame', () => {
  const judge = new FrameJudge('server', NO_LIMITS);
  const opcodes = new FrameReader().push(bytesOf('0201618900800162')).map((part) => {
    judge.check(part);
    return judge.messageOpcode;
  });
  expect(opcodes).toEqual([2, 2, 2]);
});

test('a close body is judged within its frame, and only while no rule was broken before', () => {
  const body = bytesOf('03ed');
  expect(new FrameJudge('server', NO_LIMITS).checkCloseBody(body, 2)).toMatchObject({
    rule: 'close-code-1005',
    start: 2,
    end: 4,
  });
  const failed = new FrameJudge('server', NO_LIMITS);
  for (const part of new FrameReader().push(bytesOf('8000'))) failed.check(part);
  expect(failed.checkCloseBody(body, 2)).toBeUndefined();
});
