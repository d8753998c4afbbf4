import { expect, test } from 'vitest';
import type { DoctorReport, DoctorStep } from '../../companion/doctor.ts';
import { announceDoctor, causeLink, INITIAL_DOCTOR, reduceDoctor } from './model.ts';

const step: DoctorStep = { name: 'tcp', title: 'TCP', outcome: 'ok', tookMs: 1, sentence: 'It is there.', details: [] };
const report: DoctorReport = {
  url: 'ws://a/',
  opens: false,
  steps: [step],
  cause: 'redirected',
  sentence: 'It moved.',
};
const running = reduceDoctor(reduceDoctor(INITIAL_DOCTOR, { type: 'fill', url: 'ws://a/' }), { type: 'start' });

test('steps are added as they come, and the report ends the run', () => {
  const one = reduceDoctor(running, { type: 'answer', answer: { type: 'step', step } });
  expect(one).toMatchObject({ phase: 'running', steps: [step] });
  expect(announceDoctor(one)).toBe('It is there.');
  const done = reduceDoctor(one, { type: 'answer', answer: { type: 'report', report } });
  expect(done).toMatchObject({ phase: 'done', steps: [step], report });
  expect(announceDoctor(done)).toBe('It does not open. It moved.');
});

test('a problem ends the run, and so does a lost companion; after the end nothing changes', () => {
  const problem = reduceDoctor(running, { type: 'answer', answer: { type: 'problem', sentence: 'Not here.' } });
  expect(problem).toMatchObject({ phase: 'done', problem: 'Not here.' });
  expect(reduceDoctor(problem, { type: 'lose', why: 'gone' })).toBe(problem);
  expect(reduceDoctor(problem, { type: 'answer', answer: { type: 'step', step } })).toBe(problem);
  expect(reduceDoctor(running, { type: 'lose', why: 'gone' })).toMatchObject({ phase: 'done', problem: 'gone' });
});

test('a new run forgets the one before', () => {
  const done = reduceDoctor(running, { type: 'answer', answer: { type: 'report', report } });
  expect(reduceDoctor(done, { type: 'start' })).toMatchObject({ url: 'ws://a/', steps: [], report: undefined });
});

test('a cause is linked only if the page has it', () => {
  expect(causeLink(report, ['redirected'])).toBe('#redirected');
  expect(causeLink(report, [])).toBeUndefined();
});
