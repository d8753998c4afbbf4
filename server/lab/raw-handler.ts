import type { Socket } from 'node:net';
import { MAX_RAW_BYTES, parseRawRequest, type RawAnswer } from '../../src/companion/lab.ts';
import { OPCODE } from '../../src/protocol/index.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import type { Turns } from '../bounds/turns.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import { RawRun } from './raw-run.ts';

/** Two hex digits for each byte, and room for the JSON around them. */
export const RAW_LIMITS = { maxMessageBytes: 2 * MAX_RAW_BYTES + 64 * 1024, maxFragments: 4096 };

/** The limit for all pages together. */
const MAX_RUNS = 16;

/**
 * Opens raw connections to the companion itself, one at a time for each page, and reports to the page what was on the
 * wire. The page cannot choose the destination.
 */
export class RawHandler implements Handler {
  readonly #dial: () => Socket;
  readonly #runs = new Map<Connection, RawRun>();
  readonly #turns: Turns;
  #lastRun = 0;

  /**
   * @param dial connects to the address that this server listens on
   * @param turns divides the work of explaining into pieces
   */
  constructor(dial: () => Socket, turns: Turns) {
    this.#dial = dial;
    this.#turns = turns;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'message') this.#start(decodeText(event.payload) ?? '', connection);
    if (event.type === 'close') this.#runs.get(connection)?.stop();
  }

  #start(text: string, connection: Connection): void {
    const tell = (answer: RawAnswer) =>
      connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(answer)) });
    const request = parseRawRequest(text);
    const problem = 'problem' in request ? request.problem : this.#tooManyFor(connection);
    if (problem !== undefined || 'problem' in request) {
      tell({ type: 'problem', sentence: problem ?? '' });
      return;
    }
    const onEnded = () => this.#runs.delete(connection);
    this.#runs.set(
      connection,
      new RawRun(++this.#lastRun, this.#dial(), request.steps, { tell, onEnded }, this.#turns),
    );
  }

  #tooManyFor(connection: Connection): string | undefined {
    if (this.#runs.has(connection)) return 'A run is already going. Wait until it is done.';
    return this.#runs.size < MAX_RUNS ? undefined : 'Too many pages are using the lab. Try again in a moment.';
  }
}
