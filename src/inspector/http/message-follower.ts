import { joinBytes } from '../../bytes/join-bytes.ts';
import type { HeadLimits, HttpHead } from '../../protocol/handshake/head/head.ts';
import type { HeadResult } from '../../protocol/handshake/head/parse-head.ts';
import type { BodyFraming } from './body-framing.ts';
import { BodyReader } from './body-reader.ts';

/** A part of one direction of an HTTP/1.1 connection. All parts together are its bytes, in order. */
export type HttpPart<T extends HttpHead> =
  | { readonly kind: 'head'; readonly bytes: Uint8Array; readonly head: T }
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  /** Not HTTP/1.1, or broken: nothing after it is followed. */
  | { readonly kind: 'other'; readonly bytes: Uint8Array };

/** Wide limits: servers accept larger heads than ours does. */
const HEAD_LIMITS: HeadLimits = { maxHeadBytes: 64 * 1024, maxHeaders: 1000 };

type ParseHead<T> = (bytes: Uint8Array, limits: HeadLimits, searchFrom: number) => HeadResult<T>;

const NOTHING = new Uint8Array(0);

/** Follows one direction of an HTTP/1.1 connection: finds each head, and skips each body. RFC 9112 §6, §9.3. */
export class MessageFollower<T extends HttpHead> {
  readonly #parse: ParseHead<T>;
  readonly #framingOf: (head: T) => BodyFraming;
  #head = NOTHING;
  #body: BodyReader | undefined;
  #isLost = false;

  /** @param framingOf asked once for each head */
  constructor(parse: ParseHead<T>, framingOf: (head: T) => BodyFraming) {
    this.#parse = parse;
    this.#framingOf = framingOf;
  }

  /** Whether the bytes turned out not to be HTTP/1.1. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** The bytes of a head that is not complete yet. */
  get unfinished(): Uint8Array {
    return this.#head;
  }

  /** Whether a message is complete, or none has begun. */
  get isBetweenMessages(): boolean {
    return !this.#isLost && this.#body === undefined && this.#head.length === 0;
  }

  /** Ends a body of the kind `rest`: the next byte begins a head. */
  endBody(): void {
    this.#body = undefined;
  }

  /** @param chunk not changed, and used until all parts are taken: take them before the next chunk */
  *push(chunk: Uint8Array): Generator<HttpPart<T>, void, undefined> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#isLost) {
        yield { kind: 'other', bytes: chunk.subarray(at) };
        return;
      }
      if (this.#body !== undefined) {
        const end = this.#body.take(chunk, at);
        this.#isLost = end === undefined;
        if (end === undefined) continue;
        if (this.#body.isDone) this.#body = undefined;
        if (end > at) yield { kind: 'body', bytes: chunk.subarray(at, end) };
        at = end;
        continue;
      }
      const before = this.#head.length;
      const rest = chunk.subarray(at);
      const bytes = before === 0 ? rest : joinBytes([this.#head, rest]);
      const result = this.#parse(bytes, HEAD_LIMITS, before);
      this.#head = NOTHING;
      if (result.kind === 'incomplete') {
        this.#head = bytes.slice();
        return;
      }
      if (result.kind === 'refused') {
        this.#isLost = true;
        yield { kind: 'other', bytes };
        return;
      }
      const { head, byteLength } = result;
      const framing = this.#framingOf(head);
      const body = new BodyReader(framing);
      this.#body = body.isDone ? undefined : body;
      at += byteLength - before;
      yield { kind: 'head', bytes: bytes.subarray(0, byteLength), head };
    }
  }
}
