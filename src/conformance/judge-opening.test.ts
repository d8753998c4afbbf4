import { describe, expect, test } from 'vitest';
import { judgeRefusal } from './judge-opening.ts';
import { conformanceCases } from './suite.ts';
import type { Transcript } from './transcript.ts';

/** The verdict on a server that answers a case with this status and nothing else. */
function outcomeOf(id: string, httpStatus: number): string {
  const found = conformanceCases().find((each) => each.id === id);
  if (found?.expectation.type !== 'refusal') throw new Error(`${id} is no case of a refusal`);
  const response = { httpVersion: '1.1', httpStatus, reasonPhrase: '', headers: [] };
  const transcript: Transcript = {
    response,
    responseFault: undefined,
    received: [],
    closes: [],
    end: undefined,
  } as never;
  return judgeRefusal(found.expectation, transcript).outcome;
}

describe('a request that breaks a rule', () => {
  test.each([
    ['that every server must check', '4.2.1-refuses-malformed-subprotocols-space', ['passed', 'failed']],
    ['that not every server checks', '4.2.1-refuses-malformed-key', ['passed', 'allowed']],
    [
      'of which the RFC leaves the choice to the server',
      '4.2.1-refuses-malformed-key-spare-bits',
      ['passed', 'passed'],
    ],
  ])('%s: %s is refused or opened', (_, id, outcomes) => {
    expect([400, 101].map((httpStatus) => outcomeOf(id, httpStatus))).toEqual(outcomes);
  });
});
