import type { Exercise } from '../exercise.ts';
import { BE_THE_ATTACKER } from './masking/be-the-attacker.ts';
import { FIND_THE_KEY } from './masking/find-the-key.ts';
import { KEY_BYTE_AFTER_A_CUT } from './masking/key-byte-after-a-cut.ts';
import { UNMASK_BY_HAND } from './masking/unmask-by-hand.ts';
import { WHICH_FRAME_IS_ILLEGAL } from './masking/which-frame-is-illegal.ts';

/** The exercises of the chapter "Masking". */
export const EXERCISES: readonly Exercise[] = [
  UNMASK_BY_HAND,
  FIND_THE_KEY,
  KEY_BYTE_AFTER_A_CUT,
  WHICH_FRAME_IS_ILLEGAL,
  BE_THE_ATTACKER,
];
