import type { Exercise } from '../exercise.ts';
import { COUNT_THE_MESSAGES } from './messages-fragments-text/count-the-messages.ts';
import { FIN_AND_OPCODE } from './messages-fragments-text/fin-and-opcode.ts';
import { PONG_OR_MESSAGE } from './messages-fragments-text/pong-or-message.ts';
import { WRITE_THE_FRAGMENTS } from './messages-fragments-text/write-the-fragments.ts';
import { WRONG_IN_UTF8 } from './messages-fragments-text/wrong-in-utf8.ts';

/** The exercises of the chapter "Messages, fragments and text". */
export const EXERCISES: readonly Exercise[] = [
  COUNT_THE_MESSAGES,
  FIN_AND_OPCODE,
  PONG_OR_MESSAGE,
  WRONG_IN_UTF8,
  WRITE_THE_FRAGMENTS,
];
