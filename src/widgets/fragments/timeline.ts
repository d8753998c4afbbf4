import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { isControlOpcode, OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeText, Utf8Checker } from '../../text/utf8.ts';

/** A frame of one connection, as it was on the wire. */
export interface TimelineFrame extends FrameDump {
  /** `in`: the server received it. */
  readonly direction: 'in' | 'out';
  readonly timeMs: number;
}

/** A payload as text, with the bytes in hex of a character that began in the fragment before, or that the next one ends. */
export interface PayloadPreview {
  readonly before: string;
  /** In quotation marks; empty where no character is whole. */
  readonly text: string;
  readonly after: string;
}

/** One frame on the time line, with what the server's message and the page's script have come to by then. */
export interface TimelineRow {
  readonly timeMs: number;
  /** From the program that sends fragments; else from the server. */
  readonly fromClient: boolean;
  readonly opcode: number;
  readonly opcodeName: string;
  readonly fin: boolean;
  readonly byteLength: number;
  readonly hex: string;
  readonly payload: PayloadPreview;
  /** What the server holds of the message after this frame. */
  readonly message: string;
  readonly tone: 'ok' | 'danger' | 'none';
  /** What the page's script is told; undefined: nothing. */
  readonly told: string | undefined;
}

const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Lays frames, message and script events on one line. RFC 6455 §5.4, §6.2.
 *
 * @param frames of one connection, both directions, in order
 * @param told what the page's script was told, in order: an event for each message that the server sends on
 */
export function timelineOf(frames: readonly TimelineFrame[], told: readonly string[]): TimelineRow[] {
  const message = new MessageSoFar();
  const events = [...told];
  return frames.map((frame) => {
    const { opcode = 0, fin = false } = frame;
    const fromClient = frame.direction === 'in';
    const passesOn = !fromClient && !isControlOpcode(opcode);
    return {
      timeMs: frame.timeMs,
      fromClient,
      opcode,
      opcodeName: OPCODES[opcode]?.name ?? '',
      fin,
      byteLength: frame.byteLength,
      hex: frame.hex,
      payload: previewOf(frame, opcode),
      ...(fromClient ? message.take(frame, opcode) : { message: answerOf(opcode), tone: 'none' as const }),
      told: passesOn ? events.shift() : undefined,
    };
  });
}

function previewOf({ payload }: TimelineFrame, opcode: number): PayloadPreview {
  const bytes = bytesOfHex(payload.hex);
  if (opcode === OPCODE.close) {
    const { closeCode, reason } = decodeCloseBody(bytes);
    return { before: '', text: `${closeCode} “${escapeText(reason)}”`, after: '' };
  }
  let start = 0;
  while (start < bytes.length && isFollowing(bytes[start] as number)) start++;
  let end = bytes.length;
  while (decodeText(bytes.subarray(start, end)) === undefined) end--;
  const text = decodeText(bytes.subarray(start, end)) ?? '';
  const hexAlone = text === '' && bytes.length > 0;
  return {
    before: formatHex(bytes.subarray(0, start)),
    text: hexAlone ? '' : `“${escapeText(text)}”`,
    after: formatHex(bytes.subarray(end)),
  };
}

/** Whether a byte goes on with a character. RFC 3629 §3. */
function isFollowing(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function answerOf(opcode: number): string {
  if (opcode === OPCODE.pong) return 'The server sends the pong at once, in the middle of the message.';
  if (opcode === OPCODE.close) return 'The server fails the connection and ends TCP.';
  return 'The server sends the message on, in one frame.';
}

/** What the server has of the message that is arriving. */
class MessageSoFar {
  #payload: number[] = [];
  #failed = false;

  take(frame: TimelineFrame, opcode: number): Pick<TimelineRow, 'message' | 'tone'> {
    if (this.#failed) return { message: 'Never read: the connection has failed.', tone: 'none' };
    const [violation] = frame.violations;
    if (violation !== undefined) {
      this.#failed = true;
      const requirement = ruleNamed(violation.rule)?.requirement ?? '';
      return { message: `${violation.statusCode}, ${violation.rule}. ${requirement}`, tone: 'danger' };
    }
    if (isControlOpcode(opcode)) {
      return {
        message: `Not part of the message, which still has ${countBytes(this.#payload.length)}.`,
        tone: 'none',
      };
    }
    if (opcode !== OPCODE.continuation) this.#payload = [];
    for (const byte of bytesOfHex(frame.payload.hex)) this.#payload.push(byte);
    return frame.fin === true ? this.#whole() : { message: this.#soFar(), tone: 'none' };
  }

  #whole(): Pick<TimelineRow, 'message' | 'tone'> {
    const text = escapeText(forgiving.decode(Uint8Array.from(this.#payload)));
    const size = countBytes(this.#payload.length);
    this.#payload = [];
    return { message: `Complete: “${text}”, ${size}. The handler is called once.`, tone: 'ok' };
  }

  #soFar(): string {
    const checker = new Utf8Checker();
    checker.push(Uint8Array.from(this.#payload));
    const open = checker.atCharacterBoundary ? '' : ', with an incomplete character at the end';
    return `${countBytes(this.#payload.length)} so far${open}. FIN is 0, so the server waits for more.`;
  }
}
