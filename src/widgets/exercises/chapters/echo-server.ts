import type { Exercise } from '../exercise.ts';
import { ORDER_THE_WAY } from './echo-server/order-the-way.ts';
import { REVERSE_IT } from './echo-server/reverse-it.ts';
import { WHAT_IS_KEPT } from './echo-server/what-is-kept.ts';
import { WRITE_THE_ECHO } from './echo-server/write-the-echo.ts';

/** The exercises of the chapter "The echo server". */
export const EXERCISES: readonly Exercise[] = [ORDER_THE_WAY, WHAT_IS_KEPT, WRITE_THE_ECHO, REVERSE_IT];
