import { ConnectionObserver, type ObservedClose, type ObserverOptions } from '../../src/inspector/observer.ts';
import type { Direction, WireMessage } from '../../src/inspector/wire.ts';
import { plainBytes } from '../plain-bytes.ts';
import type { TimedChunk } from './request-bytes.ts';

/** Takes what is seen of a connection. */
export interface Audience {
  /** Whether anybody watches: where nobody does, no byte is looked at. */
  readonly watching: boolean;
  tell(connection: number, messages: readonly WireMessage[]): void;
  /** The connection has ended: it tells no more. */
  leave(connection: number): void;
}

/** Looks at one connection's bytes as they stand on the wire, for those who watch it. */
export class Observation {
  readonly #audience: Audience;
  readonly #connection: number;
  readonly #acceptedAtMs: number;
  #observer: ConnectionObserver | undefined;

  constructor(audience: Audience, acceptedAtMs: number, options: ObserverOptions) {
    this.#audience = audience;
    this.#connection = options.connection;
    this.#acceptedAtMs = acceptedAtMs;
    this.#observer = new ConnectionObserver(options);
  }

  /** The connection's first bytes, which came before anybody knew what it is. */
  open(chunks: readonly TimedChunk[]): void {
    this.#tell((observer) => observer.open(0));
    for (const { bytes, timeMs } of chunks) {
      this.#tell((observer) => observer.chunk('in', bytes, this.#sinceAccepted(timeMs)));
    }
  }

  /** @param ranges what one read delivered or one write takes; left as they are */
  chunk(direction: Direction, ...ranges: readonly Uint8Array[]): void {
    if (this.#observer === undefined) return;
    const [first] = ranges;
    const bytes = ranges.length === 1 && first !== undefined ? withoutNode(first) : plainBytes(Buffer.concat(ranges));
    this.#tell((observer) => observer.chunk(direction, bytes, this.#timeMs));
  }

  close(close: ObservedClose): void {
    this.#tell((observer) => observer.close(this.#timeMs, close));
    this.#end();
  }

  #tell(observe: (observer: ConnectionObserver) => WireMessage[]): void {
    if (this.#observer === undefined) return;
    if (this.#audience.watching) this.#audience.tell(this.#connection, observe(this.#observer));
    // Nobody can join in the middle: where a frame begins is known only from the first byte on.
    else this.#end();
  }

  #end(): void {
    if (this.#observer === undefined) return;
    this.#observer = undefined;
    this.#audience.leave(this.#connection);
  }

  get #timeMs(): number {
    return this.#sinceAccepted(performance.now());
  }

  /** To the microsecond: more digits than the clock has would only be noise. */
  #sinceAccepted(atMs: number): number {
    return Math.round((atMs - this.#acceptedAtMs) * 1000) / 1000;
  }
}

/** What is written comes as a Buffer: a masked frame would be unmasked on its way to the socket. */
function withoutNode(bytes: Uint8Array): Uint8Array {
  return Buffer.isBuffer(bytes) ? plainBytes(bytes) : bytes;
}
