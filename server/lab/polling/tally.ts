import type { BothWays, PollingAnswer, TransportReport } from '../../../src/companion/polling.ts';
import { EVENT_BYTES } from '../../../src/lab/polling/schedule.ts';

type Direction = keyof BothWays;

/** What one transport has cost so far. */
export class Tally {
  #opening: BothWays = { up: 0, down: 0 };
  readonly #bytes = { up: 0, down: 0 };
  readonly #fields = { up: 0, down: 0 };
  readonly #answers: PollingAnswer[] = [];
  #requests = 0;

  add(direction: Direction, bytes: number): void {
    this.#bytes[direction] += bytes;
  }

  /** @param fields the number of header fields of a request, or of a response */
  addFields(direction: Direction, fields: number): void {
    this.#fields[direction] += fields;
    if (direction === 'up') this.#requests++;
  }

  addAnswer(answer: PollingAnswer): void {
    this.#answers.push(answer);
  }

  get requests(): number {
    return this.#requests;
  }

  /** From here on, the bytes are those of the events: what came before has opened the stream. */
  endOpening(): void {
    this.#opening = { ...this.#bytes };
    this.#bytes.up = 0;
    this.#bytes.down = 0;
  }

  report(): TransportReport {
    const events = this.#answers.reduce((sum, { count }) => sum + count, 0);
    return {
      opening: this.#opening,
      bytes: { ...this.#bytes },
      payloadBytes: events * EVENT_BYTES,
      requests: this.#requests,
      fields: { ...this.#fields },
      answers: this.#answers,
    };
  }
}
