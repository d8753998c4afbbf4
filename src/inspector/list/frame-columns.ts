/** Rows that the columns have room for at first. */
const MIN_CAPACITY = 16;
/** In bytes: what the columns have of one row. */
const ROW_BYTES = 2 * 1 + 3 * 4 + 3 * 8;
/** In bytes. A longer frame has a block of its own. */
const MAX_BLOCK_BYTES = 4 * 1024 * 1024;
const MIN_BLOCK_BYTES = 1024;

/** A row as it is added. */
export interface NewRow {
  readonly direction: 'in' | 'out';
  /** Milliseconds since the connection began; undefined if there are no times. */
  readonly timeMs: number | undefined;
  /** Of the frame, in the bytes of its direction. */
  readonly offset: number;
  /** The frame as on the wire, copied; empty for a row that is no frame. */
  readonly bytes: Uint8Array;
  /** The payload of the frame, as its header has it. */
  readonly payloadLength: number;
}

/**
 * The frames of a connection in columns: no object for each frame, so that a million rows take as much memory as the bytes of
 * the frames and 38 bytes for each.
 */
export class FrameColumns {
  #length = 0;
  #capacity = 0;
  #isOut = new Uint8Array(0);
  #firstBytes = new Uint8Array(0);
  #timesMs = new Float64Array(0);
  #offsets = new Float64Array(0);
  #payloadLengths = new Float64Array(0);
  /** Where the bytes of each row are: the block, the first byte in it, and how many. */
  #blocks = new Uint32Array(0);
  #starts = new Uint32Array(0);
  #byteLengths = new Uint32Array(0);
  readonly #store = new ByteBlocks();

  get length(): number {
    return this.#length;
  }

  /** How much memory the columns and the bytes take, free space included, in bytes. */
  get heldBytes(): number {
    return this.#capacity * ROW_BYTES + this.#store.heldBytes;
  }

  add({ direction, timeMs, offset, bytes, payloadLength }: NewRow): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    this.#isOut[row] = direction === 'out' ? 1 : 0;
    this.#firstBytes[row] = bytes[0] ?? 0;
    this.#timesMs[row] = timeMs ?? Number.NaN;
    this.#offsets[row] = offset;
    this.#payloadLengths[row] = payloadLength;
    const start = this.#store.append(bytes);
    this.#blocks[row] = this.#store.lastBlock;
    this.#starts[row] = start;
    this.#byteLengths[row] = bytes.length;
  }

  directionOf(row: number): 'in' | 'out' {
    return this.#isOut[row] === 1 ? 'out' : 'in';
  }

  /** FIN, RSV1 to RSV3 and the opcode. */
  firstByteOf(row: number): number {
    return this.#firstBytes[row] ?? 0;
  }

  timeMsOf(row: number): number | undefined {
    const timeMs = this.#timesMs[row];
    return timeMs === undefined || Number.isNaN(timeMs) ? undefined : timeMs;
  }

  offsetOf(row: number): number {
    return this.#offsets[row] ?? 0;
  }

  payloadLengthOf(row: number): number {
    return this.#payloadLengths[row] ?? 0;
  }

  /** The frame as on the wire. It must not be changed: it is a view of what is kept. */
  bytesOf(row: number): Uint8Array {
    return this.#store.read(this.#blocks[row] ?? 0, this.#starts[row] ?? 0, this.#byteLengths[row] ?? 0);
  }

  #grow(): void {
    this.#capacity = Math.max(MIN_CAPACITY, Math.ceil(this.#capacity * 1.5));
    const capacity = this.#capacity;
    this.#isOut = grown(this.#isOut, new Uint8Array(capacity));
    this.#firstBytes = grown(this.#firstBytes, new Uint8Array(capacity));
    this.#timesMs = grown(this.#timesMs, new Float64Array(capacity));
    this.#offsets = grown(this.#offsets, new Float64Array(capacity));
    this.#payloadLengths = grown(this.#payloadLengths, new Float64Array(capacity));
    this.#blocks = grown(this.#blocks, new Uint32Array(capacity));
    this.#starts = grown(this.#starts, new Uint32Array(capacity));
    this.#byteLengths = grown(this.#byteLengths, new Uint32Array(capacity));
  }
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

/** Bytes one after the other, in blocks that are never copied. */
class ByteBlocks {
  readonly #blocks: Uint8Array[] = [];
  #used = 0;
  heldBytes = 0;

  get lastBlock(): number {
    return this.#blocks.length - 1;
  }

  /** @returns where the bytes begin in the last block */
  append(bytes: Uint8Array): number {
    let block = this.#blocks.at(-1);
    if (block === undefined || this.#used + bytes.length > block.length) {
      // A short connection has only a short block: there can be thousands of them.
      const wanted = block === undefined ? MIN_BLOCK_BYTES : Math.min(MAX_BLOCK_BYTES, 2 * block.length);
      block = new Uint8Array(Math.max(wanted, bytes.length));
      this.#blocks.push(block);
      this.heldBytes += block.length;
      this.#used = 0;
    }
    const start = this.#used;
    block.set(bytes, start);
    this.#used += bytes.length;
    return start;
  }

  read(block: number, start: number, length: number): Uint8Array {
    return this.#blocks[block]?.subarray(start, start + length) ?? new Uint8Array(0);
  }
}
