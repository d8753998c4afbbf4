import { formatHexByte } from '../../bytes/hex.ts';
import { maskPlainly } from '../../specimens/mask-plainly.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeText } from '../../text/utf8.ts';
import { shownLength, type XorLaneState } from './model.ts';
import { keyIndex, unmaskInReads } from './unmask-in-reads.ts';

/** One byte of the payload, and what becomes of it. */
export interface LaneByte {
  readonly index: number;
  readonly wire: string;
  readonly keyIndex: number;
  readonly key: string;
  readonly result: string;
  /** Where the result is visible ASCII. */
  readonly character: string;
  /** Whether the result is another than the frame's sender meant. */
  readonly wrong: boolean;
  readonly inSecondRead: boolean;
  /** The scrubber has not come to it yet. */
  readonly waiting: boolean;
}

/** One bit of the byte in the lane. */
export interface LaneBit {
  readonly wire: number;
  readonly key: number;
  readonly result: number;
  /** Whether the reader has changed the key's bit. */
  readonly keyChanged: boolean;
}

export interface XorLaneView {
  /** The frame in its parts, with the class of each part's color. */
  readonly parts: readonly { readonly field: string; readonly hex: string }[];
  readonly bytes: readonly LaneByte[];
  /** Those of the payload that are not drawn. */
  readonly hiddenBytes: number;
  readonly current: LaneByte;
  readonly bits: readonly LaneBit[];
  /** `i = 5: 5 mod 4 = 1, so byte 1 of the key. 51 XOR 21 = 70` */
  readonly said: string;
  readonly verdict: { readonly tone: 'ok' | 'info' | 'danger'; readonly sentences: readonly string[] };
}

/** Everything the figure shows. */
export function presentXorLane(state: XorLaneState): XorLaneView {
  const { frame, key, at } = state;
  const result = unmaskInReads(state);
  const meant = maskPlainly(frame.payload, frame.key);
  const bytes = Array.from({ length: shownLength(frame) }, (_, i) => byteOf(state, result, meant, i));
  const current = bytes[at] as LaneByte;
  return {
    parts: partsOf(state),
    bytes,
    hiddenBytes: frame.payload.length - bytes.length,
    current,
    bits: bitsOf(frame.payload[at] as number, key[current.keyIndex] as number, frame.key[current.keyIndex] as number),
    said: say(state, current),
    verdict: verdictOn(state, result, meant),
  };
}

function partsOf({ frame: { bytes, lengthEnd, key, payload } }: XorLaneState): XorLaneView['parts'] {
  const hex = (part: Uint8Array) => Array.from(part, formatHexByte).join(' ');
  const parts = [
    { field: 'opcode', hex: hex(bytes.subarray(0, 1)) },
    { field: 'payload-length', hex: hex(bytes.subarray(1, 2)) },
    { field: 'extended-payload-length', hex: hex(bytes.subarray(2, lengthEnd)) },
    { field: 'masking-key', hex: hex(key) },
    { field: 'payload-data', hex: hex(payload) },
  ];
  return parts.filter((part) => part.hex !== '');
}

function byteOf(state: XorLaneState, result: Uint8Array, meant: Uint8Array, index: number): LaneByte {
  const byte = result[index] as number;
  const j = keyIndex(index, state);
  return {
    index,
    wire: formatHexByte(state.frame.payload[index] as number),
    keyIndex: j,
    key: formatHexByte(state.key[j] as number),
    result: formatHexByte(byte),
    character: byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '',
    wrong: byte !== meant[index],
    inSecondRead: state.cut > 0 && index >= state.cut,
    waiting: index > state.at,
  };
}

function bitsOf(wire: number, key: number, ownKey: number): LaneBit[] {
  return Array.from({ length: 8 }, (_, place) => {
    const bitOf = (byte: number) => (byte >>> (7 - place)) & 1;
    return {
      wire: bitOf(wire),
      key: bitOf(key),
      result: bitOf(wire ^ key),
      keyChanged: bitOf(key) !== bitOf(ownKey),
    };
  });
}

function say(
  { cut, counting }: XorLaneState,
  { index, keyIndex: j, wire, key, result, character, inSecondRead }: LaneByte,
) {
  const mistaken = counting === 'read' && inSecondRead;
  const counted = mistaken ? index - cut : index;
  const whose = mistaken ? `i = ${index}, but the second read starts at 0 again: ${counted}` : `i = ${index}`;
  const shown = character === '' ? '' : `, the character ${character}`;
  return `${whose}. ${counted} mod 4 = ${j}: byte ${j} of the key. ${wire} XOR ${key} = ${result}${shown}.`;
}

function verdictOn(state: XorLaneState, result: Uint8Array, meant: Uint8Array): XorLaneView['verdict'] {
  const { frame, key, cut, counting } = state;
  const wrong = Array.from(result.keys()).filter((i) => result[i] !== meant[i]);
  const outcome = outcomeOf(result, frame.isText, wrong.length > 0);
  const changed = [0, 1, 2, 3].filter((j) => key[j] !== frame.key[j]);
  const miscounted = counting === 'read' && cut > 0;
  if (wrong.length === 0) {
    const luck = `The count starts at 0 again in the second read, and the result is right all the same: ${cut} is a multiple of 4. A test that cuts there finds nothing.`;
    return miscounted ? { tone: 'info', sentences: [luck, outcome] } : { tone: 'ok', sentences: [outcome] };
  }
  const sentences: string[] = [];
  if (changed.length > 0) sentences.push(`${listKeyBytes(changed)} changed.`);
  if (miscounted && cut % 4 !== 0) {
    sentences.push(`The second read begins with byte ${cut}, so its key should begin with byte ${cut % 4}, not 0.`);
  }
  sentences.push(`${listBytes(wrong)} out wrong.`, outcome);
  return { tone: 'danger', sentences };
}

function outcomeOf(result: Uint8Array, isText: boolean, wrong: boolean): string {
  if (!isText) return wrong ? 'The program gets wrong bytes, and nobody notices.' : 'The payload is as it was sent.';
  const text = decodeText(result);
  if (text === undefined) return 'The result is not UTF-8, so the server closes with 1007, because of its own mistake.';
  return wrong
    ? `The program gets “${escapeText(text)}”, and nobody notices.`
    : `The text is “${escapeText(text)}”, as it was sent.`;
}

function listKeyBytes(changed: readonly number[]): string {
  return changed.length === 1 ? `Byte ${changed[0]} of the key is` : `Bytes ${joinList(changed)} of the key are`;
}

const NAMED = 8;

function listBytes(wrong: readonly number[]): string {
  if (wrong.length === 1) return `Byte ${wrong[0]} comes`;
  const named = wrong.slice(0, NAMED);
  return `Bytes ${wrong.length > NAMED ? `${named.join(', ')} and so on` : joinList(named)} come`;
}

function joinList(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
