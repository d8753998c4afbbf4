import type { Exercise } from '../exercise.ts';
import { EMPTY_POLLS } from './polling-measured/empty-polls.ts';
import { LONGEST_WAIT } from './polling-measured/longest-wait.ts';
import { WHICH_WAY } from './polling-measured/which-way.ts';

/** The exercises of the chapter "What polling costs, measured". */
export const EXERCISES: readonly Exercise[] = [LONGEST_WAIT, EMPTY_POLLS, WHICH_WAY];
