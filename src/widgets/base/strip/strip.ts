import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { formatNumber } from '../../../text/count.ts';

/** One byte of a frame as a tile: its digits, its color, and what it says in plain words. */
export interface StripByte {
  /** Its place in the frame. */
  readonly index: number;
  readonly hex: string;
  /** The class that colors it. */
  readonly tint: string;
  /** Of a payload byte: the character that begins here, or the byte itself after the key has come off. */
  readonly below: string | undefined;
  /** Of a scrambled byte: the place of the byte of the key that goes with it. */
  readonly partner: number | undefined;
  readonly sentence: string;
}

/** Bytes that belong together under one short name. */
export interface StripGroup {
  readonly name: string;
  readonly bytes: readonly StripByte[];
}

/** A frame in one row of tiles, for readers who have never seen one: no word in it needs another page. */
export interface Strip {
  readonly groups: readonly StripGroup[];
  /** Bytes that are not drawn. */
  readonly more: number;
  /** What stands under the row while nothing is pointed at. */
  readonly summary: string;
}

/** Longer frames are drawn up to here. */
export const MAX_STRIP_BYTES = 40;

const KEY_BYTES = 4;
const KINDS: Readonly<Record<number, string>> = {
  0: 'the next part of a message',
  1: 'text',
  2: 'bytes that need not be text',
  8: 'the end of the conversation',
  9: 'a question: are you there?',
  10: 'an answer: I am here',
};
const CLOSE = 8;

/** A frame as the strip draws it. The dump may come from a server that is not ours: what is missing is left out. */
export function stripOf(dump: FrameDump): Strip {
  const frame = measure(dump);
  const bytes = frame.hex.slice(0, MAX_STRIP_BYTES).map((_, index) => byteAt(frame, index));
  const groups: { name: string; bytes: StripByte[] }[] = [];
  for (const [name, start, end] of [
    ['start', 0, 2],
    ['length', 2, frame.keyStart],
    ['key', frame.keyStart, frame.payloadStart],
    [frame.opcode === CLOSE ? 'reason' : 'message', frame.payloadStart, frame.hex.length],
  ] as const) {
    const within = bytes.slice(start, end);
    if (within.length > 0) groups.push({ name, bytes: within });
  }
  return { groups, more: Math.max(0, dump.byteLength - bytes.length), summary: summaryOf(dump, frame) };
}

interface Measured {
  readonly dump: FrameDump;
  readonly hex: readonly string[];
  readonly payload: readonly string[];
  readonly opcode: number;
  readonly masked: boolean;
  /** Where the key would be: behind the length, whether there is a key or not. */
  readonly keyStart: number;
  readonly payloadStart: number;
  readonly characters: ReadonlyMap<number, Character>;
}

/** A character of the payload; `place` counts its bytes from 1. */
interface Character {
  readonly text: string;
  readonly place: number;
  readonly of: number;
}

function measure(dump: FrameDump): Measured {
  const { fields, masked = false, opcode = 0 } = dump;
  const extended = fields.find(({ name }) => name === 'extended payload length');
  const keyStart = 2 + (extended === undefined ? 0 : extended.bits / 8);
  const payloadStart = keyStart + (masked ? KEY_BYTES : 0);
  // A row needs no more, and a payload may be long.
  const hex = pairs(dump.hex.slice(0, 2 * (MAX_STRIP_BYTES + 1)));
  const payload = pairs(dump.payload.hex.slice(0, 2 * MAX_STRIP_BYTES));
  const textStart = opcode === CLOSE ? 2 : 0;
  const characters = charactersOf((dump.payload.text ?? '').slice(0, MAX_STRIP_BYTES), textStart);
  return { dump, hex, payload, opcode, masked, keyStart, payloadStart, characters };
}

function byteAt(frame: Measured, index: number): StripByte {
  const { hex, payload, keyStart, payloadStart } = frame;
  const byte = hex[index] ?? '';
  const base = { index, hex: byte, below: undefined, partner: undefined };
  if (index === 0) return { ...base, tint: 'strip-first', sentence: sayFirst(frame) };
  if (index === 1) return { ...base, tint: 'strip-second', sentence: saySecond(frame) };
  if (index < keyStart) {
    return { ...base, tint: 'field-extended-payload-length', sentence: sayLength(frame) };
  }
  if (index < payloadStart) {
    const part = index - keyStart + 1;
    const sentence = `Byte ${index + 1}, ${byte}: part ${part} of 4 of the key. The sender drew these four bytes at random, for this message alone.`;
    return { ...base, tint: 'field-masking-key', sentence };
  }
  const character = frame.characters.get(index - payloadStart);
  const below =
    character === undefined ? payload[index - payloadStart] : character.place === 1 ? show(character.text) : '…';
  const partner = frame.masked ? keyStart + ((index - payloadStart) % KEY_BYTES) : undefined;
  return { ...base, tint: 'field-payload-data', below, partner, sentence: sayPayload(frame, index, character) };
}

function sayFirst({ dump, hex, opcode }: Measured): string {
  const kind = KINDS[opcode] ?? 'a kind that does not exist yet';
  const whole = dump.fin === false ? 'more parts of this message follow' : 'nothing more follows';
  const control = opcode >= CLOSE;
  return `Byte 1, ${hex[0]}: the kind, ${kind}${control ? '' : `; ${whole}`}.`;
}

function saySecond({ dump, hex, masked, keyStart }: Measured): string {
  const long = keyStart > 2;
  const length = long
    ? 'the length did not fit in here and comes next'
    : `the message has ${count(dump.payloadLength)}`;
  return `Byte 2, ${hex[1]}: ${length}; ${masked ? 'it is scrambled with a key' : 'it is not scrambled'}.`;
}

function sayLength({ dump, keyStart }: Measured): string {
  return `Bytes 3 to ${keyStart}: the length, ${count(dump.payloadLength)}.`;
}

function sayPayload(
  { hex, payload, masked, keyStart, payloadStart }: Measured,
  index: number,
  character?: Character,
): string {
  const [onWire = '', place] = [hex[index], index - payloadStart];
  const plain = payload[place] ?? onWire;
  const meaning =
    character === undefined
      ? ''
      : character.of === 1
        ? `, the character ${name(character.text)}`
        : `, part ${character.place} of ${character.of} of the character ${name(character.text)}`;
  if (!masked) return `Byte ${index + 1}, ${onWire}${meaning}.`;
  const part = place % KEY_BYTES;
  return `Byte ${index + 1}, ${onWire}: with ${hex[keyStart + part]}, part ${part + 1} of the key, it turns back into ${plain}${meaning}.`;
}

function summaryOf({ byteLength, payloadLength, masked }: FrameDump, { keyStart }: Measured): string {
  const start = keyStart > 2 ? `${keyStart} say what is coming and how long it is` : '2 say what is coming';
  const size = `${formatNumber(byteLength)} bytes:`;
  const message = `the other ${numberOf(payloadLength)}`;
  if (masked === undefined) return `${count(byteLength)} of a frame that was cut.`;
  if (payloadLength === 0)
    return masked
      ? `${size} ${start}, and 4 are a key. There is no message.`
      : `${size} ${start}. There is no message.`;
  return masked
    ? `${size} ${start}, 4 are a random key, and ${message} are the message, scrambled with that key.`
    : `${size} ${start}, and ${message} are the message as it is. Only a client scrambles what it sends.`;
}

function charactersOf(text: string, start: number): Map<number, Character> {
  const characters = new Map<number, Character>();
  let at = start;
  for (const each of text) {
    const of = utf8Length(each.codePointAt(0) ?? 0);
    for (let place = 1; place <= of; place++) characters.set(at++, { text: each, place, of });
  }
  return characters;
}

/** How many bytes a character has in UTF-8. RFC 3629 §3. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Controls, marks that join to their neighbor, what turns the direction of reading, and spaces. */
const UNSEEN = /[\p{C}\p{M}\p{Z}]/u;

/** A character in a cell of its own. What cannot be seen, or would reach out of its cell, is a dot. */
function show(character: string): string {
  if (character === ' ') return '␣';
  return UNSEEN.test(character) ? '·' : character;
}

function name(character: string): string {
  if (character === ' ') return 'space';
  if (!UNSEEN.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function count(bytes: number | string | undefined): string {
  return bytes === 1 ? '1 byte' : `${numberOf(bytes)} bytes`;
}

function numberOf(bytes: number | string | undefined): string {
  return typeof bytes === 'number' ? formatNumber(bytes) : (bytes ?? 'some');
}

function pairs(hex: string): string[] {
  return hex.match(/../g) ?? [];
}
