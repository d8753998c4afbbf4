import { GrowingBytes } from '../../src/bytes/growing-bytes.ts';
import type { Memory } from '../../src/bytes/memory/memory.ts';
import type { Inflater } from '../../src/protocol/extensions/permessage-deflate/codec.ts';
import { type Engine, openInflateEngine } from './engine.ts';
import { Window } from './window.ts';

/** RFC 7692 §7.2.2. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** Where every engine of the process writes. */
const SCRATCH = new Uint8Array(64 * 1024);

/** A longer result is not a view of the scratch: whoever sends it sends it without a copy. */
const MAX_VIEW_BYTES = 8 * 1024;

/** zlib's state without its window, in bytes. */
const STATE_BYTES = 8 * 1024;

const NOTHING = new Uint8Array(0);

/** How many engines wait to be used again, for each size of window: without context, each message takes one. */
const MAX_SPARE = 16;

/** Engines that inflate, for many connections. */
export class EngineInflaters {
  readonly #memory: Memory;
  readonly #spare = new Map<number, Engine[]>();
  #heldBytes = 0;

  /** @param memory holds long results; their owner calls `done` */
  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** How much memory the engines in use take, in bytes: their windows included, as far as they are agreed on. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  create(windowBits: number): Inflater {
    return new EngineInflater(this, windowBits, this.#memory);
  }

  take(windowBits: number): Engine {
    this.#heldBytes += bytesOf(windowBits);
    return this.#spare.get(windowBits)?.pop() ?? openInflateEngine({ windowBits });
  }

  /** @param isReusable false for an engine that has failed, or that would begin again with another window */
  give(windowBits: number, engine: Engine, isReusable: boolean): void {
    this.#heldBytes -= bytesOf(windowBits);
    const spare = this.#spare.get(windowBits) ?? [];
    this.#spare.set(windowBits, spare);
    if (!isReusable || spare.length >= MAX_SPARE) {
      engine.close();
      return;
    }
    engine.reset();
    spare.push(engine);
  }
}

function bytesOf(windowBits: number): number {
  return STATE_BYTES + 2 ** windowBits;
}

/** Inflates with zlib's engine, in the call, and stops at a limit. */
class EngineInflater implements Inflater {
  readonly #all: EngineInflaters;
  readonly #windowBits: number;
  readonly #memory: Memory;
  #engine: Engine;
  // What zlib would forget after a final block. RFC 7692 §7.2.3.4 keeps it.
  readonly #window: Window;
  // How many bytes of the message have come in.
  #messageBytes = 0;

  // Whether the engine can be used by another connection.
  #isReusable = true;

  constructor(all: EngineInflaters, windowBits: number, memory: Memory) {
    this.#all = all;
    this.#windowBits = windowBits;
    this.#memory = memory;
    this.#window = new Window(2 ** windowBits);
    this.#engine = all.take(windowBits);
  }

  get heldBytes(): number {
    return bytesOf(this.#windowBits) + this.#window.heldBytes;
  }

  inflate(bytes: Uint8Array, isLast: boolean, maxBytes: number): Uint8Array | undefined {
    this.#messageBytes += bytes.length;
    const inflated = bytes.length === 0 ? NOTHING : this.#write(bytes, maxBytes);
    if (inflated === undefined || !isLast || inflated.length > maxBytes) return inflated;
    // A few senders compress an empty message to nothing. That is no block, but it leaves the window as it was.
    const isEmpty = this.#messageBytes === 0;
    this.#messageBytes = 0;
    return isEmpty || this.#endMessage() ? inflated : undefined;
  }

  reset(): void {
    this.#all.give(this.#windowBits, this.#engine, this.#isReusable);
    this.#engine = this.#all.take(this.#windowBits);
    this.#isReusable = true;
    this.#window.clear();
    this.#messageBytes = 0;
  }

  end(): void {
    this.#all.give(this.#windowBits, this.#engine, this.#isReusable);
    this.#window.clear();
  }

  #write(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
    let joined: GrowingBytes | undefined;
    let at = 0;
    for (;;) {
      const room = Math.min(SCRATCH.length, maxBytes - (joined?.length ?? 0) + 1);
      if (!this.#engine.write(bytes, at, bytes.length, SCRATCH, room)) return this.#fail();
      const { roomLeft, inputLeft } = this.#engine;
      const piece = SCRATCH.subarray(0, room - roomLeft);
      this.#window.append(piece);
      at = bytes.length - inputLeft;
      // It stops early only where its room is full, or where a final block has ended.
      const hasMore = inputLeft > 0 || roomLeft === 0;
      if (joined === undefined && !hasMore && piece.length <= MAX_VIEW_BYTES) return piece;
      joined ??= new GrowingBytes(this.#memory);
      joined.append(piece);
      if (!hasMore || joined.length > maxBytes) return joined.take();
      if (inputLeft > 0 && roomLeft > 0) this.#beginAgain();
    }
  }

  /** @returns whether the message has ended where a block ends, as far as zlib can tell */
  #endMessage(): boolean {
    if (!this.#engine.write(TAIL, 0, TAIL.length, SCRATCH, SCRATCH.length)) return this.#fail() !== undefined;
    const { roomLeft, inputLeft } = this.#engine;
    // The message ended with a final block, and its sender left out the empty block after it.
    if (inputLeft === TAIL.length) this.#beginAgain();
    // An empty block makes nothing come out. In the middle of another block, the four bytes stand for something.
    return roomLeft === SCRATCH.length;
  }

  #fail(): undefined {
    this.#isReusable = false;
  }

  /** After a final block: a new engine with the same window. */
  #beginAgain(): void {
    this.#engine.close();
    const dictionary = this.#window.bytes();
    const { length } = dictionary;
    // When zlib resets, it takes the dictionary again.
    this.#isReusable = length === 0;
    this.#engine = openInflateEngine(
      length === 0 ? { windowBits: this.#windowBits } : { windowBits: this.#windowBits, dictionary },
    );
  }
}
