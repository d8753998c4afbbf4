import type { Exercise } from '../exercise.ts';
import { COUNT_THE_BYTES } from './broadcast-server/count-the-bytes.ts';
import { WHAT_BECOMES_OF_IT } from './broadcast-server/what-becomes-of-it.ts';
import { WHO_HEARS_IT } from './broadcast-server/who-hears-it.ts';
import { WHO_IS_CLOSED } from './broadcast-server/who-is-closed.ts';

/** The exercises of the chapter "The broadcast server". */
export const EXERCISES: readonly Exercise[] = [COUNT_THE_BYTES, WHO_IS_CLOSED, WHAT_BECOMES_OF_IT, WHO_HEARS_IT];
