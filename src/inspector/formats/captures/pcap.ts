import { FileBytes } from './file-bytes.ts';
import { MAX_RECORD_BYTES, type PacketSource, type PacketTaker } from './packet-source.ts';

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** The magic numbers of pcap, as they stand in the file. */
const MAGICS: Readonly<Record<string, { readonly littleEndian: boolean; readonly perSecond: number }>> = {
  d4c3b2a1: { littleEndian: true, perSecond: 1e6 },
  a1b2c3d4: { littleEndian: false, perSecond: 1e6 },
  '4d3cb2a1': { littleEndian: true, perSecond: 1e9 },
  a1b23c4d: { littleEndian: false, perSecond: 1e9 },
};

function magicOf(head: Uint8Array): (typeof MAGICS)[string] | undefined {
  return MAGICS[Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')];
}

/** Whether a file begins as a pcap capture, in either byte order, with microseconds or nanoseconds. */
export function isPcap(head: Uint8Array): boolean {
  return head.length >= 4 && magicOf(head) !== undefined;
}

/** Reads a pcap capture. draft-ietf-opsawg-pcap. */
export class PcapSource implements PacketSource {
  readonly #file = new FileBytes();
  readonly #taker: PacketTaker;
  #littleEndian = false;
  #perSecond = 0;
  #linkType = -1;
  #firstSecond: number | undefined;
  #firstFraction = 0;
  #isDamaged = false;

  constructor(taker: PacketTaker) {
    this.#taker = taker;
  }

  push(piece: Uint8Array): void {
    if (this.#isDamaged) return;
    const file = this.#file;
    file.push(piece);
    if (this.#linkType === -1 && !this.#readFileHeader()) return;
    const littleEndian = this.#littleEndian;
    while (file.length >= RECORD_HEADER_BYTES) {
      const captured = file.u32(8, littleEndian);
      if (captured > MAX_RECORD_BYTES) {
        this.#isDamaged = true;
        this.#taker.note(
          `The capture is damaged at byte ${file.offset + 1}: a packet claims ${captured} bytes. What follows is not read.`,
        );
        return;
      }
      if (file.length < RECORD_HEADER_BYTES + captured) return;
      const second = file.u32(0, littleEndian);
      const fraction = file.u32(4, littleEndian);
      if (this.#firstSecond === undefined) [this.#firstSecond, this.#firstFraction] = [second, fraction];
      const timeMs = (second - this.#firstSecond) * 1000 + ((fraction - this.#firstFraction) * 1000) / this.#perSecond;
      this.#taker.packet({
        linkType: this.#linkType,
        timeMs,
        bytes: file.peek(RECORD_HEADER_BYTES, RECORD_HEADER_BYTES + captured),
        originalLength: file.u32(12, littleEndian),
      });
      file.skip(RECORD_HEADER_BYTES + captured);
    }
  }

  end(): void {
    if (this.#isDamaged) return;
    if (this.#linkType === -1) this.#taker.note('The capture ends within its first 24 bytes: it holds no packets.');
    else if (this.#file.length > 0)
      this.#taker.note(
        'The capture ends in the middle of a packet, as it does when the recording program was killed. That packet is left out.',
      );
  }

  #readFileHeader(): boolean {
    const file = this.#file;
    if (file.length < FILE_HEADER_BYTES) return false;
    const magic = magicOf(file.peek(0, 4));
    if (magic === undefined) return false;
    this.#littleEndian = magic.littleEndian;
    this.#perSecond = magic.perSecond;
    // The upper bits say how many bytes of a checksum follow each packet.
    this.#linkType = file.u32(20, magic.littleEndian) & 0xffff;
    file.skip(FILE_HEADER_BYTES);
    return true;
  }
}
