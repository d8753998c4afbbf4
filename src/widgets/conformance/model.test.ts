import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConformanceAnswer, ReportedCase } from '../../companion/conformance.ts';
import { findCauses } from '../../conformance/causes.ts';
import { decodeDirection, findSuspect } from './case-bytes.ts';
import {
  announce,
  type ConformanceState,
  countOutcomes,
  initialConformance,
  reduceConformance,
  summarize,
} from './model.ts';
import { formatResults, presentSections } from './present.ts';
import { readConformanceRecording } from './recording.ts';

const text = readFileSync(new URL('../../../content/recordings/conformance-bad-server.json', import.meta.url), 'utf8');
const recording = readConformanceRecording(text);
const ANY = { outcome: 'any', words: '', cause: undefined } as const;

const hexOf = (characters: string) => Buffer.from(characters, 'latin1').toString('hex');
const aCase = (id: string, values: Partial<ReportedCase> = {}): ReportedCase => ({
  ...{ id, title: `Case ${id}`, section: id.split('-')[0] ?? '', outcome: 'passed', finding: 'As it should be.' },
  ...{
    cause: '',
    place: 0,
    sent: 'ping',
    expected: 'pong',
    cameBack: 'pong',
    requirement: `What ${id} demands.`,
    why: 'Because.',
    tookMs: 1,
    sentHead: '',
    sentHex: '',
    receivedHex: '',
  },
  ...values,
});
const told = (results: readonly ReportedCase[], total: number): ConformanceAnswer[] =>
  results.map((result, index) => ({ type: 'progress', done: index + 1, total, result }));
const started = reduceConformance(initialConformance(recording), { type: 'start' });
const after = (...answers: readonly ConformanceAnswer[]): ConformanceState =>
  reduceConformance(started, { type: 'report', answers });

describe('a check', () => {
  test('begins with the recorded example, which start puts away', () => {
    const state = initialConformance(recording);
    expect(summarize(state)).toMatch(/^\d+ cases in \d+\.\d s: \d+ passed, 0 allowed, [1-9]\d* failed\.$/);
    expect(started).toMatchObject({ phase: 'running', results: [], url: '', problem: undefined });
    expect(summarize(started)).toBe('Connecting.');
  });

  test('counts as it goes on, and comes to its end', () => {
    const cases = [aCase('5.5-a'), aCase('5.5-b', { outcome: 'failed' })];
    expect(summarize(after(...told(cases, 8)))).toBe('2 of 8: 1 passed, 0 allowed, 1 failed.');
    const done = after(...told(cases, 2), { type: 'done', end: 'all', tookMs: 1234 });
    expect(summarize(done)).toBe('2 cases in 1.2 s: 1 passed, 0 allowed, 1 failed.');
    expect(reduceConformance(done, { type: 'lose', why: 'gone' })).toBe(done);
  });

  test('of a stage says whether the stage is done, and what comes next', () => {
    const ran = (stage: string, only: string, outcome: ReportedCase['outcome']) => {
      const filled = reduceConformance(initialConformance(recording), { type: 'fill', form: { stage, only } });
      const running = reduceConformance(filled, { type: 'start' });
      const answers = told([aCase('5.5-a', { outcome })], 1);
      return summarize(
        reduceConformance(running, { type: 'report', answers: [...answers, { type: 'done', end: 'all', tookMs: 1 }] }),
      );
    };
    expect(ran('3', '', 'passed')).toMatch(/ Stage 3 is done\. Next is stage 4: Read the header of a frame\.$/);
    expect(ran('8', '', 'allowed')).toMatch(/ Stage 8 is done\. It is the last one\.$/);
    expect(ran('3', '', 'failed')).toMatch(/ 1 failed\. Stage 3 is not done yet\.$/);
    // A few cases say nothing about the others.
    expect(ran('3', '5.5', 'passed')).toMatch(/ 0 failed\.$/);
  });

  test('keeps what was there when it is stopped, or loses the companion', () => {
    const some = after(...told([aCase('5.5-a')], 8));
    const stopping = reduceConformance(some, { type: 'stop' });
    expect(stopping.phase).toBe('stopping');
    const stopped = reduceConformance(stopping, {
      type: 'report',
      answers: [{ type: 'done', end: 'stopped', tookMs: 3 }],
    });
    expect(summarize(stopped)).toBe('Stopped after 1 of 8: 1 passed, 0 allowed, 0 failed.');
    const lost = reduceConformance(some, { type: 'lose', why: 'It is gone.' });
    expect(lost).toMatchObject({ phase: 'problem', problem: 'It is gone.', results: some.results });
  });

  test('puts results in the order of the suite, whatever the order in which they came', () => {
    const [first, second] = [aCase('5.2-a', { place: 0 }), aCase('5.2-b', { place: 1 })];
    expect(after(...told([second, first], 2)).results).toEqual([first, second]);
  });

  test('drops the complaint about an address once the address changes', () => {
    const complaining = after({ type: 'problem', sentence: 'There is no server.' });
    const changed = reduceConformance(complaining, { type: 'fill', form: { url: 'ws://localhost:1' } });
    expect(changed.problem).toBeUndefined();
  });

  test('says that a server opens nothing, or is gone', () => {
    const [closed, gone] = (['not-opened', 'gone'] as const).map((end) =>
      after(...told([aCase('5.5-a')], 8), { type: 'done', end, tookMs: 3 }),
    );
    expect(closed && summarize(closed)).toContain('opens no connection');
    expect(gone && summarize(gone)).toMatch(/^The server stopped listening after 1 of 8: 1 passed/);
  });

  test('says why it did not begin, and keeps the form', () => {
    const state = after({ type: 'problem', sentence: 'There is no server.' });
    expect(state).toMatchObject({ phase: 'problem', problem: 'There is no server.', form: started.form });
    expect(summarize(state)).toBe('');
  });

  test('is announced at its quarters only', () => {
    const cases = Array.from({ length: 100 }, (_, index) => aCase(`5.5-${index}`));
    const said = new Set(cases.map((_, index) => announce(after(...told(cases.slice(0, index), cases.length)))));
    expect([...said]).toEqual([
      'The run has started.',
      '25 % of the cases are done.',
      '50 % of the cases are done.',
      '75 % of the cases are done.',
    ]);
  });
});

describe('the results', () => {
  test('stand by section in a fixed order, and in the order of the suite within each', () => {
    const results = [
      aCase('5.10-z'),
      aCase('5.2-a'),
      aCase('x', { section: 'RFC 9112 §3' }),
      aCase('5.5-a'),
      aCase('5.5-b', { outcome: 'allowed' }),
      aCase('5.5-c', { outcome: 'failed' }),
    ];
    const sections = presentSections(results, ANY);
    expect(sections.map(({ section }) => section)).toEqual(['5.2', '5.5', '5.10', 'RFC 9112 §3']);
    expect(sections[1]).toMatchObject({ total: 3, failed: 1 });
    expect(sections[1]?.notPassed.map(({ id }) => id)).toEqual(['5.5-b', '5.5-c']);
    expect(sections[1]?.passed.map(({ id }) => id)).toEqual(['5.5-a']);
  });

  test('are filtered by outcome and by words', () => {
    const failed = presentSections(recording.results, { outcome: 'failed', words: '', cause: undefined });
    expect(failed.every(({ passed }) => passed.length === 0)).toBe(true);
    const pings = presentSections(recording.results, { outcome: 'any', words: ' PING-125 ', cause: undefined });
    expect(pings.flatMap(({ notPassed }) => notPassed).map(({ id }) => id)).toEqual([
      '5.5.2-ping-125',
      '5.5.2-ping-125-cut-1',
    ]);
    expect(presentSections(recording.results, { outcome: 'any', words: 'nothing like it', cause: undefined })).toEqual(
      [],
    );
  });

  test('with one cause are found by it', () => {
    const causes = findCauses(recording.results);
    expect(causes.length).toBeGreaterThan(1);
    for (const { name: cause, cases } of causes) {
      const found = presentSections(recording.results, { outcome: 'any', words: '', cause });
      expect(found.reduce((sum, { failed }) => sum + failed, 0)).toBe(cases.length);
    }
  });

  test('are copied with their counts', () => {
    const report = JSON.parse(formatResults(initialConformance(recording)));
    expect(report.counts).toEqual(countOutcomes(recording.results));
    expect(report.cases).toEqual(recording.results);
  });

  test('come apart into the response and the frames of each way', () => {
    const failed = recording.results.find(({ id }) => id === '5.5.2-ping-text');
    const sent = decodeDirection(failed?.sentHex ?? '', 'client', failed?.sentHead);
    expect(sent.head[0]).toBe('GET /echo HTTP/1.1');
    expect(sent.head).toHaveLength(6);
    expect(sent.frames[0]?.sentence).toContain('ping');
    expect(sent.href).toMatch(/^\/decode\/#from=client&f=89/);
    const received = decodeDirection(failed?.receivedHex ?? '', 'server');
    expect(received.head[0]).toBe('HTTP/1.1 101 Switching Protocols');
    expect(received.frames[0]?.sentence).toContain('pong');
    expect(received.href).toMatch(/^\/decode\/#from=server&f=8a00/);
    expect(decodeDirection('', 'server')).toMatchObject({ head: [], frames: [], href: undefined });
  });

  test('of a response that opens no connection are text, with what follows it', () => {
    const refused = hexOf('HTTP/1.1 404 Not Found\r\n\r\nNothing is here.');
    expect(decodeDirection(refused, 'server')).toMatchObject({
      head: ['HTTP/1.1 404 Not Found', 'Nothing is here.'],
      frames: [],
      href: undefined,
    });
    const strayLineFeed = hexOf('HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: a=\n\r\n');
    expect(decodeDirection(strayLineFeed, 'server')).toMatchObject({ frames: [], href: undefined });
  });

  test('open at the frame that shows the fault', () => {
    const ping = decodeDirection('898d00000000'.concat('48656c6c6f2c20776f726c6421'), 'client', '');
    const emptyPong = decodeDirection('8a00880203e8', 'server');
    expect(findSuspect(ping, emptyPong)).toBe(emptyPong.frames[0]);
    const masked = decodeDirection('8a00818537fa213d7f9f4d5158', 'server');
    expect(findSuspect(ping, masked)).toBe(masked.frames[1]);
    expect(findSuspect(ping, decodeDirection('', 'server'))).toBe(ping.frames[0]);
  });

  test('show what a server sent wrongly', () => {
    expect(decodeDirection('818537fa213d7f9f4d5158', 'server').frames[0]?.broken).toEqual(['masked-server-frame']);
  });

  test.each(['{}', '{"url":"","only":"","tookMs":1,"results":[]}', '{"url":"","only":"","tookMs":1,"results":[{}]}'])(
    'are not taken from %s',
    (wrong) => {
      expect(() => readConformanceRecording(wrong)).toThrow('Record it again');
    },
  );
});
