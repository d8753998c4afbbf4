import type { Exercise } from '../exercise.ts';
import { COUNT_THE_COPIES } from './the-2011-listing/count-the-copies.ts';
import { WHAT_IS_DELIVERED } from './the-2011-listing/what-is-delivered.ts';
import { WHICH_LENGTH } from './the-2011-listing/which-length.ts';
import { WHICH_LINE_RAISES } from './the-2011-listing/which-line-raises.ts';

/** The exercises of the chapter "The 2011 listing under a microscope". */
export const EXERCISES: readonly Exercise[] = [WHICH_LENGTH, WHAT_IS_DELIVERED, WHICH_LINE_RAISES, COUNT_THE_COPIES];
