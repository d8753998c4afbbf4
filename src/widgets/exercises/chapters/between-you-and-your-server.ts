import type { Exercise } from '../exercise.ts';
import { MISSING_LINE } from './between-you-and-your-server/missing-line.ts';
import { PING_INTERVAL } from './between-you-and-your-server/ping-interval.ts';
import { WHO_ENDED_IT } from './between-you-and-your-server/who-ended-it.ts';

/** The exercises of the chapter "Between you and your server". */
export const EXERCISES: readonly Exercise[] = [MISSING_LINE, WHO_ENDED_IT, PING_INTERVAL];
