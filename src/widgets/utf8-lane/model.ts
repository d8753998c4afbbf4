import { formatHex, formatHexByte } from '../../bytes/hex.ts';
import { describeSpans, nameOf, type Utf8Step, utf8Steps } from '../../inspector/frame/utf8-steps.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import { countBytes } from '../../text/count.ts';
import { escapeAlone, escapeText } from '../../text/escape-text.ts';
import { decodeText } from '../../text/utf8.ts';
import { LANE_EXAMPLES } from './examples.ts';
import { type CutBy, sendInPieces, type TextPiece } from './pieces.ts';

/** What the figure remembers. */
export interface LaneState {
  /** As it stands in the field. */
  readonly typed: string;
  /** Why that is not bytes; the bytes before it stay in view. */
  readonly problem: string | undefined;
  readonly bytes: Uint8Array;
  /** After so many bytes; 0: not cut. */
  readonly cut: number;
  readonly cutBy: CutBy;
  /** The byte that is explained. */
  readonly picked: number;
}

export type LaneAction =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array; readonly typed?: string }
  | { readonly type: 'problem'; readonly typed: string; readonly problem: string }
  | { readonly type: 'cut'; readonly cut: number }
  | { readonly type: 'cutBy'; readonly cutBy: CutBy }
  | { readonly type: 'pick'; readonly index: number };

/** The figure draws each byte: more would not be looked at. */
export const MAX_LANE_BYTES = 64;

const [EXAMPLE] = LANE_EXAMPLES;

/** A euro sign cut after its first byte. */
export const EXAMPLE_LANE: LaneState = withBytes(EXAMPLE?.bytes ?? new Uint8Array(0), 4, 'fragment');

export function withBytes(bytes: Uint8Array, cut = 0, cutBy: CutBy = 'fragment', typed = spaced(bytes)): LaneState {
  const shown = bytes.subarray(0, MAX_LANE_BYTES);
  const problem =
    bytes.length > MAX_LANE_BYTES
      ? `There are ${countBytes(bytes.length)}: the first ${MAX_LANE_BYTES} are shown.`
      : undefined;
  return { typed, problem, bytes: shown, cut: clampCut(cut, shown), cutBy, picked: firstWrong(shown) };
}

export function reduceLane(state: LaneState, action: LaneAction): LaneState {
  switch (action.type) {
    case 'bytes':
      return withBytes(action.bytes, state.cut, state.cutBy, action.typed);
    case 'problem':
      return { ...state, typed: action.typed, problem: action.problem };
    case 'cut':
      return { ...state, cut: clampCut(action.cut, state.bytes) };
    case 'cutBy':
      return { ...state, cutBy: action.cutBy };
    case 'pick':
      return { ...state, picked: Math.max(0, Math.min(action.index, state.bytes.length - 1)) };
  }
}

function clampCut(cut: number, { length }: Uint8Array): number {
  return Number.isInteger(cut) ? Math.max(0, Math.min(cut, length - 1)) : 0;
}

function firstWrong(bytes: Uint8Array): number {
  return Math.max(
    0,
    utf8Steps(bytes).findIndex(({ role }) => role === 'wrong'),
  );
}

function spaced(bytes: Uint8Array): string {
  return Array.from(bytes, formatHexByte).join(' ');
}

/** One byte in the lane. */
export interface LaneCell {
  readonly step: Utf8Step;
  readonly hex: string;
  /** The bits that say what kind of byte it is, and those that are a part of the character. */
  readonly marker: string;
  readonly rest: string;
  readonly allowed: string;
  /** The character that the byte completes; empty where it completes none. */
  readonly character: string;
  /** Whether that stands for a character that cannot be seen. */
  readonly escaped: boolean;
  /** `1 of 3`, or what it is instead. */
  readonly role: string;
  /** The cut stands right before it. */
  readonly cutBefore: boolean;
  /** Where characters begin and end, so that their bytes hang together. */
  readonly begins: boolean;
  readonly ends: boolean;
}

/** What came at one go. */
export interface PieceView {
  readonly title: string;
  readonly hex: string;
  readonly verdict: string;
  readonly tone: 'ok' | 'danger' | 'none';
  /** As a program has it that decodes each piece alone. */
  readonly alone: string;
}

export interface LaneView {
  readonly cells: readonly LaneCell[];
  readonly pieces: readonly PieceView[];
  readonly verdict: string;
  readonly tone: 'ok' | 'danger';
  /** What is said of the picked byte. */
  readonly said: string;
}

/** Everything the figure shows. RFC 6455 §8.1. */
export function presentLane({ bytes, cut, cutBy, picked }: LaneState): LaneView {
  const steps = utf8Steps(bytes);
  const pieces = sendInPieces(bytes, cut, cutBy);
  return {
    cells: steps.map((step, i) => cellOf(step, steps[i - 1], cut)),
    pieces: pieces.map((piece, i) => pieceView(piece, i, pieces, cutBy)),
    ...verdictOf(bytes, pieces),
    said: sayStep(steps[picked], steps.length),
  };
}

function cellOf(step: Utf8Step, before: Utf8Step | undefined, cut: number): LaneCell {
  const bits = step.byte.toString(2).padStart(8, '0');
  const markerLength = bits.indexOf('0') === -1 ? 8 : bits.indexOf('0') + 1;
  const { character = '' } = step;
  const shown = escapeAlone(character);
  const right = step.role !== 'wrong' && step.role !== 'unread';
  return {
    step,
    hex: formatHexByte(step.byte),
    marker: bits.slice(0, markerLength),
    rest: bits.slice(markerLength),
    allowed: step.role === 'unread' ? '' : describeSpans(step.allowed),
    character: shown,
    escaped: shown !== character,
    role: right ? `${step.place} of ${step.place + step.missing}` : step.role,
    cutBefore: cut > 0 && step.index === cut,
    begins: !right || before === undefined || before.missing === 0,
    ends: !right || step.missing === 0,
  };
}

function sayStep(step: Utf8Step | undefined, total: number): string {
  if (step === undefined) return 'No bytes: an empty text is valid UTF-8';
  const character = step.character === undefined ? '' : `, “${escapeText(step.character)}”`;
  const allowed = step.role === 'wrong' ? `; allowed here: ${describeSpans(step.allowed)}` : '';
  return `byte ${step.index + 1} of ${total}, hex ${formatHexByte(step.byte)}: ${step.sentence}${character}${allowed}`;
}

function pieceView(piece: TextPiece, index: number, pieces: readonly TextPiece[], by: CutBy): PieceView {
  const name = by === 'fragment' ? 'fragment' : 'read';
  const number = index === 0 ? 'First' : 'Second';
  const failedBefore = pieces.slice(0, index).some(({ violation }) => violation !== undefined);
  const last = index === pieces.length - 1;
  const { violation } = piece;
  return {
    title: pieces.length === 1 ? 'In one frame' : `${number} ${name}`,
    hex: formatHex(piece.bytes).replace(/..(?=.)/g, '$& '),
    verdict: failedBefore
      ? 'Never read: the connection has failed.'
      : violation !== undefined
        ? `Closes with ${violation.statusCode}, ${violation.rule}${last ? '' : ', before the rest arrives'}.`
        : last
          ? 'Valid to the last byte. It delivers the message.'
          : `Valid so far${endsInside(piece.bytes) ? '. A character is open, and the next piece may complete it' : ''}.`,
    tone: failedBefore ? 'none' : violation === undefined ? 'ok' : 'danger',
    alone: `“${escapeText(piece.decodedAlone)}”`,
  };
}

function endsInside(bytes: Uint8Array): boolean {
  return (utf8Steps(bytes).at(-1)?.missing ?? 0) > 0;
}

function verdictOf(bytes: Uint8Array, pieces: readonly TextPiece[]): { verdict: string; tone: 'ok' | 'danger' } {
  const violation = pieces.find((piece) => piece.violation !== undefined)?.violation;
  if (violation === undefined) {
    const text = decodeText(bytes) ?? '';
    const names = [...text].map(nameOf);
    const count = `${countBytes(bytes.length)}, ${names.length} character${names.length === 1 ? '' : 's'}`;
    const spelled = names.length === 0 ? '' : `: ${names.join(' ')}`;
    return { verdict: `Valid UTF-8. ${count}${spelled}. “${escapeText(text)}”`, tone: 'ok' };
  }
  const { requirement = '' } = ruleNamed(violation.rule) ?? {};
  const wrong = utf8Steps(bytes).find(({ role }) => role === 'wrong');
  const where =
    wrong === undefined
      ? 'The text ends inside a character, and FIN says that nothing follows.'
      : `Byte ${wrong.index + 1}, hex ${formatHexByte(wrong.byte)}, is not allowed here: ${wrong.sentence}.`;
  return {
    verdict: `${where} ${requirement} Our receiver closes with ${violation.statusCode}. RFC 6455 §${violation.section}.`,
    tone: 'danger',
  };
}
