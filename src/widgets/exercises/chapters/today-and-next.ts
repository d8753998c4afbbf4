import type { Exercise } from '../exercise.ts';
import { ORDER_THE_OPENING } from './today-and-next/order-the-opening.ts';
import { WHICH_FIELDS } from './today-and-next/which-fields.ts';
import { WHICH_TOOL } from './today-and-next/which-tool.ts';

/** The exercises of the chapter "Today and next". */
export const EXERCISES: readonly Exercise[] = [WHICH_TOOL, ORDER_THE_OPENING, WHICH_FIELDS];
