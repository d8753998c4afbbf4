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

/** What the thread says. */
export type BystanderNews = 'open' | 'echoed' | BystanderFigures;

/** Somebody who does nothing wrong: echoes one message after the other while others misbehave. */
export class Bystander {
  readonly #thread: Worker;
  readonly #figures: Promise<BystanderFigures>;
  #echoed = 0;
  #onEchoed = () => {};

  private constructor(thread: Worker) {
    this.#thread = thread;
    this.#figures = new Promise((resolve, reject) => {
      thread.on('error', reject);
      thread.on('message', (news: BystanderNews) => {
        if (typeof news === 'object') resolve(news);
        else if (news === 'echoed') this.#echoed++;
        this.#onEchoed();
      });
    });
  }

  /** @returns once its connection is open */
  static async open(port: number, options: Partial<BystanderOptions> = {}): Promise<Bystander> {
    const workerData: BystanderOptions = { path: '/echo', payloadLength: 100, pauseMs: 5, ...options, port };
    const thread = new Worker(new URL('bystander-thread.ts', import.meta.url), { workerData });
    await once(thread, 'message');
    return new Bystander(thread);
  }

  /** How many of its messages have come back. */
  get echoed(): number {
    return this.#echoed;
  }

  /** Waits until so many messages have come back. */
  async untilEchoed(messages: number): Promise<void> {
    while (this.#echoed < messages) {
      await new Promise<void>((resolve) => {
        this.#onEchoed = resolve;
      });
    }
  }

  /** Ends it after the echo that is on its way. */
  async stop(): Promise<BystanderFigures> {
    this.#thread.postMessage('stop');
    const figures = await this.#figures;
    await this.#thread.terminate();
    return figures;
  }
}
