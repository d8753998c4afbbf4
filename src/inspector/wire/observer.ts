import { formatHex } from '../../bytes/hex.ts';
import { DEFAULT_LIMITS, type Limits } from '../../protocol/limits.ts';
import type { FrameDump } from '../frame/frame-dump.ts';
import { NO_LIMITS } from '../frame/frame-judge.ts';
import type { ExplainFrame } from '../frame/frame-recorder.ts';
import type { FindFrames } from './begins-with-frames.ts';
import { DirectionObserver, type Observed } from './direction-observer.ts';
import { switchesProtocols } from './head-recorder.ts';
import { type Direction, SCHEMA_VERSION, type WireFrame, type WireMessage, type WireStream } from './wire.ts';
import type { ReadAgreement, WireExtension } from './wire-extension.ts';

/** Which connection is observed, and how its frames are checked. */
export interface ObserverOptions {
  /** The connection's number. */
  readonly connection: number;
  readonly path: string;
  /** The client's address and port. */
  readonly remote: string;
  /** The limits of the server. */
  readonly limits?: Partial<Limits>;
  /** Finds the extension that both ends agreed on; without it, the bits of every extension break a rule. */
  readonly readAgreement?: ReadAgreement;
  /** Taken for the extension if the recording lacks the bytes that named it. */
  readonly ifUnknown?: WireExtension;
  /** Says where frames begin again after a gap. */
  readonly findFrames?: FindFrames;
  /** Explains frames; without it, each is explained at once. */
  readonly explain?: ExplainFrame;
  /** The message of a frame that `explain` explains later; undefined for every other frame. */
  readonly messageOf?: (dump: FrameDump, place: FramePlace) => WireFrame | undefined;
}

/** Where and when a frame was. */
export type FramePlace = Pick<WireFrame, 'connection' | 'direction' | 'timeMs'>;

/** How a connection ended for its server. RFC 6455 §7.1.4 to §7.1.6. */
export interface ObservedClose {
  readonly closeCode: number;
  readonly reason: string;
  readonly clean: boolean;
}

/**
 * Watches the bytes of a connection in both directions, from the first byte on, and explains them. RFC 6455 §4, §5.
 *
 * Each call returns its findings in order. A frame that breaks a rule is reported at once. After it, the frames of that
 * direction are checked only by their headers. The memory of the observer does not grow with the connection.
 */
export class ConnectionObserver {
  readonly #options: ObserverOptions;
  readonly #in: DirectionObserver;
  readonly #out: DirectionObserver;

  constructor(options: ObserverOptions) {
    this.#options = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#in = new DirectionObserver('client', limits, options.findFrames, options.explain);
    // The limits of the client are unknown. It closes the connection itself if a message is too long for it.
    this.#out = new DirectionObserver('server', NO_LIMITS, options.findFrames, options.explain);
  }

  /** The client has connected. @param http2 the stream that carries the connection, if one does */
  open(timeMs: number, http2?: WireStream): WireMessage[] {
    const { connection, path, remote } = this.#options;
    return [{ type: 'open', schema: SCHEMA_VERSION, connection, timeMs, path, remote, ...(http2 && { http2 }) }];
  }

  /**
   * One read from TCP, or one write to it.
   *
   * @param bytes not changed
   */
  chunk(direction: Direction, bytes: Uint8Array, timeMs: number): WireMessage[] {
    return [...this.messagesOf(direction, bytes, timeMs)];
  }

  /**
   * Like {@link chunk}, but explains each frame only when it is taken. A chunk can have thousands.
   *
   * @param bytes not changed, and used until all messages are taken: take them before the next chunk
   */
  *messagesOf(direction: Direction, bytes: Uint8Array, timeMs: number): Generator<WireMessage, void, undefined> {
    const { connection } = this.#options;
    const observer = direction === 'in' ? this.#in : this.#out;
    const { byteLength: offset } = observer;
    yield { type: 'chunk', connection, direction, timeMs, offset, byteLength: bytes.length };
    let response: Uint8Array | undefined;
    for (const observed of observer.push(bytes)) {
      yield this.#messageOf(direction, observed, timeMs);
      if (observed.kind === 'head' && direction === 'out') response = observed.bytes;
    }
    // The response decides: frames follow a 101, and nothing of WebSocket follows a refusal.
    if (response === undefined) return;
    yield* this.#decide(response, timeMs, false);
  }

  /** @param isCut whether the end of the response is missing: it may have named an extension */
  *#decide(response: Uint8Array, timeMs: number, isCut: boolean): Generator<WireMessage, void, undefined> {
    const framesFollow = switchesProtocols(response);
    const { readAgreement, ifUnknown } = this.#options;
    const extension = framesFollow ? (readAgreement?.(response) ?? (isCut ? ifUnknown : undefined)) : undefined;
    for (const observed of this.#in.decide(framesFollow, extension)) yield this.#messageOf('in', observed, timeMs);
    for (const observed of this.#out.decide(framesFollow, extension)) yield this.#messageOf('out', observed, timeMs);
  }

  /** If false, frames are found and checked but not explained, in a fraction of the time: for counting only. */
  set explains(explains: boolean) {
    this.#in.explains = explains;
    this.#out.explains = explains;
  }

  /** How many bytes of incomplete heads and frames are kept, and of compressed messages. */
  get heldBytes(): number {
    return this.#in.heldBytes + this.#out.heldBytes;
  }

  /**
   * Bytes are missing here.
   *
   * @param byteLength undefined if nobody knows how many
   */
  gap(direction: Direction, byteLength: number | undefined, timeMs: number): WireMessage[] {
    const observer = direction === 'in' ? this.#in : this.#out;
    const messages: WireMessage[] = [];
    for (const observed of observer.gap(byteLength)) {
      messages.push(this.#messageOf(direction, observed, timeMs));
      if (observed.kind === 'head' && direction === 'out') messages.push(...this.#decide(observed.bytes, timeMs, true));
    }
    return messages;
  }

  /**
   * The handshake was before the recording.
   *
   * @param isAligned whether a frame begins with the first byte of each direction
   */
  beginWithoutHandshake(isAligned: boolean): void {
    const { ifUnknown } = this.#options;
    this.#in.beginWithoutHead(ifUnknown, isAligned);
    this.#out.beginWithoutHead(ifUnknown, isAligned);
  }

  /** The handshake was not in these bytes: a frame begins with the first byte of each direction. */
  beginWithFrames(extension: WireExtension | undefined): void {
    this.#in.beginWithoutHead(extension, true);
    this.#out.beginWithoutHead(extension, true);
  }

  /** The recording has ended without a response: bytes after the request are frames, for no client sends anything else. */
  *withoutResponse(timeMs: number): Generator<WireMessage, void, undefined> {
    if (this.#out.byteLength > 0) return;
    for (const observed of this.#in.decide(true, this.#options.ifUnknown))
      yield this.#messageOf('in', observed, timeMs);
  }

  /** TCP has ended: reports the incomplete heads and frames. */
  close(timeMs: number, { closeCode, reason, clean }: ObservedClose): WireMessage[] {
    const { connection } = this.#options;
    return [
      ...this.#in.end().map((found) => this.#messageOf('in', found, timeMs)),
      ...this.#out.end().map((found) => this.#messageOf('out', found, timeMs)),
      { type: 'close', connection, timeMs, closeCode, reason, clean },
    ];
  }

  #messageOf(direction: Direction, found: Observed, timeMs: number): WireMessage {
    const { connection, messageOf } = this.#options;
    const common = { connection, direction, timeMs } as const;
    if (found.kind === 'gap') {
      const { offset, byteLength, why } = found;
      return { type: 'gap', ...common, offset, ...(byteLength !== undefined && { byteLength }), why };
    }
    if (found.kind === 'frame')
      return messageOf?.(found.dump, common) ?? { type: 'frame', ...common, offset: found.offset, ...found.dump };
    const { bytes } = found;
    return { type: 'handshake', ...common, offset: 0, byteLength: bytes.length, hex: formatHex(bytes) };
  }
}
