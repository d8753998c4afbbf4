import type { Exercise } from '../exercise.ts';
import { DECODE_THE_CLOSE } from './ping-pong-close/decode-the-close.ts';
import { ORDER_THE_CLOSE } from './ping-pong-close/order-the-close.ts';
import { WHICH_CODE_IS_TOLD } from './ping-pong-close/which-code-is-told.ts';
import { WRITE_THE_PONG } from './ping-pong-close/write-the-pong.ts';

/** The exercises of the chapter "Ping, pong and close". */
export const EXERCISES: readonly Exercise[] = [WRITE_THE_PONG, DECODE_THE_CLOSE, WHICH_CODE_IS_TOLD, ORDER_THE_CLOSE];
