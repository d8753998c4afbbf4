import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface BystanderOptions {
  readonly port: number;
  /** Where it connects to; /echo, unless it is to be watched. */
  readonly path: string;
  /** Of each of its messages, in bytes: four or more. */
  readonly payloadLength: number;
  /** Between an echo and the next message. */
  readonly pauseMs: number;
}

export interface BystanderFigures {
  /** How long each echo took, in ms. */
  readonly latencies: readonly number[];
  /** Messages that did not come back, or not as they were. */
  readonly lost: number;
}

/** Somebody who does nothing wrong: echoes one message after the other while others misbehave. */
export class Bystander {
  readonly #thread: Worker;

  private constructor(thread: Worker) {
    this.#thread = thread;
  }

  /** @returns once its connection is open */
  static async open(port: number, options: Partial<BystanderOptions> = {}): Promise<Bystander> {
    const workerData: BystanderOptions = { path: '/echo', payloadLength: 100, pauseMs: 5, ...options, port };
    const thread = new Worker(new URL('bystander-thread.ts', import.meta.url), { workerData });
    await once(thread, 'message');
    return new Bystander(thread);
  }

  /** Ends it after the echo that is on its way. */
  async stop(): Promise<BystanderFigures> {
    const figures = once(this.#thread, 'message');
    this.#thread.postMessage('stop');
    const [last] = (await figures) as [BystanderFigures];
    await this.#thread.terminate();
    return last;
  }
}
