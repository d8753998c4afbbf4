import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_CASE_CHARACTERS,
  MAX_CASE_HEX,
  MAX_MESSAGE_LIMIT,
  MAX_STAGE,
  MIN_MESSAGE_LIMIT,
  parseConformanceAnswer,
  parseConformanceOrder,
  type ReportedCase,
} from '../conformance.ts';

const URL_OF_ECHO = 'ws://localhost:9001/echo';

describe('parseConformanceOrder', () => {
  test('takes an address alone, or with what narrows the check down', () => {
    expect(parseConformanceOrder(JSON.stringify({ url: URL_OF_ECHO }))).toEqual({
      order: { type: 'run', url: URL_OF_ECHO, only: '', maxMessage: undefined },
    });
    expect(
      parseConformanceOrder(JSON.stringify({ url: URL_OF_ECHO, only: '5.5', maxMessage: MIN_MESSAGE_LIMIT })),
    ).toEqual({
      order: { type: 'run', url: URL_OF_ECHO, only: '5.5', maxMessage: MIN_MESSAGE_LIMIT },
    });
    expect(parseConformanceOrder(JSON.stringify({ url: URL_OF_ECHO, stage: MAX_STAGE }))).toEqual({
      order: { type: 'run', url: URL_OF_ECHO, only: '', stage: MAX_STAGE },
    });
    expect(parseConformanceOrder('{"type":"stop"}')).toEqual({ order: { type: 'stop' } });
  });

  test.each([
    ['', 'not JSON'],
    ['null', 'must be a JSON object'],
    ['7', 'must be a JSON object'],
    ['{}', '"url"'],
    [{ url: 7 }, '"url"'],
    [{ url: 'x'.repeat(3000) }, '"url"'],
    [{ url: URL_OF_ECHO, only: 5.5 }, '"only"'],
    [{ url: URL_OF_ECHO, only: '5'.repeat(101) }, '"only"'],
    [{ url: URL_OF_ECHO, maxMessage: '65536' }, '"maxMessage"'],
    [{ url: URL_OF_ECHO, maxMessage: MIN_MESSAGE_LIMIT - 1 }, '"maxMessage"'],
    [{ url: URL_OF_ECHO, maxMessage: MAX_MESSAGE_LIMIT + 1 }, '"maxMessage"'],
    [{ url: URL_OF_ECHO, maxMessage: MIN_MESSAGE_LIMIT + 0.5 }, '"maxMessage"'],
    [{ url: URL_OF_ECHO, stage: 0 }, '"stage"'],
    [{ url: URL_OF_ECHO, stage: MAX_STAGE + 1 }, '"stage"'],
    [{ url: URL_OF_ECHO, stage: '4' }, '"stage"'],
  ])('%#: says what is wrong', (order, words) => {
    const parsed = parseConformanceOrder(typeof order === 'string' ? order : JSON.stringify(order));
    expect(parsed).toEqual({ problem: expect.stringContaining(words) });
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseConformanceOrder(text)));
  });
});

describe('parseConformanceAnswer', () => {
  const result: ReportedCase = {
    ...{ id: '5.5-ping', title: 'A ping', section: '5.5', outcome: 'failed', finding: 'No pong came.' },
    ...{
      cause: 'pings-not-answered',
      place: 0,
      sent: 'ping',
      expected: 'pong',
      cameBack: 'nothing',
      why: 'Because.',
      sentHead: '',
      requirement: 'RFC 6455 §5.5.2: A ping is answered.',
    },
    ...{ tookMs: 3, sentHex: '8980', receivedHex: '' },
  };
  const progress = { type: 'progress', done: 1, total: 2, result };

  test.each([
    progress,
    { type: 'done', end: 'stopped', tookMs: 12 },
    { type: 'problem', sentence: 'There is no server.' },
  ])('%#: takes what the companion sends', (answer) => {
    expect(parseConformanceAnswer(JSON.stringify(answer))).toEqual({ answer });
  });

  test.each([
    '',
    'null',
    { type: 'done', end: 'perhaps', tookMs: 1 },
    { type: 'done', end: 'all', tookMs: -1 },
    { type: 'problem' },
    { ...progress, done: 3 },
    { ...progress, total: 1e9 },
    { ...progress, result: undefined },
    { ...progress, result: { ...result, outcome: 'perfect' } },
    { ...progress, result: { ...result, finding: 7 } },
    { ...progress, result: { ...result, title: 'x'.repeat(MAX_CASE_CHARACTERS + 1) } },
    { ...progress, result: { ...result, sentHex: '898' } },
    { ...progress, result: { ...result, receivedHex: '00'.repeat(MAX_CASE_HEX) } },
  ])('%#: does not take what it cannot have sent', (answer) => {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    expect(parseConformanceAnswer(text)).toEqual({ problem: expect.stringContaining('the message is') });
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseConformanceAnswer(text)));
  });
});
