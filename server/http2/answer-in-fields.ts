import type { ServerHttp2Stream } from 'node:http2';
import { type Effect, parseResponseHead, type ResponseHead } from '../../src/protocol/index.ts';

/** Headers of HTTP/1.1 that HTTP/2 does not have, and those that its handshake leaves out. RFC 9113 §8.2.2, RFC 8441 §5.1. */
const LEFT_OUT = new Set(['connection', 'upgrade', 'keep-alive', 'transfer-encoding', 'sec-websocket-accept']);
const SWITCHING_PROTOCOLS = 101;
/** RFC 9113 §7. */
const INTERNAL_ERROR = 2;

/** The fields of HTTP/2 that stand for the head of a response. A 101 becomes a 200: a stream need not switch. RFC 8441 §4. */
export function fieldsOf({ httpStatus, headers }: ResponseHead): [name: string, value: string][] {
  return [
    [':status', String(httpStatus === SWITCHING_PROTOCOLS ? 200 : httpStatus)],
    ...headers.flatMap(({ name, value }): [string, string][] => {
      const field = name.toLowerCase();
      return LEFT_OUT.has(field) ? [] : [[field, value]];
    }),
  ];
}

/** The same, as Node takes them. */
export function headersOf(fields: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  return Object.fromEntries(fields);
}

interface EffectFilter {
  filter(effects: Iterable<Effect>): Iterable<Effect>;
}

/**
 * Sends the head that an endpoint writes first as a HEADERS frame. Everything after it goes into DATA frames as it is: in
 * HTTP/2, too, a WebSocket has its own frames, and its masks.
 */
export class AnswerInFields implements EffectFilter {
  readonly #stream: ServerHttp2Stream;
  readonly #inner: EffectFilter | undefined;
  readonly #onAnswer: (fields: readonly (readonly [string, string])[]) => void;
  #answered = false;

  /**
   * @param inner changes the effects before
   * @param onAnswer called before the head is sent
   */
  constructor(
    stream: ServerHttp2Stream,
    inner: EffectFilter | undefined,
    onAnswer: (fields: readonly (readonly [string, string])[]) => void,
  ) {
    this.#stream = stream;
    this.#inner = inner;
    this.#onAnswer = onAnswer;
  }

  filter(effects: Iterable<Effect>): Iterable<Effect> {
    const filtered = this.#inner?.filter(effects) ?? effects;
    return this.#answered ? filtered : this.#withoutHead(filtered);
  }

  *#withoutHead(effects: Iterable<Effect>): Generator<Effect, void, undefined> {
    for (const effect of effects) {
      if (this.#answered || effect.type !== 'write') {
        yield effect;
        continue;
      }
      this.#answered = true;
      const head = parseResponseHead(effect.bytes);
      // Only the lab writes a head that is none.
      if (head.kind !== 'complete') {
        this.#stream.close(INTERNAL_ERROR);
        return;
      }
      const fields = fieldsOf(head.head);
      this.#onAnswer(fields);
      this.#stream.respond(headersOf(fields));
      const rest = effect.bytes.subarray(head.byteLength);
      if (rest.length > 0) yield { type: 'write', bytes: rest };
    }
  }
}
