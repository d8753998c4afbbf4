import { readFileSync } from 'node:fs';
import { type PassingFrame, parseAction, parseRule, type Rule } from '../../src/inspector/rules/rule.ts';
import type { Decide } from './ruled-direction.ts';

/**
 * Decides about each frame in a program of your own.
 *
 * @returns an action, such as `delay 500` or `edit text "Hi"`; undefined passes the frame on as it is
 */
export type RuleScript = (frame: PassingFrame) => string | undefined;

export interface DecideOptions {
  readonly rules: readonly Rule[];
  readonly script?: RuleScript | undefined;
  /** The script has thrown, or returned no action: the frame passes as it is. */
  readonly onProblem: (sentence: string) => void;
}

/** @returns undefined if there is nothing to decide: then the bytes are not even split into frames */
export function createDecide({ rules, script, onProblem }: DecideOptions): Decide | undefined {
  if (rules.length === 0 && script === undefined) return undefined;
  return (frame) => {
    const index = rules.findIndex(({ fits }) => fits(frame));
    if (index >= 0) return { name: `rule ${index + 1}`, action: (rules[index] as Rule).action };
    const asked = script === undefined ? undefined : askScript(script, frame, onProblem);
    if (asked === undefined) return undefined;
    const action = parseAction(asked, readOrNot);
    if (!('problem' in action)) return { name: 'script', action };
    onProblem(`The script returned ${JSON.stringify(asked)}. ${action.problem}`);
    return undefined;
  };
}

/** @throws RangeError if a rule has a mistake */
export function parseRules(texts: readonly string[]): Rule[] {
  return texts.map((text) => {
    const rule = parseRule(text, readOrNot);
    if ('problem' in rule) throw new RangeError(rule.problem);
    return rule;
  });
}

function askScript(script: RuleScript, frame: PassingFrame, onProblem: (sentence: string) => void): string | undefined {
  try {
    const asked: unknown = script(frame);
    if (asked === undefined || asked === null) return undefined;
    return String(asked);
  } catch (error) {
    onProblem(`The script has thrown: ${error instanceof Error ? error.message : error}. The frame passes as it is.`);
    return undefined;
  }
}

function readOrNot(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return undefined;
  }
}
