import {
  type ConformanceAnswer,
  type ConformanceRequest,
  MAX_ORDER_BYTES,
  parseConformanceOrder,
} from '../../src/companion/conformance.ts';
import { OPCODE } from '../../src/protocol/framing/opcode.ts';
import { decodeText, encodeText } from '../../src/text/utf8.ts';
import { isLoopback, parseServerUrl, type ServerUrl } from '../conformance/target.ts';
import type { Connection, Handler, HandlerEvent } from '../connection/handler.ts';
import { FORBIDDEN_PORTS } from './forbidden-ports.ts';
import { LOOPBACK_ONLY } from './loopback-only.ts';
import type { check } from './run-conformance.ts';

export const CONFORMANCE_LIMITS = { maxMessageBytes: MAX_ORDER_BYTES, maxFragments: 64 };

/** Of all pages together: each run has several connections, and megabytes in some of them. */
const MAX_RUNS = 4;

/** Puts the conformance suite to servers on this machine, one at a time for each page. */
export class ConformanceHandler implements Handler {
  readonly #running = new Map<Connection, AbortController>();
  readonly #loopbackOnly: () => boolean;

  /** @param loopbackOnly whether nobody but this machine can ask: others must not reach its servers through this one */
  constructor(loopbackOnly: () => boolean) {
    this.#loopbackOnly = loopbackOnly;
  }

  dispatch(event: HandlerEvent, connection: Connection): void {
    if (event.type === 'message') this.#obey(decodeText(event.payload) ?? '', connection);
    if (event.type === 'close') this.#running.get(connection)?.abort();
  }

  #obey(text: string, connection: Connection): void {
    const parsed = parseConformanceOrder(text);
    if ('problem' in parsed) tell(connection, { type: 'problem', sentence: parsed.problem });
    else if (parsed.order.type === 'stop') this.#running.get(connection)?.abort();
    else this.#start(parsed.order, connection);
  }

  #start(request: ConformanceRequest, connection: Connection): void {
    const target = targetOf(request.url);
    const problem = typeof target === 'string' ? target : this.#refusalOf(connection);
    if (problem !== undefined || typeof target === 'string') {
      tell(connection, { type: 'problem', sentence: problem ?? '' });
      return;
    }
    const stop = new AbortController();
    this.#running.set(connection, stop);
    void runConformance(target, request, stop.signal, (answer) => tell(connection, answer)).then((last) => {
      this.#running.delete(connection);
      tell(connection, last);
    });
  }

  #refusalOf(connection: Connection): string | undefined {
    if (!this.#loopbackOnly()) {
      return 'This companion can be reached from other machines (--host), so it checks none on this one for a page. Use "framelight check", or start it without --host.';
    }
    if (this.#running.has(connection)) return 'One check at a time: stop the one that runs, or wait for its end.';
    return this.#running.size < MAX_RUNS
      ? undefined
      : 'Too many pages run the conformance suite now. Try again in a moment.';
  }
}

/** Loaded when it is wanted: a server at rest holds no conformance suite in memory, and starts without it. */
const runConformance: typeof check = async (...given) => (await import('./run-conformance.ts')).check(...given);

/** A page may not send broken frames elsewhere: whoever sits before it need not be asked by its author. */
function targetOf(url: string): ServerUrl | string {
  try {
    const target = parseServerUrl(url, { allowRemote: true });
    if (!isLoopback(target.hostname)) return `${target.hostname} is not this machine. ${LOOPBACK_ONLY}`;
    if (!FORBIDDEN_PORTS.has(target.port)) return { ...target, allowRemote: false };
    return `Browsers open no connection to port ${target.port}, which belongs to another protocol: the companion opens none for a page. Take another port, or "framelight check".`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function tell(connection: Connection, answer: ConformanceAnswer): void {
  connection.send({ opcode: OPCODE.text, payload: encodeText(JSON.stringify(answer)) });
}
