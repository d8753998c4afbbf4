import { GrowingBytes } from '../bytes/growing-bytes.ts';

const TEXT = 0x00;
const END_OF_TEXT = 0xff;
/** A type with this bit is followed by a length; one without it, by bytes up to {@link END_OF_TEXT}. */
const HAS_LENGTH_BIT = 0x80;
const CLOSE = 0xff;

/** The closing handshake of hixie-76: a frame of type 0xff and the length 0. */
export const HIXIE_CLOSE = Uint8Array.of(CLOSE, 0x00);

/**
 * Encodes a text message of hixie-75 and hixie-76: the byte 0, the text, the byte 255.
 *
 * @param text UTF-8, in which the byte 255 never occurs
 */
export function encodeHixieText(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(text.length + 2);
  frame[0] = TEXT;
  frame.set(text, 1);
  frame[frame.length - 1] = END_OF_TEXT;
  return frame;
}

/** What a {@link HixieReader} finds in a stream. */
export type HixieEvent =
  /** Bytes between 0 and 255; whether they are UTF-8 has not been checked. Valid until the next event. */
  | { readonly type: 'text'; readonly payload: Uint8Array }
  /** The peer starts or answers the closing handshake. Only in hixie-76. */
  | { readonly type: 'close' }
  /** The text that is arriving is longer than the limit. Nothing more can be read. */
  | { readonly type: 'too-long' };

/**
 * Finds the frames of hixie-75 and hixie-76 in a stream that may be cut anywhere. Frames of unknown types are skipped, as the
 * drafts ask. draft-hixie-thewebsocketprotocol-76 §5.3, and -75 §5.2.
 */
export class HixieReader {
  readonly #maxTextBytes: number;
  readonly #closes: boolean;
  readonly #text = new GrowingBytes();
  #state: 'type' | 'text' | 'skip-to-end' | 'length' | 'skip' | 'over' = 'type';
  #isClose = false;
  // Of a frame that is skipped.
  #left = 0;

  /** @param closes whether 0xff 0x00 is a closing handshake, as in hixie-76. In hixie-75 it is an unknown frame. */
  constructor(maxTextBytes: number, closes: boolean) {
    this.#maxTextBytes = maxTextBytes;
    this.#closes = closes;
  }

  /** How much memory an unfinished text takes, in bytes. */
  get heldBytes(): number {
    return this.#text.heldBytes;
  }

  /** Forgets an unfinished text, and reads nothing more. */
  end(): void {
    this.#text.discard();
    this.#state = 'over';
  }

  /** @param chunk used until the last event is taken. Iterate to the end before the next chunk */
  *push(chunk: Uint8Array): Generator<HixieEvent, void, undefined> {
    let at = 0;
    while (at < chunk.length && this.#state !== 'over') {
      switch (this.#state) {
        case 'type':
          this.#begin(chunk[at++] as number);
          break;
        case 'text': {
          const end = chunk.indexOf(END_OF_TEXT, at);
          const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
          if (this.#text.length + piece.length > this.#maxTextBytes) {
            this.end();
            yield { type: 'too-long' };
            return;
          }
          at += piece.length;
          if (end === -1) {
            this.#text.append(piece);
            break;
          }
          at++;
          this.#state = 'type';
          // Most texts come in one piece, and need no copy.
          if (this.#text.length === 0) yield { type: 'text', payload: piece };
          else {
            this.#text.append(piece);
            yield { type: 'text', payload: this.#text.take() };
          }
          break;
        }
        case 'skip-to-end': {
          const end = chunk.indexOf(END_OF_TEXT, at);
          at = end === -1 ? chunk.length : end + 1;
          if (end !== -1) this.#state = 'type';
          break;
        }
        case 'length':
          if (this.#addToLength(chunk[at++] as number)) {
            this.end();
            yield { type: 'close' };
          }
          break;
        case 'skip': {
          const skipped = Math.min(this.#left, chunk.length - at);
          at += skipped;
          this.#left -= skipped;
          if (this.#left === 0) this.#state = 'type';
        }
      }
    }
  }

  #begin(type: number): void {
    this.#isClose = type === CLOSE && this.#closes;
    this.#left = 0;
    if (type === TEXT) this.#state = 'text';
    else this.#state = type & HAS_LENGTH_BIT ? 'length' : 'skip-to-end';
  }

  /** Seven bits of the length are in each byte, and the first bit says whether another follows. @returns whether it closes */
  #addToLength(byte: number): boolean {
    // Beyond 2^53 the number is no longer exact. So many bytes never come.
    this.#left = Math.min(this.#left * 128 + (byte & 0x7f), Number.MAX_SAFE_INTEGER);
    if (byte & 0x80) return false;
    if (this.#isClose && this.#left === 0) return true;
    this.#state = this.#left === 0 ? 'type' : 'skip';
    return false;
  }
}
