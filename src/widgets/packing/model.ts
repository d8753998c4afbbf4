import { formatHexByte } from '../../bytes/hex.ts';
import type { DeflateBlock, DeflateCode } from '../../inspector/deflate/deflate-block.ts';
import { DirectionInflater } from '../../inspector/deflate/direction-inflater.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { escapeAlone } from '../../text/escape-text.ts';
import { decodeText } from '../../text/utf8.ts';
import { PACKING_EXAMPLES } from './examples.ts';

/** What the reader chose. */
export interface PackingRequest {
  /** One message on each line. */
  readonly text: string;
  readonly windowBits: number;
  readonly forgets: boolean;
}

export interface PackingState {
  readonly request: PackingRequest;
  /** The request that was compressed last, and its messages; they stay until the next ones are there. */
  readonly shown: PackingRequest;
  readonly packed: readonly Uint8Array[];
  /** The code that is looked at, counted from 0 over all messages. */
  readonly at: number;
}

export type PackingAction =
  | { readonly type: 'ask'; readonly request: PackingRequest; readonly at?: number }
  | { readonly type: 'packed'; readonly request: PackingRequest; readonly packed: readonly Uint8Array[] }
  | { readonly type: 'go'; readonly at: number };

export const WINDOW_BITS = [9, 10, 12, 15] as const;
export const DEFAULT_WINDOW_BITS = 15;

/** In characters, and in messages: what is drawn must stay short. */
export const MAX_TEXT_LENGTH = 2000;
export const MAX_MESSAGES = 8;

export const EXAMPLE_REQUEST: PackingRequest = {
  text: PACKING_EXAMPLES[0]?.text ?? '',
  windowBits: DEFAULT_WINDOW_BITS,
  forgets: false,
};

/** The code that is looked at before the reader has chosen one: the first that copies from an earlier message. */
const FIRST = -1;

export function initialPacking(packed: readonly Uint8Array[]): PackingState {
  return { request: EXAMPLE_REQUEST, shown: EXAMPLE_REQUEST, packed, at: FIRST };
}

export function reducePacking(state: PackingState, action: PackingAction): PackingState {
  switch (action.type) {
    case 'ask':
      return { ...state, request: action.request, at: action.at ?? FIRST };
    case 'packed':
      // An older request can be done later.
      return action.request === state.request ? { ...state, shown: action.request, packed: action.packed } : state;
    case 'go':
      return { ...state, at: action.at };
  }
}

/** The messages of a text: its lines, but for empty ones. */
export function messagesOf({ text }: PackingRequest): string[] {
  return text
    .slice(0, MAX_TEXT_LENGTH)
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, MAX_MESSAGES);
}

/** A byte as it is, or a copy. Positions count the bytes of all messages from the first on. */
export interface PackedCode {
  readonly message: number;
  readonly startBit: number;
  readonly endBit: number;
  readonly start: number;
  readonly length: number;
  /** Where the bytes are copied from; undefined for a byte as it is. */
  readonly source: number | undefined;
}

export interface PackedMessage {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly packed: Uint8Array;
  readonly kind: string;
}

/** All messages taken apart. */
export interface Unpacked {
  readonly messages: readonly PackedMessage[];
  readonly codes: readonly PackedCode[];
}

const MAX_CODES = 4 * MAX_TEXT_LENGTH;

export function unpack(packed: readonly Uint8Array[], { forgets }: PackingRequest): Unpacked {
  const agreement = {
    serverNoContextTakeover: forgets,
    clientNoContextTakeover: forgets,
    serverMaxWindowBits: undefined,
    clientMaxWindowBits: undefined,
  };
  const inflater = new DirectionInflater('client', agreement, true, { maxCodes: MAX_CODES });
  const messages: PackedMessage[] = [];
  const codes: PackedCode[] = [];
  let start = 0;
  for (const [message, payload] of packed.entries()) {
    const whole = { opcode: OPCODE.text, fin: true, rsv1: true, begins: true, ends: true, payload };
    const inflated = inflater.take(whole);
    if (inflated === undefined) continue;
    for (const { startBit, endBit, outputStart, match } of inflated.blocks.flatMap(codesOf)) {
      const at = start + outputStart;
      const source = match === undefined ? undefined : at - match.distance;
      codes.push({ message, startBit, endBit, start: at, length: match?.length ?? 1, source });
    }
    const kind = inflated.blocks[0]?.kind ?? 'stored';
    messages.push({ start, bytes: inflated.output, packed: payload, kind });
    start += inflated.output.length;
  }
  return { messages, codes };
}

/** A stored block has no codes: each of its bytes is counted as one. */
function codesOf({ kind, codes, bodyBit, outputStart, outputEnd }: DeflateBlock): readonly DeflateCode[] {
  if (kind !== 'stored') return codes;
  return Array.from({ length: outputEnd - outputStart }, (_, i) => ({
    startBit: bodyBit + 8 * i,
    endBit: bodyBit + 8 * (i + 1),
    outputStart: outputStart + i,
  }));
}

export interface PackingRow {
  readonly index: number;
  readonly plainLength: number;
  readonly packedLength: number;
  readonly longer: boolean;
  readonly runs: readonly TextRun[];
  readonly bytes: readonly ByteRun[];
}

/** Characters that came out in the same way. */
export interface TextRun {
  readonly text: string;
  readonly copied: boolean;
  /** Whether the code that is looked at makes it, or copies from it. */
  readonly part: 'at' | 'source' | undefined;
}

export interface ByteRun {
  readonly hex: string;
  readonly at: boolean;
}

export interface PackingView {
  readonly rows: readonly PackingRow[];
  readonly at: number;
  readonly codeCount: number;
  readonly said: string;
  readonly total: string;
}

export function presentPacking({ messages, codes }: Unpacked, asked: number): PackingView {
  const at = asked === FIRST ? firstToShow(codes, messages) : Math.max(0, Math.min(asked, codes.length - 1));
  const code = codes[at];
  const rows = messages.map((message, index) => presentRow(message, index, codes, code));
  const plain = messages.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const packed = messages.reduce((sum, message) => sum + message.packed.length, 0);
  return {
    rows,
    at,
    codeCount: codes.length,
    said: code === undefined ? 'Write a message.' : describeCode(code, at, codes.length, messages),
    total: `Together: ${countBytes(plain)}, compressed to ${countBytes(packed)}.`,
  };
}

/** The longest copy from an earlier message; without one, the longest copy. */
function firstToShow(codes: readonly PackedCode[], messages: readonly PackedMessage[]): number {
  let [best, length] = [0, 0];
  for (const [i, code] of codes.entries()) {
    if (code.source === undefined) continue;
    const isEarlier = code.source < (messages[code.message]?.start ?? 0);
    const weight = code.length + (isEarlier ? 1000 : 0);
    if (weight > length) [best, length] = [i, weight];
  }
  return best;
}

function presentRow(
  { start, bytes, packed }: PackedMessage,
  index: number,
  codes: readonly PackedCode[],
  chosen: PackedCode | undefined,
): PackingRow {
  const copied = new Uint8Array(bytes.length);
  for (const code of codes) {
    if (code.message === index && code.source !== undefined)
      copied.fill(1, code.start - start, code.start - start + code.length);
  }
  const runs: { text: string; copied: boolean; part: TextRun['part'] }[] = [];
  for (const [i, glyph] of glyphsOf(bytes).entries()) {
    const part = partOf(start + i, chosen);
    const last = runs.at(-1);
    if (last !== undefined && last.part === part && last.copied === (copied[i] === 1)) last.text += glyph;
    else runs.push({ text: glyph, copied: copied[i] === 1, part });
  }
  const isHere = chosen?.message === index;
  const hex = Array.from(packed, (byte, i) => ({
    hex: formatHexByte(byte),
    at: isHere && i >= chosen.startBit >> 3 && i < (chosen.endBit + 7) >> 3,
  }));
  return {
    index,
    plainLength: bytes.length,
    packedLength: packed.length,
    longer: packed.length > bytes.length,
    runs: runs.filter(({ text }) => text !== ''),
    bytes: joinRuns(hex),
  };
}

function partOf(position: number, code: PackedCode | undefined): TextRun['part'] {
  if (code === undefined) return undefined;
  if (position >= code.start && position < code.start + code.length) return 'at';
  const { source } = code;
  return source !== undefined && position >= source && position < Math.min(source + code.length, code.start)
    ? 'source'
    : undefined;
}

function joinRuns(bytes: readonly ByteRun[]): ByteRun[] {
  const runs: { hex: string; at: boolean }[] = [];
  for (const { hex, at } of bytes) {
    const last = runs.at(-1);
    if (last !== undefined && last.at === at) last.hex += ` ${hex}`;
    else runs.push({ hex, at });
  }
  return runs;
}

/** What stands at each byte of a text: a character at its first byte, nothing at its others. */
function glyphsOf(bytes: Uint8Array): string[] {
  const text = decodeText(bytes) ?? '';
  return [...text].flatMap((character) => {
    const length = utf8Length(character.codePointAt(0) ?? 0);
    return [escapeAlone(character), ...Array<string>(length - 1).fill('')];
  });
}

function utf8Length(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

function describeCode(code: PackedCode, at: number, count: number, messages: readonly PackedMessage[]): string {
  const { message, start, length, source, startBit, endBit } = code;
  const place = `Code ${at + 1} of ${count}, in message ${message + 1}:`;
  const bits = countNoun(endBit - startBit, 'bit');
  const own = messages[message];
  if (own === undefined) return place;
  const [byte = 0] = own.bytes.subarray(start - own.start);
  if (source === undefined) return `${place} the byte ${formatHexByte(byte)} itself, written with ${bits}.`;
  const from = messages.findLastIndex((each) => each.start <= source);
  const where = from === message ? 'in the same message' : `in message ${from + 1}`;
  return `${place} copy ${countBytes(length)} from ${start - source} back, ${where}. It takes ${bits} instead of ${8 * length}.`;
}
