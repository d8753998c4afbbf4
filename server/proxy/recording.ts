import type { Direction } from '../../src/inspector/wire/wire.ts';

/** What a record says about one WebSocket connection. */
export type RecordKind = 'open' | 'bytes' | 'note' | 'end';

/** One record, in the order in which things happened. */
export interface ProxyRecord {
  readonly kind: RecordKind;
  readonly connection: number;
  readonly direction: Direction;
  /** Milliseconds since the recording began. */
  readonly atMs: number;
  /**
   * The bytes as they were on the wire; of an `open` its description as JSON, of a `note` its sentence, and of an `end` how
   * TCP ended: `FIN` or `RST`. Not changed by anybody.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The description of a connection that has opened. */
export interface OpenedConnection {
  readonly path: string;
  /** Addresses and ports of the client and of the proxy. */
  readonly remote: string;
  readonly local: string;
}

const KINDS: readonly RecordKind[] = ['open', 'bytes', 'note', 'end'];
/** Before the bytes of each record: length, kind, direction, connection, time. */
const HEADER_BYTES = 24;
const BLOCK_BYTES = 1024 * 1024;

/** Records lie one after another in blocks, so that a short chunk takes no object of its own. */
interface Block {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  /** The end of the last record. */
  length: number;
  /** Counts records from the first one of the recording. */
  readonly firstRecord: number;
  records: number;
}

/** Where a reader of the recording is. */
export interface Cursor {
  /** Counts blocks from the first one of the recording. */
  block: number;
  offset: number;
  /** Counts records. */
  record: number;
  /** Records that fell out of memory before this reader came to them. */
  lost: number;
}

export const DEFAULT_MAX_RECORDING_BYTES = 64 * 1024 * 1024;

/**
 * The latest bytes of all connections, in memory up to a limit: beyond it, the oldest block is dropped.
 *
 * The bytes of a record are copied once, and what is sent on is that copy. The memory of a dropped block is used again only
 * if no byte waits to be sent, so a slow receiver never sends the bytes of another connection. A reader that keeps the bytes
 * of a record beyond the call copies them.
 */
export class Recording {
  /** On the clock of `performance.now()`. */
  readonly startedAtMs = performance.now();
  /** In milliseconds since 1970. */
  readonly startedAtWallMs = Date.now();
  readonly #maxBlocks: number;
  #mayReuse: () => boolean = () => false;
  #blocks: Block[] = [];
  #firstBlock = 0;
  readonly #listeners = new Set<() => void>();
  #isTelling = false;

  constructor(maxBytes = DEFAULT_MAX_RECORDING_BYTES) {
    this.#maxBlocks = Math.max(2, Math.floor(maxBytes / BLOCK_BYTES));
  }

  /** Sets who is asked before the memory of dropped records is used again. */
  set mayReuse(mayReuse: () => boolean) {
    this.#mayReuse = mayReuse;
  }

  /** The memory that it takes, in bytes. */
  get byteLength(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** The number of records that were dropped because of the limit. */
  get droppedRecords(): number {
    return this.#blocks[0]?.firstRecord ?? 0;
  }

  /** How many records have been added. */
  get #records(): number {
    const last = this.#blocks[this.#blocks.length - 1];
    return last === undefined ? 0 : last.firstRecord + last.records;
  }

  /** Milliseconds since the recording began. */
  get nowMs(): number {
    return performance.now() - this.startedAtMs;
  }

  /**
   * Adds a record.
   *
   * @param bytes copied
   * @returns the copy, which nobody changes
   */
  add(kind: RecordKind, connection: number, direction: Direction, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const needed = HEADER_BYTES + bytes.length;
    let block = this.#blocks[this.#blocks.length - 1];
    if (block === undefined || block.length + needed > block.bytes.length) block = this.#startBlock(needed);
    const { view, length: at } = block;
    view.setUint32(at, bytes.length);
    view.setUint8(at + 4, KINDS.indexOf(kind));
    view.setUint8(at + 5, direction === 'in' ? 0 : 1);
    view.setUint32(at + 8, connection);
    view.setFloat64(at + 16, this.nowMs);
    const start = at + HEADER_BYTES;
    block.bytes.set(bytes, start);
    block.length = start + bytes.length;
    block.records++;
    if (!this.#isTelling && this.#listeners.size > 0) this.#tellSoon();
    return block.bytes.subarray(start, block.length);
  }

  /** Calls `listener` soon after records are added: once for all records of a turn. @returns a function that ends it */
  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A cursor at the oldest record that is still here. */
  start(): Cursor {
    return { block: this.#firstBlock, offset: 0, record: this.droppedRecords, lost: 0 };
  }

  /** A cursor after the latest record. */
  end(): Cursor {
    const last = this.#blocks.length - 1;
    const offset = this.#blocks[last]?.length ?? 0;
    return { block: this.#firstBlock + Math.max(last, 0), offset, record: this.#records, lost: 0 };
  }

  /** Whether a record waits for this cursor. */
  hasNext(cursor: Cursor): boolean {
    const last = this.#blocks.length - 1;
    if (last < 0) return false;
    const block = this.#firstBlock + last;
    return cursor.block < block || cursor.offset < (this.#blocks[last]?.length ?? 0);
  }

  /** The next record, and moves the cursor behind it. Undefined at the end. */
  next(cursor: Cursor): ProxyRecord | undefined {
    if (cursor.block < this.#firstBlock) {
      cursor.lost += this.droppedRecords - cursor.record;
      cursor.record = this.droppedRecords;
      cursor.block = this.#firstBlock;
      cursor.offset = 0;
    }
    for (;;) {
      const block = this.#blocks[cursor.block - this.#firstBlock];
      if (block === undefined) return undefined;
      if (cursor.offset < block.length) return recordAt(block, cursor);
      if (cursor.block - this.#firstBlock === this.#blocks.length - 1) return undefined;
      cursor.block++;
      cursor.offset = 0;
    }
  }

  #startBlock(needed: number): Block {
    const firstRecord = this.#records;
    let free: Block | undefined;
    while (this.#blocks.length >= this.#maxBlocks) {
      [free] = this.#blocks;
      this.#blocks = this.#blocks.slice(1);
      this.#firstBlock++;
    }
    // Fresh memory costs more than the copy: the system clears each page of it.
    const fits = free !== undefined && free.bytes.length === BLOCK_BYTES && needed <= BLOCK_BYTES && this.#mayReuse();
    const bytes = fits && free !== undefined ? free.bytes : newBytes(Math.max(BLOCK_BYTES, needed));
    const block = { bytes, view: new DataView(bytes.buffer), length: 0, firstRecord, records: 0 };
    this.#blocks.push(block);
    return block;
  }

  #tellSoon(): void {
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

function newBytes(byteLength: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.allocUnsafeSlow(byteLength).buffer as ArrayBuffer);
}

function recordAt({ bytes, view }: Block, cursor: Cursor): ProxyRecord {
  const at = cursor.offset;
  const start = at + HEADER_BYTES;
  const end = start + view.getUint32(at);
  cursor.offset = end;
  cursor.record++;
  return {
    kind: KINDS[view.getUint8(at + 4)] as RecordKind,
    direction: view.getUint8(at + 5) === 0 ? 'in' : 'out',
    connection: view.getUint32(at + 8),
    atMs: view.getFloat64(at + 16),
    bytes: bytes.subarray(start, end),
  };
}
