import { describeFrame } from '../../inspector/frame/describe.ts';
import type { RecordedFrame } from '../../inspector/frame/frame-recorder.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { layoutOf, MIN_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { type BrokenField, brokenField } from '../base/frame-view/broken-field.ts';
import type { Sender } from '../base/own-frames/message.ts';
import { type BitStream, readStream } from './bit-stream.ts';

/** What the receiver of some bytes must do with them. */
export interface RoleVerdict {
  readonly sender: Sender;
  readonly receiver: Sender;
  readonly tone: 'ok' | 'info' | 'danger';
  /** In a few words: `breaks a rule`. */
  readonly title: string;
  readonly sentences: readonly string[];
  /** The rule that is broken. */
  readonly broken: BrokenRule | undefined;
}

export interface BrokenRule extends BrokenField {
  readonly name: string;
  readonly section: string;
  readonly statusCode: number;
}

const MAX_SHOWN_CHARACTERS = 40;

/** Judges bytes that one end sends right after the opening handshake. RFC 6455 §5. */
export function verdictOn(bytes: Uint8Array, sender: Sender): RoleVerdict {
  const stream = readStream(bytes, sender);
  const receiver = sender === 'client' ? 'server' : 'client';
  const { open, frames } = stream;
  const [violation] = open.dump.violations;
  const whole = frames.filter((frame) => isWhole(frame, bytes.length)).map(receivedBy(receiver));
  if (violation !== undefined) {
    const earlier = frames.findIndex(({ dump }) => dump.violations.length > 0);
    const sentences = [...whole.slice(0, earlier), ...sentencesOn(violation, receiver)];
    const { range, where } = brokenField(open.dump.fields, violation, bytes.length);
    const { rule: name, section, statusCode } = violation;
    const broken = { name, section, statusCode, range, where };
    return { sender, receiver, tone: 'danger', title: 'breaks a rule', sentences, broken };
  }
  const waits = waitsFor(stream, receiver);
  const complete = waits === undefined;
  return {
    sender,
    receiver,
    tone: complete ? 'ok' : 'info',
    title: complete ? 'valid' : 'not complete yet',
    sentences: complete ? ['No rule is broken.', ...whole] : [...whole, waits],
    broken: undefined,
  };
}

function isWhole({ offset, dump }: RecordedFrame, end: number): boolean {
  return !dump.truncated && offset + dump.byteLength <= end;
}

function sentencesOn({ rule: name, section, statusCode }: Violation, receiver: Sender): string[] {
  const requirement = ruleNamed(name)?.requirement ?? name;
  const code = `${statusCode}, ${statusCodeInfo(statusCode).name}`;
  return [
    `${requirement} (RFC 6455 §${section}.)`,
    `The ${receiver} fails the connection: it sends a close frame with status code ${code}, and closes the TCP connection.`,
  ];
}

/** What the receiver does with a whole, valid frame. */
function receivedBy(receiver: Sender): (frame: RecordedFrame) => string {
  return ({ dump }) => {
    const { opcode = 0, fin } = dump;
    const name = OPCODES[opcode]?.name ?? '';
    const { text, hex } = dump.payload;
    const shown = text === undefined ? countBytes(hex.length / 2) : `“${cut(escapeText(text))}”`;
    if (opcode === OPCODE.ping) return `The ${receiver} answers the ping with a pong that carries the same payload.`;
    if (opcode === OPCODE.pong) return `The ${receiver} receives the pong and sends nothing back.`;
    if (opcode === OPCODE.close) return `The ${receiver} answers with a close frame, and the connection closes.`;
    if (fin) return `The ${receiver} receives a ${name} message: ${shown}.`;
    return `The ${receiver} keeps the fragment ${shown} and waits for the rest of the message.`;
  };
}

function cut(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
}

/** What is missing of the last frame; undefined if it is whole. */
function waitsFor({ frames, bytes }: BitStream, receiver: Sender): string | undefined {
  const last = frames.at(-1) as RecordedFrame;
  if (isWhole(last, bytes.length)) return undefined;
  const there = bytes.length - last.offset;
  const begun =
    last.offset > 0 ? `${countBytes(there)} of the next frame ${there === 1 ? 'has' : 'have'} arrived. ` : '';
  const second = bytes[last.offset + 1];
  const headerLength = second === undefined ? MIN_HEADER_LENGTH : layoutOf(second).headerLength;
  if (there < headerLength) {
    const least = second === undefined ? 'at least ' : '';
    return `${begun}The header needs ${least}${countBytes(headerLength)}. The ${receiver} waits and sends nothing.`;
  }
  const missing = countBytes(last.dump.byteLength - there);
  return `${begun}The header announces more. The ${receiver} waits for another ${missing} and sends nothing.`;
}

/** The bytes in a few words: `text, masked, 5 bytes, final`. */
export function describeStream({ frames }: BitStream): string {
  const first = describeFrame((frames[0] as RecordedFrame).dump);
  if (frames.length === 1) return first;
  return `${first}; then ${frames.length === 2 ? 'another frame begins' : `${frames.length - 1} more frames begin`}`;
}
