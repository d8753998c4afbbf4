import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import type { WireFrame, WireMessage } from '../wire/wire.ts';

/** Longer payloads are not compared: what a server answers often has a time or a number in it. */
const MAX_EXPECTED_CHARACTERS = 200;

/**
 * Writes what a client did as a script for `framelight connect`: it sends the same frames, and expects the kinds of frames that
 * the server sent. RFC 6455 §5.
 *
 * @param messages of one connection, in order
 * @param exact whether the server's short messages must come back the same
 */
export function replayScript(messages: Iterable<WireMessage>, exact = true): string[] {
  const lines: string[] = [];
  let hasCut = false;
  for (const message of messages) {
    if (message.type === 'dropped') lines.push(`# ${message.messages} messages are missing here`);
    if (message.type !== 'frame') continue;
    hasCut ||= message.truncated;
    if (message.direction === 'out') lines.push(expectationOf(message, exact));
    // The client answers pings by itself, as this one did.
    else if (message.opcode !== OPCODE.pong) lines.push(orderOf(message));
  }
  if (hasCut) lines.unshift('# The recording has long frames only in part: their ends are not sent.');
  return lines;
}

function orderOf(frame: WireFrame): string {
  const { opcode = 0, fin, masked, payload, fields } = frame;
  const words: string[] = [];
  const name = OPCODES[opcode];
  words.push(name === undefined || name.reserved ? `frame opcode=${opcode}` : name.name);
  if (fin === false) words.push('fin=0');
  for (const rsv of ['RSV1', 'RSV2', 'RSV3'])
    if (fields.some((field) => field.name === rsv && field.value === 1)) words.push(rsv.toLowerCase());
  if (masked === false) words.push('mask=0');
  const form = fields.find((field) => field.name === 'extended payload length')?.bits;
  const length = payload.hex.length / 2;
  if (form === 16 && length <= 125) words.push('form=16');
  if (form === 64 && length <= 0xffff) words.push('form=64');
  if (frame.truncated && opcode === OPCODE.text) words.push(`# ${frame.payloadLength} bytes in the recording`);
  const { text } = payload;
  if (opcode === OPCODE.text && text !== undefined && !words.includes('rsv1')) words.splice(1, 0, JSON.stringify(text));
  else if (opcode === OPCODE.close && length >= 2) {
    words.splice(1, 0, String(Number.parseInt(payload.hex.slice(0, 4), 16)));
    if (text !== undefined && text !== '') words.push(JSON.stringify(text));
  } else if (length > 0) words.push(`hex:${payload.hex}`);
  return words.join(' ');
}

function expectationOf({ opcode = 0, fin, payload, inflated, truncated }: WireFrame, exact: boolean): string {
  const info = OPCODES[opcode];
  const kind = info === undefined || info.reserved ? `frame opcode=${opcode}` : info.name;
  const flags = fin === false ? ' fin=0' : '';
  const { text } = payload;
  if (opcode === OPCODE.close && payload.hex.length >= 4)
    return `expect close ${Number.parseInt(payload.hex.slice(0, 4), 16)}`;
  const isShort =
    exact && !truncated && inflated === undefined && text !== undefined && text.length <= MAX_EXPECTED_CHARACTERS;
  return isShort && opcode === OPCODE.text
    ? `expect ${kind}${flags} ${JSON.stringify(text)}`
    : `expect ${kind}${flags}`;
}
