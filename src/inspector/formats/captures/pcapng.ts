import { decodeLatin1 } from '../../../text/latin1.ts';
import { FileBytes } from './file-bytes.ts';
import { MAX_RECORD_BYTES, type PacketSource, type PacketTaker } from './packet-source.ts';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const DECRYPTION_SECRETS = 10;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const TLS_KEY_LOG = 0x544c534b;

const OPTION_END = 0;
const OPTION_TIME_RESOLUTION = 9;
const OPTION_TIME_OFFSET = 14;

const MIN_BLOCK_BYTES = 12;
const TWO_TO_32 = 2 ** 32;

interface Interface {
  readonly linkType: number;
  /** In bytes; 0: packets are not cut. */
  readonly snapLength: number;
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: bigint;
  /** The time of the file's first packet in this interface's units, as upper and lower 32 bits. */
  base: readonly [number, number] | undefined;
}

/** Whether a file begins as a pcapng capture. */
export function isPcapng(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x0a && head[1] === 0x0d && head[2] === 0x0d && head[3] === 0x0a;
}

/** Reads a pcapng capture: several sections and interfaces, each with its own link type and unit of time. draft-ietf-opsawg-pcapng. */
export class PcapngSource implements PacketSource {
  readonly #file = new FileBytes();
  readonly #taker: PacketTaker;
  #littleEndian = true;
  #interfaces: Interface[] = [];
  /** The time of the first packet, in nanoseconds since 1970. */
  #firstNs: bigint | undefined;
  #lastMs = 0;
  #isDamaged = false;

  constructor(taker: PacketTaker) {
    this.#taker = taker;
  }

  push(piece: Uint8Array): void {
    if (this.#isDamaged) return;
    const file = this.#file;
    file.push(piece);
    while (file.length >= MIN_BLOCK_BYTES) {
      const isSection = file.u32(0, true) === SECTION_HEADER;
      // A section has its own byte order, which its header states.
      if (isSection) this.#littleEndian = file.u32(8, true) === BYTE_ORDER_MAGIC;
      const littleEndian = this.#littleEndian;
      const length = file.u32(4, littleEndian);
      const isKnownOrder = !isSection || file.u32(8, littleEndian) === BYTE_ORDER_MAGIC;
      if (length < MIN_BLOCK_BYTES || length > MAX_RECORD_BYTES || !isKnownOrder) {
        this.#damaged(`a block claims ${length} bytes`);
        return;
      }
      const padded = (length + 3) & ~3;
      if (file.length < padded) return;
      this.#block(file.u32(0, littleEndian), length);
      file.skip(padded);
    }
  }

  end(): void {
    if (!this.#isDamaged && this.#file.length > 0)
      this.#taker.note(
        'The capture ends in the middle of a block, as it does when the recording program was killed. That block is left out.',
      );
  }

  #damaged(what: string): void {
    this.#isDamaged = true;
    this.#taker.note(`The capture is damaged at byte ${this.#file.offset + 1}: ${what}. What follows is not read.`);
  }

  /** @param length of the block, its 12 bytes of type and lengths included */
  #block(type: number, length: number): void {
    const file = this.#file;
    const littleEndian = this.#littleEndian;
    const end = length - 4;
    switch (type) {
      case SECTION_HEADER:
        this.#interfaces = [];
        break;
      case INTERFACE:
        if (length >= 20) this.#interfaces.push(this.#readInterface(end));
        break;
      case ENHANCED_PACKET:
        if (length >= 32) this.#packet(file.u32(8, littleEndian), 12, 28, end);
        break;
      case OBSOLETE_PACKET:
        if (length >= 32) this.#packet(file.u16(8, littleEndian), 12, 28, end);
        break;
      case SIMPLE_PACKET: {
        const [first] = this.#interfaces;
        if (first === undefined || length < 16) break;
        const originalLength = file.u32(8, littleEndian);
        const captured = Math.min(originalLength, first.snapLength || originalLength, end - 12);
        // A simple packet has no time: the last one is the best that is known.
        const bytes = file.peek(12, 12 + captured);
        this.#taker.packet({ linkType: first.linkType, timeMs: this.#lastMs, bytes, originalLength });
        break;
      }
      case DECRYPTION_SECRETS: {
        if (length < 20 || file.u32(8, littleEndian) !== TLS_KEY_LOG) break;
        const size = Math.min(file.u32(12, littleEndian), end - 16);
        this.#taker.secrets(decodeLatin1(file.peek(16, 16 + size)));
        break;
      }
    }
  }

  /** @param at of the time: two times 32 bits, then the captured and the original length */
  #packet(interfaceId: number, at: number, start: number, end: number): void {
    const file = this.#file;
    const littleEndian = this.#littleEndian;
    const found = this.#interfaces[interfaceId];
    if (found === undefined) return;
    const captured = Math.min(file.u32(at + 8, littleEndian), end - start);
    const timeMs = this.#timeOf(found, file.u32(at, littleEndian), file.u32(at + 4, littleEndian));
    this.#lastMs = timeMs;
    this.#taker.packet({
      linkType: found.linkType,
      timeMs,
      bytes: file.peek(start, start + captured),
      originalLength: file.u32(at + 12, littleEndian),
    });
  }

  #timeOf(found: Interface, upper: number, lower: number): number {
    const { unitsPerSecond, offsetSeconds } = found;
    if (this.#firstNs === undefined) {
      const units = BigInt(upper) * BigInt(TWO_TO_32) + BigInt(lower);
      this.#firstNs = (units * 1_000_000_000n) / unitsPerSecond + offsetSeconds * 1_000_000_000n;
    }
    if (found.base === undefined) {
      const units = ((this.#firstNs - offsetSeconds * 1_000_000_000n) * unitsPerSecond) / 1_000_000_000n;
      const positive = units < 0n ? 0n : units;
      found.base = [Number(positive / BigInt(TWO_TO_32)), Number(positive % BigInt(TWO_TO_32))];
    }
    const [baseUpper, baseLower] = found.base;
    const units = (upper - baseUpper) * TWO_TO_32 + (lower - baseLower);
    return (units * 1000) / Number(unitsPerSecond);
  }

  #readInterface(end: number): Interface {
    const file = this.#file;
    const littleEndian = this.#littleEndian;
    let unitsPerSecond = 1_000_000n;
    let offsetSeconds = 0n;
    for (let at = 16; at + 4 <= end; ) {
      const code = file.u16(at, littleEndian);
      const size = file.u16(at + 2, littleEndian);
      if (code === OPTION_END || at + 4 + size > end) break;
      if (code === OPTION_TIME_RESOLUTION && size === 1) {
        const [value = 6] = file.peek(at + 4, at + 5);
        // The top bit chooses between powers of two and of ten.
        unitsPerSecond = (value & 0x80) !== 0 ? 1n << BigInt(value & 0x7f) : 10n ** BigInt(value);
      }
      if (code === OPTION_TIME_OFFSET && size === 8) {
        const [first, second] = [file.u32(at + 4, littleEndian), file.u32(at + 8, littleEndian)];
        const [upper, lower] = littleEndian ? [second, first] : [first, second];
        offsetSeconds = BigInt.asIntN(64, BigInt(upper) * BigInt(TWO_TO_32) + BigInt(lower));
      }
      at += 4 + ((size + 3) & ~3);
    }
    return {
      linkType: file.u16(8, littleEndian),
      snapLength: file.u32(12, littleEndian),
      unitsPerSecond,
      offsetSeconds,
      base: undefined,
    };
  }
}
