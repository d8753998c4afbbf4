import type { BodyFraming } from './body-framing.ts';

const CR = 0x0d;
const LF = 0x0a;
/** A longer size line or trailer line is no HTTP. */
const MAX_LINE_BYTES = 8 * 1024;

/** Finds the end of one body, which may arrive in pieces of any size. RFC 9112 §6, §7.1. */
export class BodyReader {
  readonly #framing: BodyFraming;
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left: number;
  #state: 'size' | 'data' | 'after-data' | 'trailer' = 'size';
  #line = '';
  #isDone: boolean;

  constructor(framing: BodyFraming) {
    this.#framing = framing;
    this.#left = framing.kind === 'length' ? framing.byteLength : 0;
    this.#isDone = framing.kind === 'none' || (framing.kind === 'length' && this.#left === 0);
  }

  /** Whether the whole body has arrived. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** @returns the index after the last byte of the body; undefined if the bytes break the form of a chunked body */
  take(bytes: Uint8Array, start: number): number | undefined {
    if (this.#isDone) return start;
    if (this.#framing.kind === 'rest') return bytes.length;
    if (this.#framing.kind === 'length') {
      const end = this.#skip(bytes, start);
      this.#isDone = this.#left === 0;
      return end;
    }
    let at = start;
    while (at < bytes.length && !this.#isDone) {
      if (this.#state === 'data') {
        at = this.#skip(bytes, at);
        if (this.#left === 0) this.#state = 'after-data';
        continue;
      }
      const byte = bytes[at++] as number;
      if (byte !== LF) {
        this.#line += byte === CR ? '' : String.fromCharCode(byte);
        if (this.#line.length > MAX_LINE_BYTES) return undefined;
      } else if (!this.#endLine()) return undefined;
    }
    return at;
  }

  #skip(bytes: Uint8Array, start: number): number {
    const taken = Math.min(this.#left, bytes.length - start);
    this.#left -= taken;
    return start + taken;
  }

  /** @returns false if the line breaks the form */
  #endLine(): boolean {
    const line = this.#line;
    this.#line = '';
    if (this.#state === 'after-data') {
      this.#state = 'size';
      return line === '';
    }
    if (this.#state === 'trailer') {
      this.#isDone = line === '';
      return true;
    }
    const [digits = ''] = line.split(/[;\s]/, 1);
    if (!/^[0-9a-f]{1,12}$/i.test(digits)) return false;
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
    return true;
  }
}
