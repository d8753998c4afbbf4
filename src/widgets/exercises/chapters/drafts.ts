import type { Exercise } from '../exercise.ts';
import { READ_FRAMES } from './drafts/read-frames.ts';
import { SOLVE_KEY } from './drafts/solve-key.ts';
import { WHICH_DRAFT } from './drafts/which-draft.ts';

/** The exercises of the chapter "The drafts, a time machine". */
export const EXERCISES: readonly Exercise[] = [WHICH_DRAFT, SOLVE_KEY, READ_FRAMES];
