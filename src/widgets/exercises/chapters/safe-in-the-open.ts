import type { Exercise } from '../exercise.ts';
import { WHERE_THE_COOKIE_GOES } from './safe-in-the-open/where-the-cookie-goes.ts';
import { WHICH_LOGIN } from './safe-in-the-open/which-login.ts';
import { WHO_GETS_IN } from './safe-in-the-open/who-gets-in.ts';

/** The exercises of the chapter "Safe in the open". */
export const EXERCISES: readonly Exercise[] = [WHO_GETS_IN, WHERE_THE_COOKIE_GOES, WHICH_LOGIN];
