import { constants, createDeflateRaw, createInflateRaw, type ZlibOptions } from 'node:zlib';

/** zlib's state for one direction: it keeps its window from call to call. */
export interface Engine {
  /**
   * Takes some input, and fills `output` from its start.
   *
   * @returns false if the input is not DEFLATE: then only {@link close} may follow
   */
  write(input: Uint8Array, start: number, end: number, output: Uint8Array, room: number): boolean;
  /** How many bytes of the output are still free after the last call. */
  readonly roomLeft: number;
  /** How many bytes of the input were not taken by the last call. */
  readonly inputLeft: number;
  /** Forgets the window. */
  reset(): void;
  /** Frees the memory. No call may follow. */
  close(): void;
}

/** The parts of a stream of `node:zlib` that this file uses. They have had these names since Node 0.11; Bun and Deno have them. */
interface PrivateStream {
  readonly _handle: {
    writeSync(
      flush: number,
      from: Uint8Array,
      at: number,
      length: number,
      to: Uint8Array,
      toAt: number,
      room: number,
    ): void;
    reset(): void;
    close(): void;
    onerror: () => void;
  };
  /** Two numbers that each write sets: how much room is left, and how much input. */
  readonly _writeState: Uint32Array;
}

/** The stream's own buffer, which nobody uses. The shortest that it takes, in bytes. */
const UNUSED_CHUNK_SIZE = 64;

/**
 * The engine behind a stream of `node:zlib`, called directly. The stream itself answers from another thread, about 80 µs later,
 * and a one-shot call creates a new engine for each message. A direct call takes 5 µs to deflate 1 KiB, and half of one to
 * inflate it. These parts of Node are not documented: {@link hasEngines} tries them, and `one-shot.ts` stands in for them.
 */
class StreamEngine implements Engine {
  readonly #handle: PrivateStream['_handle'];
  readonly #state: Uint32Array;
  #failed = false;

  constructor(stream: unknown) {
    const { _handle, _writeState } = stream as PrivateStream;
    this.#handle = _handle;
    this.#state = _writeState;
    _handle.onerror = () => {
      this.#failed = true;
    };
  }

  write(input: Uint8Array, start: number, end: number, output: Uint8Array, room: number): boolean {
    this.#handle.writeSync(constants.Z_SYNC_FLUSH, input, start, end - start, output, 0, room);
    return !this.#failed;
  }

  get roomLeft(): number {
    return this.#state[0] as number;
  }

  get inputLeft(): number {
    return this.#state[1] as number;
  }

  reset(): void {
    this.#handle.reset();
  }

  close(): void {
    this.#handle.close();
  }
}

/** @param options with `windowBits` from 9 on: zlib has no smaller window to compress with */
export function openDeflateEngine(options: ZlibOptions): Engine {
  return new StreamEngine(createDeflateRaw({ ...options, chunkSize: UNUSED_CHUNK_SIZE }));
}

export function openInflateEngine(options: ZlibOptions): Engine {
  return new StreamEngine(createInflateRaw({ ...options, chunkSize: UNUSED_CHUNK_SIZE }));
}

/** Whether this platform's engines can be called directly: tries one of each, twice with the same text, and once with nonsense. */
export function hasEngines(): boolean {
  try {
    const deflater = openDeflateEngine({});
    const inflater = openInflateEngine({});
    const works =
      carries(deflater, inflater) && carries(deflater, inflater) && !inflater.write(NONSENSE, 0, 1, ROOM, 64);
    deflater.close();
    inflater.close();
    return works;
  } catch {
    return false;
  }
}

const TEXT = new TextEncoder().encode('Hello, Hello');
/** Block type 3, which RFC 1951 reserves. */
const NONSENSE = Uint8Array.of(0x07);
const ROOM = new Uint8Array(64);

function carries(deflater: Engine, inflater: Engine): boolean {
  if (!deflater.write(TEXT, 0, TEXT.length, ROOM, ROOM.length)) return false;
  const deflated = ROOM.slice(0, ROOM.length - deflater.roomLeft);
  if (!inflater.write(deflated, 0, deflated.length, ROOM, ROOM.length) || inflater.inputLeft > 0) return false;
  return Buffer.from(ROOM.subarray(0, ROOM.length - inflater.roomLeft)).equals(TEXT);
}
