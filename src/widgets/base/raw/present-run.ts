import { bytesOfHex } from '../../../bytes/hex.ts';
import { describeFrame } from '../../../inspector/frame/describe.ts';
import type { WireFrame, WireMessage } from '../../../inspector/wire/wire.ts';
import { decodeCloseBody } from '../../../protocol/closing/close-body.ts';
import { statusCodeInfo } from '../../../protocol/closing/status-codes.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { escapeText } from '../../../text/escape-text.ts';
import type { RawOutcome } from './send-through-lab.ts';

/** One frame that the server answered with. */
export interface AnsweredFrame {
  /** `close, unmasked, 24 bytes, final`. */
  readonly about: string;
  /** `1002, protocol error: “RSV1 must be 0”`; of a message, its text. */
  readonly says: string;
  /** Its first bytes, two digits each. */
  readonly bytes: string;
  readonly hiddenBytes: number;
}

/** What a server made of raw bytes, to be shown. */
export interface PresentedRun {
  readonly frames: readonly AnsweredFrame[];
  /** How it ended. */
  readonly end: string;
}

const SHOWN_BYTES = 16;

/** What the server answered once the connection was open. */
export function presentRun({ messages, done }: RawOutcome): PresentedRun {
  const frames = messages.filter(isAnswer).map(presentFrame);
  const silent = frames.length === 0 ? 'It answered nothing' : 'Then nothing more came';
  const ends = {
    server: frames.length === 0 ? 'It ended TCP without a frame.' : 'Then it ended TCP.',
    quiet: `${silent}: it waits for more bytes.`,
    time: `${silent} until the time was up.`,
    'too-much': 'It answered more than is shown here.',
  };
  return { frames, end: ends[done.end] };
}

function isAnswer(message: WireMessage): message is WireFrame {
  return message.type === 'frame' && message.direction === 'out';
}

function presentFrame(frame: WireFrame): AnsweredFrame {
  const bytes = frame.hex.match(/../g) ?? [];
  return {
    about: describeFrame(frame),
    says: saysOf(frame),
    bytes: bytes.slice(0, SHOWN_BYTES).join(' '),
    hiddenBytes: Math.max(0, frame.byteLength - SHOWN_BYTES),
  };
}

function saysOf({ opcode, payload }: WireFrame): string {
  const quoted = payload.text === undefined ? '' : `“${escapeText(payload.text)}”`;
  if (opcode !== OPCODE.close) return quoted;
  const { closeCode } = decodeCloseBody(bytesOfHex(payload.hex.slice(0, 4)));
  return `${closeCode}, ${statusCodeInfo(closeCode).name}${quoted === '' ? '' : `: ${quoted}`}`;
}
