import type { Answer } from '../host/order.ts';
import type { StageId } from '../stage-id.ts';
import { sayError } from './say-error.ts';
import type { Failure, StageVerdict } from './verdict.ts';

/** One test of a stage. */
export interface StageTest {
  readonly title: string;
  /** @returns undefined if the code passed */
  readonly run: (watch: Watch) => Promise<Failure | undefined>;
}

/** Learns of every answer, so that no error and no line of the console is lost. */
export type Watch = (answer: Answer) => Answer;

/** Runs the tests of a stage until one fails. */
export async function runTests(stage: StageId, tests: readonly StageTest[]): Promise<StageVerdict> {
  const lines: string[] = [];
  for (const [done, { title, run }] of tests.entries()) {
    let thrown: Answer['error'];
    const failure = await run((answer) => {
      lines.push(...answer.lines);
      thrown ??= answer.error;
      return answer;
    });
    if (failure !== undefined) {
      const found: Failure =
        thrown === undefined
          ? failure
          : { ...failure, finding: sayError(thrown, stage), fix: '', got: 'an error', error: thrown };
      return { passed: false, done, total: tests.length, failure: { ...found, title }, lines: cut(lines) };
    }
  }
  return { passed: true, done: tests.length, total: tests.length, lines: cut(lines) };
}

const MAX_LINES = 20;

const cut = (lines: readonly string[]): string[] => lines.slice(0, MAX_LINES);
