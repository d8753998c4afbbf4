import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { NO_STATUS_RECEIVED } from '../../protocol/closing/status-codes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';
import type { WireFrame } from '../wire/wire.ts';
import type { SentClose, SentViolation, SideStory } from './story.ts';

/** Older unanswered pings are counted as the oldest that is kept. */
const MAX_OPEN_PINGS = 16;
const MAX_KEPT_CLOSES = 2;
const MAX_KEPT_VIOLATION_BYTES = 16;
/** In a frame of a message whose extension changes it, these rules cannot be judged from the wire. RFC 7692 §6. */
const RULES_UNKNOWN_IF_COMPRESSED = new Set(['rsv1-set', 'text-not-utf8', 'text-cut-inside-character']);

/** Follows one side of a connection in bounded memory. */
export class SideTeller {
  byteLength = 0;
  firstByteMs: number | undefined;
  lastByteMs: number | undefined;
  /** The offset after the last complete head or frame. */
  #end = 0;
  #frames = 0;
  #dataFrames = 0;
  readonly #closes: SentClose[] = [];
  closeCount = 0;
  #violation: SentViolation | undefined;
  #framesAfterClose = 0;
  #longestMessage = 0;
  #messageBytes = 0;
  #insideMessage = false;
  #pings: { readonly hex: string; readonly timeMs: number }[] = [];
  #cutFrame: SideStory['cutFrame'];

  bytes(byteLength: number, timeMs: number | undefined): void {
    this.byteLength += byteLength;
    this.firstByteMs ??= timeMs;
    this.lastByteMs = timeMs;
  }

  head(byteLength: number): void {
    this.#end = byteLength;
  }

  /** @param compressed whether both sides agreed on permessage-deflate */
  frame(frame: WireFrame, compressed: boolean): void {
    const { opcode, fin, payloadLength, offset, byteLength } = frame;
    const sentBytes = arrivedBytes(frame, this.byteLength);
    if (opcode === undefined || payloadLength === undefined || sentBytes < byteLength) {
      this.#cutFrame = { claimedBytes: byteLength, sentBytes };
      this.#keepViolation(frame, compressed);
      return;
    }
    this.#end = offset + byteLength;
    this.#frames++;
    this.#keepViolation(frame, compressed);
    if (opcode === OPCODE.close) {
      this.closeCount++;
      if (this.#closes.length < MAX_KEPT_CLOSES) this.#closes.push(readClose(frame));
      return;
    }
    if (this.closeCount > 0) this.#framesAfterClose++;
    if (opcode === OPCODE.ping) this.#ping(frame);
    if (opcode <= OPCODE.binary) this.#data(opcode, fin === true, Number(payloadLength));
  }

  /** A whole message of a form without frames. */
  message(byteLength: number): void {
    this.#dataFrames++;
    this.#longestMessage = Math.max(this.#longestMessage, byteLength);
  }

  /** The other side has sent a pong, which answers a ping of this side and all before it. RFC 6455 §5.5.3. */
  pong(payloadHex: string): void {
    const answered = this.#pings.findLastIndex(({ hex }) => hex === payloadHex);
    if (answered >= 0) this.#pings = this.#pings.slice(answered + 1);
  }

  /** Bytes are missing: what was open before them may have been finished in them. */
  gap(): void {
    this.#pings = [];
    this.#insideMessage = false;
    this.#cutFrame = undefined;
  }

  get story(): SideStory {
    const [ping] = this.#pings;
    const rest = this.byteLength - this.#end;
    const isInsideFrame = this.#cutFrame === undefined && this.#end > 0 && rest > 0;
    return {
      byteLength: this.byteLength,
      firstByteMs: this.firstByteMs,
      lastByteMs: this.lastByteMs,
      frames: this.#frames,
      dataFrames: this.#dataFrames,
      closes: [...this.#closes],
      closeCount: this.closeCount,
      violation: this.#violation,
      framesAfterClose: this.#framesAfterClose,
      longestMessage: Math.max(this.#longestMessage, this.#messageBytes),
      unansweredPing: ping && { timeMs: ping.timeMs, count: this.#pings.length },
      cutFrame: isInsideFrame ? { claimedBytes: Number.NaN, sentBytes: rest } : this.#cutFrame,
      insideMessage: this.#insideMessage,
    };
  }

  #keepViolation(frame: WireFrame, compressed: boolean): void {
    const { violations, timeMs, opcode } = frame;
    const isData = opcode !== undefined && opcode <= OPCODE.binary;
    for (const violation of violations) {
      if (compressed && isData && RULES_UNKNOWN_IF_COMPRESSED.has(violation.rule)) continue;
      this.#violation ??= { ...violation, hex: frame.hex.slice(0, 2 * MAX_KEPT_VIOLATION_BYTES), timeMs };
    }
  }

  #ping({ payload, timeMs }: WireFrame): void {
    if (this.#pings.length === MAX_OPEN_PINGS) this.#pings.splice(1, 1);
    this.#pings.push({ hex: payload.hex, timeMs });
  }

  #data(opcode: number, fin: boolean, payloadLength: number): void {
    this.#dataFrames++;
    if (opcode !== OPCODE.continuation) this.#messageBytes = 0;
    this.#messageBytes += payloadLength;
    this.#longestMessage = Math.max(this.#longestMessage, this.#messageBytes);
    this.#insideMessage = !fin;
  }
}

/** How much of a frame was sent. A frame that is only too long to show was sent as far as the bytes of its direction go. */
function arrivedBytes(frame: WireFrame, sideBytes: number): number {
  const { truncated, offset, byteLength } = frame;
  if (!truncated) return byteLength;
  const shown = frame.hex.length / 2;
  return shown < MAX_SHOWN_BYTES ? shown : Math.min(byteLength, Math.max(shown, sideBytes - offset));
}

function readClose({ payload }: WireFrame): SentClose {
  const bytes = bytesOfHex(payload.hex);
  const { closeCode, reason } = decodeCloseBody(bytes);
  const isEmpty = closeCode === NO_STATUS_RECEIVED && bytes.length < 2;
  return { statusCode: isEmpty ? undefined : closeCode, reason };
}
