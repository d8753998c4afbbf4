import type { Answer, CodeError, FromWorker, Order } from './host/order.ts';
import type { RunningCode } from './running-code.ts';

/** The code may take this long for one answer. */
export const MAX_ANSWER_MS = 2000;
/** Its worker may take this long until it runs: it is loaded first. */
const MAX_START_MS = 20_000;

/** The part of a `Worker` that is needed here. */
export interface WorkerLike {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: { readonly id: number; readonly order: Order }): void;
  terminate(): void;
}

/** The reader's code in a worker. A call that does not return ends the worker: nothing else can stop it. */
export class WorkerCode implements RunningCode {
  readonly #worker: WorkerLike;
  readonly #started: Promise<void>;
  #start: () => void = () => {};
  #dead: CodeError | undefined;
  #id = 0;
  #waiting: { readonly id: number; readonly settle: (answer: Answer) => void } | undefined;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    this.#started = new Promise((resolve) => {
      this.#start = resolve;
    });
    worker.onmessage = ({ data }) => this.#receive(data as Partial<FromWorker> | undefined);
    worker.onerror = () =>
      this.#die({
        name: 'Crash',
        message:
          'The worker that runs your code could not be loaded, or crashed. Is the server of this page still there? Reload the page.',
      });
  }

  async ask(order: Order): Promise<Answer> {
    const start = setTimeout(() => this.#die(NOT_STARTED), MAX_START_MS);
    await this.#started;
    clearTimeout(start);
    if (this.#dead !== undefined) return answerOf(this.#dead);
    return new Promise((resolve) => {
      const id = ++this.#id;
      const limit = setTimeout(() => this.#die(TIMEOUT), MAX_ANSWER_MS);
      this.#waiting = {
        id,
        settle: (answer) => {
          clearTimeout(limit);
          resolve(answer);
        },
      };
      this.#worker.postMessage({ id, order });
    });
  }

  /** Ends the worker. Whatever is asked from now on has this error. */
  stop(): void {
    this.#die(STOPPED);
  }

  // The reader's code runs beside the worker's own, and could send anything.
  #receive(data: { readonly runs?: unknown; readonly id?: unknown; readonly answer?: unknown } | undefined): void {
    if (data?.runs === true) this.#start();
    else if (data?.answer !== undefined && data.id === this.#waiting?.id) this.#settle(data.answer as Answer);
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.settle(answer);
  }

  #die(error: CodeError): void {
    if (this.#dead !== undefined) return;
    this.#dead = error;
    this.#worker.terminate();
    this.#start();
    this.#settle(answerOf(error));
  }
}

const TIMEOUT: CodeError = {
  name: 'Timeout',
  message: `Your code ran for ${MAX_ANSWER_MS / 1000} seconds without an answer, so it was stopped. Look for a loop that never ends.`,
};
const NOT_STARTED: CodeError = {
  name: 'Crash',
  message: 'The worker that runs your code did not start. Reload the page.',
};
const STOPPED: CodeError = { name: 'Stopped', message: 'You stopped the run.' };

const answerOf = (error: CodeError): Answer => ({ values: [], lines: [], error });
