import type { Answer, Order } from './host/order.ts';

/** The reader's code, running. The judge asks, and waits for each answer. */
export interface RunningCode {
  /** Never rejects: what goes wrong is the answer's error. */
  ask(order: Order): Promise<Answer>;
}
