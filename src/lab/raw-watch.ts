import { bytesOfHex } from '../bytes/hex.ts';
import { BoundedBytes } from '../inspector/frame/bounded-bytes.ts';
import { switchesProtocols } from '../inspector/wire/head-recorder.ts';
import { ConnectionObserver } from '../inspector/wire/observer.ts';
import type { Direction, WireFrame, WireMessage } from '../inspector/wire/wire.ts';
import { decodeCloseBody } from '../protocol/closing/close-body.ts';
import { ABNORMAL_CLOSURE } from '../protocol/closing/status-codes.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { findEndOfHead } from '../protocol/handshake/head/end-of-head.ts';
import { decodeText } from '../text/utf8.ts';

/** The first bytes of the server's answer are kept, to find the body of a refusal in them. */
const MAX_KEPT_BYTES = 16 * 1024;

/** This many bytes hold at most five hundred empty frames, which take a few milliseconds to explain. */
const MAX_BYTES_AT_ONCE = 1024;

/** Watches a raw connection at its client's end, and reports the same messages as a tap at the server's end. */
export class RawWatch {
  readonly #observer: ConnectionObserver;
  readonly #answer = new BoundedBytes(MAX_KEPT_BYTES);
  #closeCode: number | undefined;
  #reason = '';
  #serverClosed = false;

  constructor(connection: number, remote: string) {
    this.#observer = new ConnectionObserver({ connection, path: '', remote });
  }

  open(timeMs: number): WireMessage[] {
    return this.#observer.open(timeMs);
  }

  /** @param bytes not changed */
  sent(bytes: Uint8Array, timeMs: number): WireMessage[] {
    return this.#look(this.#observer.chunk('in', bytes, timeMs));
  }

  /** @param bytes not changed */
  received(bytes: Uint8Array, timeMs: number): WireMessage[] {
    this.#answer.append(bytes);
    return this.#look(this.#observer.chunk('out', bytes, timeMs));
  }

  /**
   * As {@link sent} and {@link received}, but explains a kilobyte at a time: a frame may have only two bytes, and its
   * explanation takes about 2 KB.
   *
   * @param direction 'in' for bytes that are sent to the server
   * @returns the messages of one piece after the other; together they are those of the whole
   */
  *inPieces(direction: Direction, bytes: Uint8Array, timeMs: number): Generator<WireMessage[], void, undefined> {
    for (let at = 0; at === 0 || at < bytes.length; at += MAX_BYTES_AT_ONCE) {
      const piece = bytes.subarray(at, at + MAX_BYTES_AT_ONCE);
      const messages = direction === 'in' ? this.sent(piece, timeMs) : this.received(piece, timeMs);
      // All pieces belong to one write or one read, so only the first piece reports it.
      yield messages.flatMap((message) => {
        if (message.type !== 'chunk') return message;
        return at === 0 ? { ...message, byteLength: bytes.length } : [];
      });
    }
  }

  /** TCP has ended. */
  end(timeMs: number): WireMessage[] {
    const clean = this.#closeCode !== undefined && this.#serverClosed;
    return this.#observer.close(timeMs, {
      closeCode: this.#closeCode ?? ABNORMAL_CLOSURE,
      reason: this.#reason,
      clean,
    });
  }

  /** The body of a response other than 101; empty if it is not text. */
  get body(): string {
    const { bytes } = this.#answer;
    const endOfHead = findEndOfHead(bytes);
    if (endOfHead === -1 || switchesProtocols(bytes.subarray(0, endOfHead))) return '';
    return decodeText(bytes.subarray(endOfHead)) ?? '';
  }

  #look(messages: WireMessage[]): WireMessage[] {
    for (const message of messages) if (message.type === 'frame') this.#lookAtFrame(message, message.direction);
    return messages;
  }

  /** The server takes its close code from the first close frame that keeps the rules. RFC 6455 §7.1.5. */
  #lookAtFrame({ opcode, payload, violations, truncated }: WireFrame, direction: Direction): void {
    if (opcode !== OPCODE.close || truncated) return;
    if (direction === 'out') this.#serverClosed = true;
    else if (this.#closeCode === undefined && violations.length === 0) {
      const body = decodeCloseBody(bytesOfHex(payload.hex));
      this.#closeCode = body.closeCode;
      this.#reason = body.reason;
    }
  }
}
