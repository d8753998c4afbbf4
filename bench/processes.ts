import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * A module of this folder, run in a process of its own, which answers one question at a time: what
 * is measured in one process neither pays for another's garbage nor waits for its turn.
 */
export class Worker {
  readonly #name: string;
  readonly #child: ChildProcess;
  #waiting: { resolve(reply: unknown): void; reject(error: Error): void } | undefined;

  /**
   * @param file beside this one, or an address
   * @param nodeOptions Node's own, for this process alone
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

  /** What it says unasked, once it is ready. */
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

  /** Resolves when the process is gone. */
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

/** The worker's own end: answers each question, the next one after the last is answered. */
export function answer<Question>(answerTo: (question: Question) => Promise<unknown> | unknown, ready: unknown): void {
  process.on('message', async (question) => {
    process.send?.((await answerTo(question as Question)) ?? null);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}
