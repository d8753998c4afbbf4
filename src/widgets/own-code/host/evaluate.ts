import type { StageId } from '../stage-id.ts';
import type { Source } from './order.ts';

/** Names that the code can use, and their values. */
export type Given = Readonly<Record<string, unknown>>;

/** The name by which the engine knows the code of a stage, in the stack of an error. */
export const fileOf = (stage: StageId) => `your-${stage}.js`;

/**
 * Evaluates the code of one stage.
 *
 * It runs in an inner function, so that it may declare anew what is given to it.
 *
 * @returns its function, or what else it declared under that name; undefined if it declared nothing
 * @throws what the code throws, or the engine's SyntaxError
 */
export function evaluate({ stage, code }: Source, given: Given): unknown {
  const body = `${BEFORE}${code}\n;return typeof ${stage} === 'undefined' ? undefined : ${stage};\n})();\n//# sourceURL=${fileOf(stage)}`;
  // A function of that name that is given already would be returned although the code declares none.
  const names = Object.keys(given).filter((name) => name !== stage);
  return new Function(...names, body)(...names.map((name) => given[name]));
}

const BEFORE = '"use strict";\nreturn (() => {\n';

let probed: number | undefined;

/** The number of lines that the engine counts before the first line of the code. */
export function linesBefore(): number {
  probed ??= probe();
  return probed;
}

function probe(): number {
  try {
    evaluate({ stage: 'accept', code: 'throw new Error()' }, {});
  } catch (error) {
    const place = placeIn(String((error as Error).stack));
    if (place !== undefined) return place.line - 1;
  }
  return BEFORE.split('\n').length + 1;
}

/** Finds the innermost place in the reader's code that a stack names. Lines are counted as the engine counts them. */
export function placeIn(
  stack: string,
): { readonly stage: StageId; readonly line: number; readonly column: number } | undefined {
  const [, stage, line, column] = /your-(\w+)\.js:(\d+):(\d+)/.exec(stack) ?? [];
  if (stage === undefined) return undefined;
  return { stage: stage as StageId, line: Number(line), column: Number(column) };
}
