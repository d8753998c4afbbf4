import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module of this folder in its own process, which answers one question at a time. So the garbage of one side does not
 * slow down the other, and neither waits for the other's event loop.
 */
export class Worker {
  readonly #name: string;
  readonly #child: ChildProcess;
  #waiting: { resolve(reply: unknown): void; reject(error: Error): void } | undefined;

  /**
   * @param file relative to this file, or a URL
   * @param nodeOptions options of Node for this process alone
   */
  constructor(file: string, workerArguments: readonly string[] = [], nodeOptions: readonly string[] = []) {
    this.#name = [file, ...workerArguments].join(' ');
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), workerArguments, {
      execArgv: [...process.execArgv, ...nodeOptions],
    });
    this.#child.on('message', (reply) => this.#settle()?.resolve(reply));
    this.#child.on('error', (error) => this.#settle()?.reject(error));
    this.#child.on('exit', (code) => {
      this.#settle()?.reject(new Error(`"${this.#name}" ended with code ${code} before it answered: see above`));
    });
  }

  /** The message that it sends when it is ready. */
  started(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  ask(question: object): Promise<unknown> {
    const reply = this.started();
    this.#child.send(question);
    return reply;
  }

  /** Resolves when the process has ended. */
  stop(): Promise<void> {
    if (this.#child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.disconnect();
    });
  }

  #settle() {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}

/** The worker's side: answers the questions one after the other. */
export function answer<Question>(answerTo: (question: Question) => Promise<unknown> | unknown, ready: unknown): void {
  process.on('message', async (question) => {
    process.send?.((await answerTo(question as Question)) ?? null);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}
