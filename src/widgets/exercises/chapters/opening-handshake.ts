import type { Exercise } from '../exercise.ts';
import { CHOOSE_THE_SUBPROTOCOL } from './opening-handshake/choose-the-subprotocol.ts';
import { MEND_THE_REQUEST } from './opening-handshake/mend-the-request.ts';
import { WHICH_STATUS } from './opening-handshake/which-status.ts';
import { WRITE_THE_ANSWER } from './opening-handshake/write-the-answer.ts';

/** The exercises of the chapter "The opening handshake". */
export const EXERCISES: readonly Exercise[] = [
  WHICH_STATUS,
  MEND_THE_REQUEST,
  CHOOSE_THE_SUBPROTOCOL,
  WRITE_THE_ANSWER,
];
