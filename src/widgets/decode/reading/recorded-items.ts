import type { InflatedDump } from '../../../inspector/deflate/inflated-dump.ts';
import { dumpFrame, type FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { FrameColumns } from '../../../inspector/list/frame-columns.ts';
import { type MessageOpcode, OPCODE } from '../../../protocol/framing/opcode.ts';
import type { Side, SourceFrame, SourceItem, SourceItems } from './source.ts';

/** What few frames have. */
interface Remarks {
  readonly violations: FrameDump['violations'];
  readonly inflated: InflatedDump | undefined;
  readonly messageOpcode: MessageOpcode | undefined;
}

/** A frame to keep. */
export interface NewFrame extends Remarks {
  readonly direction: 'in' | 'out';
  readonly timeMs: number | undefined;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly payloadLength: number;
}

/** The items of a connection of a recording: the frames are in columns, and each becomes an object only when it is read. */
export class RecordedItems implements SourceItems {
  readonly #columns = new FrameColumns();
  readonly #remarks = new Map<number, Remarks>();
  /** Messages and gaps, by their index. */
  readonly #others = new Map<number, SourceItem>();
  readonly #broken: number[] = [];
  hasGaps = false;
  hasMessages = false;

  get length(): number {
    return this.#columns.length;
  }

  get broken(): readonly number[] {
    return this.#broken;
  }

  readonly firstByteOf = (index: number): number => this.#columns.firstByteOf(index);

  addFrame(frame: NewFrame): void {
    const { violations, inflated, messageOpcode } = frame;
    const index = this.length;
    if (violations.length > 0) this.#broken.push(index);
    if (violations.length > 0 || inflated !== undefined || messageOpcode !== undefined)
      this.#remarks.set(index, { violations, inflated, messageOpcode });
    this.#columns.add(frame);
  }

  addOther(item: Exclude<SourceItem, SourceFrame>): void {
    if (item.kind === 'gap') this.hasGaps = true;
    else this.hasMessages = true;
    this.#others.set(this.length, item);
    const { from, timeMs, offset } = item;
    const direction = from === 'client' ? 'in' : 'out';
    this.#columns.add({ direction, timeMs, offset, bytes: NOTHING, payloadLength: Number(item.byteLength ?? 0) });
  }

  at(index: number): SourceItem | undefined {
    if (index < 0 || index >= this.length) return undefined;
    return this.#others.get(index) ?? new KeptFrame(this.#columns, index, this.#remarks.get(index));
  }

  *[Symbol.iterator](): Generator<SourceItem, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as SourceItem;
  }
}

const NOTHING = new Uint8Array(0);

/** A frame of a recording. Its fields are explained when it is shown. */
class KeptFrame implements SourceFrame {
  readonly kind = 'frame';
  readonly from: Side;
  readonly offset: number;
  readonly timeMs: number | undefined;
  readonly bytes: Uint8Array;
  readonly at = 0;
  readonly violations: FrameDump['violations'];
  readonly inflated: InflatedDump | undefined;
  readonly #messageOpcode: MessageOpcode | undefined;

  constructor(columns: FrameColumns, index: number, remarks: Remarks | undefined) {
    this.from = columns.directionOf(index) === 'in' ? 'client' : 'server';
    this.offset = columns.offsetOf(index);
    this.timeMs = columns.timeMsOf(index);
    this.bytes = columns.bytesOf(index);
    this.violations = remarks?.violations ?? [];
    this.inflated = remarks?.inflated;
    this.#messageOpcode = remarks?.messageOpcode;
  }

  get dump(): FrameDump {
    return dumpFrame(this.bytes, { messageOpcode: this.#messageOpcode, violations: this.violations });
  }
}

/** The opcode of the message that a continuation frame with text belongs to. */
export function messageOpcodeOf(opcode: number | undefined, text: string | undefined): MessageOpcode | undefined {
  return opcode === OPCODE.continuation && text !== undefined ? OPCODE.text : undefined;
}
