import { describe, expect, test } from 'vitest';
import { drawExample } from '../../components/figures/draw-example.ts';
import { maySend, STATUS_CODES } from '../../protocol/closing/status-codes.ts';
import { simulateScript } from '../base/lab-source/simulated-lab.ts';
import {
  ALL_TRIALS,
  CODE_ROWS,
  initialCodes,
  keyOf,
  linkedTrial,
  reduceCodes,
  resultOf,
  scriptOf,
  summarizeCodes,
  type Trial,
} from './model.ts';

const tryOut = (trial: Trial) => resultOf(trial, simulateScript(scriptOf(trial), drawExample()), 'simulated');

test('every code of the table has a row, and each row can be tried from both sides', () => {
  expect(CODE_ROWS).toHaveLength(STATUS_CODES.length);
  expect(ALL_TRIALS).toHaveLength(2 * STATUS_CODES.length);
  for (const [i, { code }] of CODE_ROWS.entries()) {
    const { from = -1, to = -1 } = STATUS_CODES[i] ?? {};
    expect(code >= from && code <= to).toBe(true);
  }
});

describe.each(CODE_ROWS.map((row) => [row.code, row] as const))('%i', (code, { fromScript }) => {
  test('from the page: it goes out, or an exception comes and nothing is on the wire', () => {
    const { done, wire, told } = tryOut({ code, by: 'page' });
    expect(done).toBe(`ws.close(${code})`);
    if (fromScript) {
      expect(wire.map(({ fromClient, payload }) => [fromClient, payload])).toEqual([
        [true, String(code)],
        [false, String(code)],
      ]);
      expect(told).toBe(`onclose: ${code}`);
    } else {
      expect(wire).toEqual([]);
      expect(told).toMatch(/^threw InvalidAccessError/);
    }
  });

  test('from the server: told as sent where it may be sent, else 1006', () => {
    const { wire, told } = tryOut({ code, by: 'server' });
    expect(wire[0]).toMatchObject({ fromClient: false, payload: String(code) });
    expect(wire[1]?.payload).toMatch(maySend(code) ? new RegExp(`^${code}$`) : /^1002 /);
    expect(told).toBe(maySend(code) ? `onclose: ${code}` : 'onclose: 1006, not clean');
    expect(wire[0]?.violation === undefined).toBe(maySend(code));
  });
});

test('results are kept one for each trial, and the queue moves on', () => {
  const [a, b] = ALL_TRIALS as [Trial, Trial];
  let state = reduceCodes(initialCodes([tryOut(a)]), { type: 'queue', trials: [a, b] });
  state = reduceCodes(state, { type: 'result', result: { ...tryOut(a), how: 'live' } });
  expect(state.queue).toEqual([b]);
  expect(state.results.size).toBe(1);
  expect(state.results.get(keyOf(a))?.how).toBe('live');
  expect(reduceCodes(state, { type: 'stop' }).queue).toEqual([]);
  expect(reduceCodes(state, { type: 'problem', problem: 'gone' })).toMatchObject({ queue: [], problem: 'gone' });
  expect(reduceCodes(state, { type: 'clear' }).results.size).toBe(0);
});

test('all tried: the summary counts them', () => {
  const legal = CODE_ROWS.filter((row) => row.legal).length;
  const fromScript = CODE_ROWS.filter((row) => row.fromScript).length;
  expect(summarizeCodes(initialCodes(ALL_TRIALS.map(tryOut)))).toBe(
    `${ALL_TRIALS.length} of ${ALL_TRIALS.length} tried: ${legal + fromScript} ended with the code as sent, ` +
      `${CODE_ROWS.length - legal} with 1006, and close() refused ${CODE_ROWS.length - fromScript}.`,
  );
});

test('an address names a trial of the table, and nothing else', () => {
  expect(linkedTrial(new URLSearchParams('code=1012-server'))).toEqual({ code: 1012, by: 'server' });
  expect(linkedTrial(new URLSearchParams('code=1012-server-1'))).toEqual({ code: 1012, by: 'server' });
  for (const code of ['77-server', '1012', '1012-server-', '1012-server-1-1', '1012-nobody', '']) {
    expect(linkedTrial(new URLSearchParams({ code }))).toBeUndefined();
  }
});
