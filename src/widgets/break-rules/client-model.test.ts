import { describe, expect, test } from 'vitest';
import {
  answerOf,
  type ClientOutcome,
  type ClientRulesAction,
  initialClientRules,
  outcomeShown,
  reduceClientRules,
  TYPED,
} from './client-model.ts';
import { clientRulesData } from './client-run.ts';

const DATA = clientRulesData();
const OUTCOME: ClientOutcome = { wire: [], end: 'the companion ends TCP' };
const after = (...actions: ClientRulesAction[]) => actions.reduce(reduceClientRules, initialClientRules(DATA));

describe('what a client does wrong', () => {
  test('begins with the rule that is broken most, worked out and not sent', () => {
    const state = after();
    expect(state.opened).toBe('unmasked-client-frame');
    expect(outcomeShown(state, DATA.worked, 'unmasked-client-frame')?.sent).toBe(false);
    expect(outcomeShown(state, DATA.worked, TYPED)).toBeUndefined();
  });

  test('what is sent opens its row, and its answer takes the place of what was worked out', () => {
    const sending = after({ type: 'send', name: 'rsv1-set', hex: 'c1' });
    expect(sending).toMatchObject({ opened: 'rsv1-set', sending: { name: 'rsv1-set', hex: 'c1' } });
    const answered = reduceClientRules(sending, { type: 'answered', outcome: OUTCOME, problem: '' });
    expect(answered).toMatchObject({ sending: undefined, problem: '' });
    expect(outcomeShown(answered, DATA.worked, 'rsv1-set')).toEqual({ outcome: OUTCOME, sent: true });
  });

  test('one run at a time, and an answer that nobody waits for changes nothing', () => {
    const sending = after({ type: 'send', name: TYPED, hex: '81' });
    expect(reduceClientRules(sending, { type: 'send', name: 'rsv1-set', hex: 'c1' })).toBe(sending);
    const state = after();
    expect(reduceClientRules(state, { type: 'answered', outcome: OUTCOME, problem: '' })).toBe(state);
  });

  test('why it was simulated, or not sent, is said until the next run', () => {
    const send = { type: 'send', name: TYPED, hex: '81' } as const;
    const simulated = after(send, { type: 'answered', outcome: OUTCOME, problem: 'gone' });
    expect(simulated.problem).toBe('gone');
    expect(outcomeShown(simulated, DATA.worked, TYPED)?.outcome).toBe(OUTCOME);
    const failed = after(send, { type: 'failed', problem: 'no hex' });
    expect(failed).toMatchObject({ problem: 'no hex', sending: undefined, outcomes: {} });
    expect(reduceClientRules(failed, send).problem).toBe('');
  });

  test('a row opens and closes, and what was taken apart in another is put away', () => {
    const taken = after({ type: 'take', place: 1 });
    expect(taken.taken).toBe(1);
    expect(reduceClientRules(taken, { type: 'take', place: 1 }).taken).toBeUndefined();
    expect(reduceClientRules(taken, { type: 'open', name: 'rsv2-set' })).toMatchObject({
      opened: 'rsv2-set',
      taken: undefined,
    });
    expect(reduceClientRules(taken, { type: 'open', name: 'unmasked-client-frame' })).toBe(taken);
    expect(reduceClientRules(taken, { type: 'toggle', name: 'unmasked-client-frame' }).opened).toBeUndefined();
  });

  test('the answer in a few words is the last frame, or how it ended', () => {
    expect(answerOf(OUTCOME)).toBe('the companion ends TCP');
    expect(answerOf(DATA.worked['rsv1-set'] as ClientOutcome)).toContain('1002');
  });
});
