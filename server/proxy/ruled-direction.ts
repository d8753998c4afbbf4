import { randomBytes } from 'node:crypto';
import { encodeOrder, type Order } from '../../src/inspector/encode/frame-order.ts';
import { type Action, describeAction, type PassingFrame } from '../../src/inspector/rules/rule.ts';
import type { Direction } from '../../src/inspector/wire/wire.ts';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import { mask } from '../../src/protocol/framing/masking.ts';
import { OPCODE, OPCODES } from '../../src/protocol/framing/opcode.ts';
import { decodeText } from '../../src/text/utf8.ts';
import { FrameSplitter, type SplitPart } from './frame-splitter.ts';

/** Decides what happens to each frame: the rules, or a script. */
export type Decide = (frame: PassingFrame) => { readonly name: string; readonly action: Action } | undefined;

/** What a direction can do beside writing its bytes. */
export interface RuledOwner {
  /** Writes to the receiver of this direction. */
  write(bytes: Uint8Array): void;
  /** Writes to the sender of this direction. */
  writeBack(bytes: Uint8Array): void;
  cut(how: 'FIN' | 'RST'): void;
  /** Reads nothing more from the sender, or goes on. */
  stop(stopped: boolean): void;
  /** Something was done to a frame. */
  acted(sentence: string): void;
}

export interface RuledDirectionOptions {
  readonly connection: number;
  readonly path: string;
  readonly direction: Direction;
  readonly decide: Decide;
}

/** What waits to be done, in order. */
type Item =
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hold' }
  | { readonly kind: 'act'; readonly act: () => void };

/** If more bytes wait, nothing more is read from the sender. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** A throttled frame is written in pieces, so many in a second. */
const PIECES_PER_SECOND = 20;
/** Between two pieces of a frame that is cut anew, so that they are not joined to one read. */
const RECUT_PAUSE_MS = 1;

/** One direction of a connection whose frames are changed: frames in, and what the rules make of them out, in order. */
export class RuledDirection {
  readonly #options: RuledDirectionOptions;
  readonly #owner: RuledOwner;
  readonly #splitter = new FrameSplitter();
  readonly #queue: Item[] = [];
  #waitingBytes = 0;
  /** A frame that is sent after the next one. */
  #behind: Uint8Array | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isHeld = false;
  #isStopped = false;
  #isOver = false;

  constructor(options: RuledDirectionOptions, owner: RuledOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  push(chunk: Uint8Array): void {
    if (this.#isOver) return;
    for (const part of this.#splitter.push(chunk)) this.#take(part);
    this.#pump();
  }

  /** The sender has sent its FIN: `then` is called after everything before it. */
  end(then: () => void): void {
    if (this.#isOver) return;
    this.#flushBehind();
    this.#add({ kind: 'write', bytes: this.#splitter.unfinished });
    this.#add({ kind: 'act', act: then });
    this.#pump();
  }

  /** Passes on what a rule holds. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#pump();
  }

  /** Writes everything that waits at once, as the proxy goes down. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushBehind();
    this.#add({ kind: 'write', bytes: this.#splitter.unfinished });
    for (const item of this.#queue.splice(0)) if (item.kind === 'write') this.#owner.write(item.bytes);
    this.stop();
  }

  /** Nothing more is written. */
  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue.length = 0;
  }

  #take(part: SplitPart): void {
    if (part.kind === 'part') {
      this.#add({ kind: 'write', bytes: part.bytes });
      return;
    }
    const { header, bytes } = part;
    const { connection, path, direction, decide } = this.#options;
    const onWire = bytes.subarray(header.headerLength);
    const payload = header.masked ? mask(onWire, header.maskingKey) : onWire;
    const { fin, rsv1, opcode, masked } = header;
    const frame: PassingFrame = {
      ...{ connection, path, direction, fin, rsv1, opcode, masked, payload },
      get text() {
        return decodeText(payload);
      },
    };
    const decided = decide(frame);
    if (decided === undefined) {
      this.#add({ kind: 'write', bytes });
      this.#flushBehind();
      return;
    }
    const kind = OPCODES[opcode]?.name ?? '';
    const from = direction === 'in' ? 'the client' : 'the server';
    this.#owner.acted(
      `${kind} frame of ${payload.length} bytes from ${from}: ${describeAction(decided.action)} (${decided.name})`,
    );
    this.#act(decided.action, frame, bytes, header.headerLength);
  }

  #act(action: Action, frame: PassingFrame, bytes: Uint8Array, headerLength: number): void {
    const write = (piece: Uint8Array): void => this.#add({ kind: 'write', bytes: piece });
    switch (action.kind) {
      case 'drop':
        return;
      case 'duplicate':
        write(bytes);
        write(bytes);
        break;
      case 'reorder':
        if (this.#behind !== undefined) break;
        this.#behind = bytes;
        return;
      case 'delay':
        this.#add({ kind: 'wait', ms: action.ms });
        write(bytes);
        break;
      case 'throttle':
        this.#inPieces(bytes, Math.ceil(action.bytesPerSecond / PIECES_PER_SECOND), 1000 / PIECES_PER_SECOND);
        break;
      case 'recut':
        this.#inPieces(bytes, action.byteLength, RECUT_PAUSE_MS);
        break;
      case 'hold':
        this.#add({ kind: 'hold' });
        write(bytes);
        break;
      case 'corrupt':
        write(flipped(bytes, headerLength, action.bit));
        break;
      case 'answer':
        if (frame.opcode === OPCODE.ping) {
          const maskingKey = frame.direction === 'out' ? nextMaskingKey() : undefined;
          this.#owner.writeBack(encodeFrame({ opcode: OPCODE.pong, payload: frame.payload, maskingKey }));
        }
        return;
      case 'edit':
        write(this.#encode(action.order, frame.direction));
        break;
      case 'send':
        write(this.#encode(action.order, frame.direction));
        write(bytes);
        break;
      case 'close': {
        const back = frame.direction === 'in' ? 'out' : 'in';
        this.#add({
          kind: 'act',
          act: () => {
            this.#owner.write(this.#encode(action.order, frame.direction));
            this.#owner.writeBack(this.#encode(action.order, back));
            this.#owner.cut('FIN');
          },
        });
        break;
      }
      case 'cut':
        if (action.afterMs !== undefined) {
          write(bytes);
          this.#add({ kind: 'wait', ms: action.afterMs });
        } else write(bytes.subarray(0, action.afterBytes ?? 0));
        this.#add({ kind: 'act', act: () => this.#owner.cut(action.how) });
        break;
    }
    this.#flushBehind();
  }

  #inPieces(bytes: Uint8Array, byteLength: number, pauseMs: number): void {
    for (let at = 0; at < bytes.length; at += byteLength) {
      this.#add({ kind: 'write', bytes: bytes.subarray(at, at + byteLength) });
      if (at + byteLength < bytes.length || pauseMs > RECUT_PAUSE_MS) this.#add({ kind: 'wait', ms: pauseMs });
    }
  }

  /** @param towards whose frames the order looks like: only a client masks */
  #encode(order: Order, towards: Direction): Uint8Array {
    return encodeOrder(order, { sender: towards === 'in' ? 'client' : 'server', nextMaskingKey });
  }

  #flushBehind(): void {
    const behind = this.#behind;
    this.#behind = undefined;
    if (behind !== undefined) this.#add({ kind: 'write', bytes: behind });
  }

  #add(item: Item): void {
    this.#queue.push(item);
    if (item.kind === 'write') this.#waitingBytes += item.bytes.length;
  }

  #pump(): void {
    while (!this.#isOver && !this.#isHeld && this.#timer === undefined) {
      const item = this.#queue.shift();
      if (item === undefined) break;
      if (item.kind === 'write') {
        this.#waitingBytes -= item.bytes.length;
        if (item.bytes.length > 0) this.#owner.write(item.bytes);
      } else if (item.kind === 'hold') this.#isHeld = true;
      else if (item.kind === 'act') item.act();
      else {
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#pump();
        }, item.ms);
      }
    }
    const isFull = this.#waitingBytes > MAX_WAITING_BYTES && !this.#isOver;
    if (isFull === this.#isStopped) return;
    this.#isStopped = isFull;
    this.#owner.stop(isFull);
  }
}

function flipped(bytes: Uint8Array, headerLength: number, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = headerLength + Math.floor(bit / 8);
  if (at < copy.length) copy[at] = (copy[at] as number) ^ (0x80 >> (bit % 8));
  return copy;
}

function nextMaskingKey(): number {
  return randomBytes(4).readUInt32BE();
}
