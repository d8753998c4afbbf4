import { DEFAULT_LIMITS, type Limits } from '../protocol/limits.ts';
import { DirectionObserver, type Observed } from './direction-observer.ts';
import { NO_LIMITS } from './frame-judge.ts';
import { switchesProtocols } from './head-recorder.ts';
import { formatHex } from './hex.ts';
import { type Direction, SCHEMA_VERSION, type WireMessage } from './wire.ts';

export interface ObserverOptions {
  /** The connection's number. */
  readonly connection: number;
  readonly path: string;
  /** The client's address and port. */
  readonly remote: string;
  /** What the server takes. */
  readonly limits?: Partial<Limits>;
}

/** How a connection ended, as its server saw it. RFC 6455 §7.1.4 to §7.1.6. */
export interface ObservedClose {
  readonly closeCode: number;
  readonly reason: string;
  readonly clean: boolean;
}

/**
 * Sees the bytes of a connection in both directions, from the first on, and tells what they are.
 * RFC 6455 §4, §5.
 *
 * Each call returns what it made known, in order. A frame that breaks a rule is told of at once;
 * after that the frames of its direction are shown for what their headers say. The memory it needs
 * does not grow with what it sees.
 */
export class ConnectionObserver {
  readonly #options: ObserverOptions;
  readonly #in: DirectionObserver;
  readonly #out: DirectionObserver;

  constructor(options: ObserverOptions) {
    this.#options = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#in = new DirectionObserver('client', limits);
    // What the client takes is not known here: it says so itself when a message is too long for it.
    this.#out = new DirectionObserver('server', NO_LIMITS);
  }

  /** The client has connected. */
  open(timeMs: number): WireMessage[] {
    const { connection, path, remote } = this.#options;
    return [{ type: 'open', schema: SCHEMA_VERSION, connection, timeMs, path, remote }];
  }

  /**
   * One read from TCP, or one write to it.
   *
   * @param bytes left as they are
   */
  chunk(direction: Direction, bytes: Uint8Array, timeMs: number): WireMessage[] {
    return [this.beginChunk(direction, bytes.length, timeMs), ...this.continueChunk(direction, bytes, timeMs)];
  }

  /** As {@link chunk}, for bytes that come in pieces: says that a chunk begins, of `byteLength` bytes. */
  beginChunk(direction: Direction, byteLength: number, timeMs: number): WireMessage {
    const { connection } = this.#options;
    const { byteLength: offset } = this.#observerOf(direction);
    return { type: 'chunk', connection, direction, timeMs, offset, byteLength };
  }

  /** @param piece of the chunk that began last, the next one; left as it is */
  continueChunk(direction: Direction, piece: Uint8Array, timeMs: number): WireMessage[] {
    const observed = this.#observerOf(direction).push(piece);
    const messages = this.#tell(direction, observed, timeMs);
    if (direction === 'in') return messages;
    const response = observed.find(({ kind }) => kind === 'head');
    return response?.kind === 'head' ? [...messages, ...this.#decide(response.bytes, timeMs)] : messages;
  }

  /**
   * As {@link continueChunk}, but explains none of the frames: to find where they end takes a fraction of the time.
   *
   * @returns how many messages are left out
   */
  skip(direction: Direction, piece: Uint8Array, timeMs: number): number {
    this.#in.explains = false;
    this.#out.explains = false;
    const messages = this.continueChunk(direction, piece, timeMs);
    this.#in.explains = true;
    this.#out.explains = true;
    return messages.length;
  }

  /** How many bytes are kept of what has not come whole. */
  get heldBytes(): number {
    return this.#in.heldBytes + this.#out.heldBytes;
  }

  /** TCP has ended: what was still arriving comes out in pieces. */
  close(timeMs: number, { closeCode, reason, clean }: ObservedClose): WireMessage[] {
    const { connection } = this.#options;
    return [
      ...this.#tell('in', this.#in.end(), timeMs),
      ...this.#tell('out', this.#out.end(), timeMs),
      { type: 'close', connection, timeMs, closeCode, reason, clean },
    ];
  }

  #observerOf(direction: Direction): DirectionObserver {
    return direction === 'in' ? this.#in : this.#out;
  }

  /** The response decides what the bytes after the heads are: frames after a 101, nothing of ours after a refusal. */
  #decide(response: Uint8Array, timeMs: number): WireMessage[] {
    const framesFollow = switchesProtocols(response);
    return [
      ...this.#tell('in', this.#in.decide(framesFollow), timeMs),
      ...this.#tell('out', this.#out.decide(framesFollow), timeMs),
    ];
  }

  #tell(direction: Direction, observed: readonly Observed[], timeMs: number): WireMessage[] {
    const { connection } = this.#options;
    return observed.map((found) => {
      const common = { connection, direction, timeMs } as const;
      if (found.kind === 'frame') return { type: 'frame', ...common, offset: found.offset, ...found.dump };
      const { bytes } = found;
      return { type: 'handshake', ...common, offset: 0, byteLength: bytes.length, hex: formatHex(bytes) };
    });
  }
}
