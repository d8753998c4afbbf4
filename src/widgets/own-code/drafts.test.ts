import { describe, expect, test } from 'vitest';
import { describeEarlier, earlierThan, MAX_CODE_CHARACTERS, parseDraft } from './drafts.ts';
import type { StageId } from './stage-id.ts';

test.each<[string | null, unknown]>([
  ['{"code":"a","passed":"b"}', { code: 'a', passed: 'b' }],
  ['{"code":"a"}', { code: 'a', passed: undefined }],
  ['{"code":"a","passed":1}', { code: 'a', passed: undefined }],
  ['{"code":1}', undefined],
  ['[]', undefined],
  ['null', undefined],
  ['{', undefined],
  ['', undefined],
  [null, undefined],
  [JSON.stringify({ code: 'x'.repeat(MAX_CODE_CHARACTERS + 1) }), undefined],
])('a draft that was kept as %j', (text, draft) => {
  expect(parseDraft(text)).toEqual(draft);
});

describe('the functions that a stage may use', () => {
  const earlier = (stage: StageId, passed: readonly StageId[]) =>
    earlierThan(
      stage,
      (each) => ({ code: 'draft', passed: passed.includes(each) ? `own ${each}` : undefined }),
      (each) => `solution ${each}`,
    );

  test('are the reader’s own once they have passed', () => {
    expect(earlier('unmask', ['decodeHeader', 'unmask'])).toEqual([
      { stage: 'accept', code: 'solution accept', isOwn: false },
      { stage: 'decodeHeader', code: 'own decodeHeader', isOwn: true },
    ]);
  });

  test.each<[StageId, readonly StageId[], string]>([
    ['accept', [], ''],
    ['decodeHeader', [], 'You can call accept(). It comes from the solution until yours passes.'],
    ['decodeHeader', ['accept'], 'You can call your accept().'],
    ['unmask', ['accept'], 'You can call your accept(). decodeHeader() comes from the solution until yours passes.'],
    [
      'createReader',
      ['accept'],
      'You can call your accept(). decodeHeader() and unmask() come from the solutions until yours pass.',
    ],
    [
      'createReader',
      [],
      'You can call accept(), decodeHeader() and unmask(). They come from the solutions until yours pass.',
    ],
  ])('are named before %s, with %j passed', (stage, passed, sentence) => {
    expect(describeEarlier(earlier(stage, passed))).toBe(sentence);
  });
});
