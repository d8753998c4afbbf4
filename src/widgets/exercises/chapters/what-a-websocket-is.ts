import type { Exercise } from '../exercise.ts';
import { HOW_LONG_DOES_IT_WAIT } from './what-a-websocket-is/how-long-does-it-wait.ts';
import { HOW_MANY_BYTES } from './what-a-websocket-is/how-many-bytes.ts';
import { PUT_A_LIFE_IN_ORDER } from './what-a-websocket-is/put-a-life-in-order.ts';
import { WHERE_DO_THEY_STAND } from './what-a-websocket-is/where-do-they-stand.ts';

/** The exercises of the chapter "What a WebSocket is". */
export const EXERCISES: readonly Exercise[] = [
  HOW_MANY_BYTES,
  HOW_LONG_DOES_IT_WAIT,
  PUT_A_LIFE_IN_ORDER,
  WHERE_DO_THEY_STAND,
];
