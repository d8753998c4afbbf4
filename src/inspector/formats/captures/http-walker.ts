import { GrowingBytes } from '../../../bytes/growing-bytes.ts';
import { findEndOfHead } from '../../../protocol/handshake/head/end-of-head.ts';
import { decodeLatin1 } from '../../../text/latin1.ts';

/** In bytes. A longer head is not HTTP that anybody speaks. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Where the walk through one direction of HTTP stands. */
type Place =
  | { readonly in: 'head' }
  | { readonly in: 'body'; left: number }
  | { readonly in: 'chunk-size'; line: string }
  | { readonly in: 'chunk'; left: number }
  | { readonly in: 'trailer'; line: string }
  /** The body ends with TCP. */
  | { readonly in: 'rest' }
  /** This is no HTTP. */
  | { readonly in: 'nothing' };

/** Called with each complete head. @returns whether the walk ends here: the head begins something else than HTTP */
export type OnHead = (head: string, start: number) => 'stop' | 'no-body' | 'body';

/** Walks through one direction of HTTP/1.1 from head to head, over the bodies. RFC 9112 §6. */
export class HttpWalker {
  readonly #onHead: OnHead;
  readonly #head = new GrowingBytes();
  #place: Place = { in: 'head' };
  #offset = 0;
  #headStart = 0;

  constructor(onHead: OnHead) {
    this.#onHead = onHead;
  }

  /** The offset of the head that is arriving; what came before it is done with. */
  get headStart(): number {
    return this.#headStart;
  }

  /** Whether this is no HTTP. */
  get isLost(): boolean {
    return this.#place.in === 'nothing';
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) at = this.#step(chunk, at);
    this.#offset += chunk.length;
  }

  /** Bytes are missing here. @returns whether they are all in a body, so that the next head will be found */
  gap(byteLength: number | undefined): boolean {
    const place = this.#place;
    if (place.in === 'rest') return true;
    if (byteLength !== undefined && (place.in === 'body' || place.in === 'chunk') && place.left > byteLength) {
      place.left -= byteLength;
      this.#offset += byteLength;
      return true;
    }
    this.#place = { in: 'nothing' };
    return false;
  }

  /** @returns where the next step begins */
  #step(chunk: Uint8Array, at: number): number {
    const place = this.#place;
    switch (place.in) {
      case 'head':
        return this.#readHead(chunk, at);
      case 'body': {
        const taken = Math.min(place.left, chunk.length - at);
        place.left -= taken;
        if (place.left === 0) this.#startHead(at + taken);
        return at + taken;
      }
      case 'chunk': {
        const taken = Math.min(place.left, chunk.length - at);
        place.left -= taken;
        if (place.left === 0) this.#place = { in: 'chunk-size', line: '' };
        return at + taken;
      }
      case 'chunk-size':
      case 'trailer':
        return this.#readLine(place, chunk, at);
      case 'rest':
      case 'nothing':
        return chunk.length;
    }
  }

  #readLine(place: Extract<Place, { line: string }>, chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number;
    if (byte !== 0x0a) {
      if (place.line.length > 1024) this.#place = { in: 'nothing' };
      else if (byte !== 0x0d) place.line += String.fromCharCode(byte);
      return at + 1;
    }
    if (place.in === 'trailer') {
      if (place.line === '') this.#startHead(at + 1);
      else place.line = '';
      return at + 1;
    }
    const size = Number.parseInt(place.line, 16);
    // A chunk is followed by CR LF.
    if (Number.isNaN(size)) this.#place = { in: 'nothing' };
    else this.#place = size === 0 ? { in: 'trailer', line: '' } : { in: 'chunk', left: size + 2 };
    return at + 1;
  }

  #startHead(at: number): void {
    this.#place = { in: 'head' };
    this.#headStart = this.#offset + at;
  }

  #readHead(chunk: Uint8Array, at: number): number {
    const before = this.#head.length;
    this.#head.append(chunk.subarray(at));
    const end = findEndOfHead(this.#head.peek(), before);
    if (end === -1) {
      if (this.#head.length > MAX_HEAD_BYTES) {
        this.#place = { in: 'nothing' };
        this.#head.discard();
      }
      return chunk.length;
    }
    const head = decodeLatin1(this.#head.peek(), end);
    this.#head.discard();
    const next = at + end - before;
    const what = this.#onHead(head, this.#headStart);
    if (what === 'stop') this.#place = { in: 'nothing' };
    else this.#place = what === 'body' ? bodyOf(head) : { in: 'head' };
    if (this.#place.in === 'head') this.#startHead(next);
    return next;
  }
}

function bodyOf(head: string): Place {
  if (/\ntransfer-encoding:[^\n]*chunked/i.test(head)) return { in: 'chunk-size', line: '' };
  const length = /\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length) === 0 ? { in: 'head' } : { in: 'body', left: Number(length) };
  // A request without a length has no body; that of a response ends with TCP.
  return head.startsWith('HTTP/') ? { in: 'rest' } : { in: 'head' };
}
