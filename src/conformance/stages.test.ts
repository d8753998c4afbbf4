import { describe, expect, test } from 'vitest';
import { MAX_STAGE } from '../companion/conformance.ts';
import type { ConformanceCase } from './case.ts';
import { isCloseFrame } from './close-step.ts';
import { describeExpectation } from './describe-expectation.ts';
import { casesAtStage, cutCase, isInGroup, stageOfCase } from './stage-cases.ts';
import { STAGES, type Stage, stageNumbered } from './stages.ts';
import { conformanceCases } from './suite.ts';

const CASES = conformanceCases({ maxMessageBytes: 1024 * 1024 });
const stage = (number: number) => stageNumbered(number) as Stage;
const named = (id: string) => CASES.find((each) => each.id === id) as ConformanceCase;

describe('the stages', () => {
  test('are numbered from 1, and a page can ask for each', () => {
    expect(STAGES.map(({ number }) => number)).toEqual(STAGES.map((_, index) => index + 1));
    expect(STAGES).toHaveLength(MAX_STAGE);
    expect([0, 9, 1.5, Number.NaN].map(stageNumbered)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('have every case of the suite in exactly one group, and no case about compression', () => {
    const groups = STAGES.flatMap((each) => each.groups);
    for (const each of CASES) {
      expect(
        groups.filter((group) => isInGroup(each, group)).map(({ title }) => title),
        each.id,
      ).toHaveLength(1);
    }
    for (const group of groups)
      expect(
        CASES.some((each) => isInGroup(each, group)),
        group.title,
      ).toBe(true);
    const deflate = conformanceCases({ deflate: true }).filter(({ needs, opening }) => needs ?? opening.deflate);
    expect(deflate.length).toBeGreaterThan(10);
    expect(deflate.filter(stageOfCase)).toEqual([]);
  });

  test('add to each other, and the last one is the whole suite, whole', () => {
    const counts = STAGES.map((each) => casesAtStage(CASES, each).length);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(casesAtStage(CASES, stage(8))).toEqual(CASES);
  });
});

describe('a case at a stage', () => {
  const plain = named('4.2.2-opens-plain');

  test('asks for no more of a correct connection than the stage has', () => {
    const expected = (number: number) => describeExpectation(cutCase(plain, stage(number).reach).expectation);
    expect(STAGES.map(({ number }) => expected(number))).toEqual([
      'an HTTP response',
      'status 101, Upgrade: websocket, Connection: Upgrade',
      'status 101 with the right Sec-WebSocket-Accept',
      'status 101 with the right Sec-WebSocket-Accept',
      'status 101; text "Hello"',
      'status 101; text "Hello"',
      'status 101; text "Hello"; close 1000; the end of TCP',
      'status 101; text "Hello"; close 1000; the end of TCP',
    ]);
  });

  test('sends no close frame before the stage that answers one, and nothing else is left out', () => {
    for (const each of casesAtStage(CASES, stage(6))) {
      const whole = named(each.id);
      if (whole.expectation.type !== 'closing') expect(each).toBe(whole);
      else {
        expect(each.steps.some(isCloseFrame), each.id).toBe(false);
        expect(each.steps, each.id).toEqual(whole.steps.slice(0, -1));
      }
    }
  });
});
