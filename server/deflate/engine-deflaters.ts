import { joinBytes } from '../../src/bytes/join-bytes.ts';
import type { Deflater } from '../../src/protocol/extensions/permessage-deflate/codec.ts';
import { type Engine, openDeflateEngine } from './engine.ts';

/** Where every engine of the process writes. */
const SCRATCH = new Uint8Array(64 * 1024);

/** zlib compresses with no smaller window. With 9 it never refers back more than 250 bytes, so a window of 2^8 can follow. */
const MIN_DEFLATE_WINDOW_BITS = 9;

export interface DeflateSettings {
  /** zlib's level, 1 to 9: how long it searches. */
  readonly level: number;
  /** zlib's memLevel, 1 to 9: how much memory it searches with. */
  readonly memLevel: number;
  /** The limit of memory for all engines together, in bytes. */
  readonly maxBytes: number;
}

/**
 * Engines that compress, for many connections: each takes a quarter of a megabyte, so only the connections that have sent last
 * have one. Another connection's next message refers to no earlier one, as a sender is always free to do.
 */
export class EngineDeflaters {
  readonly #settings: DeflateSettings;
  // The one that was used first comes first.
  readonly #users = new Set<EngineDeflater>();
  readonly #spare = new Map<number, Engine[]>();
  #heldBytes = 0;

  constructor(settings: DeflateSettings) {
    this.#settings = settings;
  }

  /** How much memory all engines take, in bytes. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  create(windowBits: number): Deflater {
    return new EngineDeflater(this, Math.max(windowBits, MIN_DEFLATE_WINDOW_BITS));
  }

  /** Called with each message: the engine of the connection that has waited longest is taken away first. */
  take(user: EngineDeflater): Engine {
    this.#users.add(user);
    const { windowBits } = user;
    const spare = this.#spare.get(windowBits)?.pop();
    if (spare !== undefined) return spare;
    const bytes = this.#bytesOf(windowBits);
    this.#freeSpare(bytes);
    for (const other of this.#users) {
      if (this.#heldBytes + bytes <= this.#settings.maxBytes || other === user) break;
      other.giveUp();
      const freed = this.#spare.get(windowBits)?.pop();
      if (freed !== undefined) return freed;
      this.#freeSpare(bytes);
    }
    const { level, memLevel } = this.#settings;
    this.#heldBytes += bytes;
    return openDeflateEngine({ windowBits, level, memLevel });
  }

  /** Another message is compressed with the same engine. */
  use(user: EngineDeflater): void {
    this.#users.delete(user);
    this.#users.add(user);
  }

  give(user: EngineDeflater, engine: Engine): void {
    this.#users.delete(user);
    engine.reset();
    const spare = this.#spare.get(user.windowBits) ?? [];
    this.#spare.set(user.windowBits, spare);
    spare.push(engine);
  }

  /** Closes engines that nobody uses until there is room for one more. */
  #freeSpare(bytes: number): void {
    for (const [windowBits, engines] of this.#spare) {
      while (this.#heldBytes + bytes > this.#settings.maxBytes) {
        const engine = engines.pop();
        if (engine === undefined) break;
        engine.close();
        this.#heldBytes -= this.#bytesOf(windowBits);
      }
    }
  }

  /** As zlib's manual says: "zconf.h", memory requirements. */
  #bytesOf(windowBits: number): number {
    return 2 ** (windowBits + 2) + 2 ** (this.#settings.memLevel + 9);
  }
}

class EngineDeflater implements Deflater {
  readonly windowBits: number;
  readonly #all: EngineDeflaters;
  #engine: Engine | undefined;

  constructor(all: EngineDeflaters, windowBits: number) {
    this.#all = all;
    this.windowBits = windowBits;
  }

  deflate(bytes: Uint8Array): Uint8Array {
    if (this.#engine === undefined) this.#engine = this.#all.take(this);
    else this.#all.use(this);
    const engine = this.#engine;
    const pieces: Uint8Array[] = [];
    for (let at = 0; ; at = bytes.length - engine.inputLeft) {
      engine.write(bytes, at, bytes.length, SCRATCH, SCRATCH.length);
      const piece = SCRATCH.subarray(0, SCRATCH.length - engine.roomLeft);
      const isLast = engine.roomLeft > 0;
      if (isLast && pieces.length === 0) return piece;
      pieces.push(piece.slice());
      if (isLast) return joinBytes(pieces);
    }
  }

  reset(): void {
    this.#engine?.reset();
  }

  end(): void {
    this.giveUp();
  }

  giveUp(): void {
    if (this.#engine !== undefined) this.#all.give(this, this.#engine);
    this.#engine = undefined;
  }
}
