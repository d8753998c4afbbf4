import { decodeFrameExercise } from '../decode-frame.ts';
import type { Exercise } from '../exercise.ts';
import { pickViolationExercise } from '../pick-violation.ts';
import { drawBrokenHeader } from './the-frame/draw-broken-header.ts';
import { PAYLOAD_BEGINS } from './the-frame/payload-begins.ts';
import { WHERE_IT_ENDS } from './the-frame/where-it-ends.ts';
import { WRITE_THE_HEADER } from './the-frame/write-the-header.ts';

/** The exercises of the chapter "The frame". */
export const EXERCISES: readonly Exercise[] = [
  decodeFrameExercise('decode-this-frame', 'Decode this frame'),
  PAYLOAD_BEGINS,
  WRITE_THE_HEADER,
  pickViolationExercise('which-byte-breaks-the-rule', 'Which byte breaks the rule?', drawBrokenHeader),
  WHERE_IT_ENDS,
];
