import type { Exercise } from '../exercise.ts';
import { MEMORY_BILL } from './compression/memory-bill.ts';
import { READ_THE_CODES } from './compression/read-the-codes.ts';
import { WHICH_ANSWER } from './compression/which-answer.ts';
import { WHICH_FRAME } from './compression/which-frame.ts';

/** The exercises of the chapter "Compression". */
export const EXERCISES: readonly Exercise[] = [READ_THE_CODES, WHICH_FRAME, WHICH_ANSWER, MEMORY_BILL];
