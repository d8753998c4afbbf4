import type { Exercise } from '../exercise.ts';
import { pickViolationExercise } from '../pick-violation.ts';
import { drawBroken } from './break-the-rules/draw-broken.ts';
import { MEND_THE_FRAME } from './break-the-rules/mend-the-frame.ts';
import { WHAT_IS_TOLD } from './break-the-rules/what-is-told.ts';
import { WHICH_CODE } from './break-the-rules/which-code.ts';

/** The exercises of the chapter "Break the rules". */
export const EXERCISES: readonly Exercise[] = [
  pickViolationExercise('which-byte', 'Which byte breaks the rule?', drawBroken),
  WHICH_CODE,
  MEND_THE_FRAME,
  WHAT_IS_TOLD,
];
