import type { ServerResponse } from 'node:http';

/** Opens a file and calls `onClosed` once when it is closed, or at once if no file was opened. */
type Open = (onClosed: () => void) => void;

/** Limits the number of open files to the available descriptors. Other responses wait for their turn. */
export class OpenFiles {
  readonly #max: number;
  readonly #waiting = new Map<ServerResponse, Open>();
  #count = 0;

  /** @param max how many files may be open at a time */
  constructor(max: number) {
    this.#max = max;
  }

  /** Whether a response is waiting for its turn. */
  get isWaitedFor(): boolean {
    return this.#waiting.size > 0;
  }

  /** Calls `open` as soon as a file may be opened, unless the response is closed first. */
  take(response: ServerResponse, open: Open): void {
    if (this.#count < this.#max) {
      this.#open(open);
      return;
    }
    this.#waiting.set(response, open);
    response.once('close', () => this.#waiting.delete(response));
  }

  #open(open: Open): void {
    this.#count++;
    open(() => {
      this.#count--;
      for (const [response, next] of this.#waiting) {
        this.#waiting.delete(response);
        this.#open(next);
        return;
      }
    });
  }
}
