import {
  decodeHeader,
  encodeHeader,
  FRAMING_RULES,
  isControlOpcode,
  layoutOf,
  MASK_BIT,
  MESSAGE_RULES,
  minimalLengthField,
  OPCODE,
} from '../../src/protocol/index.ts';
import type { FrameStream } from './frame-stream.ts';
import { joinedBytes } from './mutate.ts';
import { isMessage } from './outcome.ts';
import { type PlainOutcome, readPlainly } from './read-plainly.ts';

/** A stream, and what comes of it when the differences passed by so far are allowed for. */
export interface Trial {
  readonly stream: Omit<FrameStream, 'chunkLengths'>;
  readonly outcome: PlainOutcome;
  /** Which message, counted from 0, is a text that is not UTF-8, where that is not said before its end. */
  readonly wrongText: number | undefined;
}

/** One way in which the ws package judges otherwise than this project, and why that is no mistake here. */
export interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  /** A client's bytes in hex: without this entry they would be reported. */
  readonly example: string;
  readonly limits?: FrameStream['limits'];
  /**
   * Turns the stream, or its outcome, into one that is judged here as ws judges the original.
   *
   * @returns undefined where this difference does not show
   */
  allowFor(trial: Trial): Trial | undefined;
}

export const KNOWN_FRAME_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: 'longer-length-form',
    reason: 'ws takes a length in a longer form than it needs. RFC 6455 §5.2: the shortest form MUST be used.',
    example: '81fe000537fa213d7f9f4d5158',
    allowFor({ stream, outcome, wrongText }) {
      const rules: readonly string[] = [
        FRAMING_RULES.lengthNeedsNoExtension.name,
        FRAMING_RULES.lengthNeedsNo64Bits.name,
      ];
      if (outcome.violation === undefined || !rules.includes(outcome.violation.rule)) return undefined;
      return tryAgain(stream, withShortestLength(stream.bytes, outcome.frameStart), wrongText);
    },
  },
  {
    name: 'length-of-2-to-the-63',
    reason: 'To ws a length with its top bit set is one too long: 1009. RFC 6455 §5.2: the bit MUST be 0, hence 1002.',
    example: '82ff800000000000000037fa213d',
    allowFor({ stream, outcome, wrongText }) {
      if (outcome.violation?.rule !== FRAMING_RULES.lengthTopBitSet.name) return undefined;
      const bytes = stream.bytes.slice();
      // 2^62 and some: no receiver takes so much.
      bytes[outcome.frameStart + 2] = 0x40;
      return tryAgain(stream, bytes, wrongText);
    },
  },
  {
    name: 'late-utf8',
    reason: 'ws looks at a text when the whole message is there; here it fails on the first byte that cannot be. §8.1.',
    example: '01830000000048ff69',
    allowFor({ stream, outcome, wrongText }) {
      if (outcome.violation?.rule !== MESSAGE_RULES.textNotUtf8.name || wrongText !== undefined) return undefined;
      const bytes = stream.bytes.slice();
      bytes[outcome.messageStart] = ((bytes[outcome.messageStart] ?? 0) & 0xf0) | OPCODE.binary;
      return tryAgain(stream, bytes, outcome.events.filter(isMessage).length);
    },
  },
  {
    name: 'late-count-of-fragments',
    reason: 'ws counts a fragment when it is whole; here its header is enough. RFC 6455 §10.4 leaves the place open.',
    example: '018100000000480081000000006900810000000069008500000000',
    limits: { maxMessageBytes: 2 ** 20, maxFragments: 3 },
    allowFor(trial) {
      const { stream, outcome } = trial;
      if (outcome.violation?.rule !== MESSAGE_RULES.tooManyFragments.name) return undefined;
      const header = decodeHeader(stream.bytes, outcome.frameStart);
      if (header === undefined) return undefined;
      const isWhole = outcome.frameStart + header.headerLength + header.payloadLength <= stream.bytes.length;
      return isWhole
        ? undefined
        : { ...trial, outcome: { ...outcome, verdict: { kind: 'waits' }, violation: undefined } };
    },
  },
  {
    name: 'early-header',
    reason: 'ws judges what of a header has come; here it is judged when it is whole, up to 12 bytes later.',
    example: 'c185',
    allowFor(trial) {
      const { stream, outcome } = trial;
      const whole = outcome.verdict.kind === 'waits' ? withWholeHeader(stream.bytes, outcome.frameStart) : undefined;
      const next = whole && tryAgain(stream, whole.bytes, trial.wrongText);
      return next?.outcome.verdict.kind === 'failed' && whole?.tells.includes(next.outcome.verdict.statusCode)
        ? next
        : undefined;
    },
  },
];

function tryAgain(stream: Trial['stream'], bytes: Uint8Array, wrongText: number | undefined): Trial {
  const changed = { ...stream, bytes };
  return { stream: changed, outcome: failAfterText(readPlainly(changed), wrongText), wrongText };
}

/** The outcome where the text that is not UTF-8 fails at its end. */
export function failAfterText(outcome: PlainOutcome, wrongText: number | undefined): PlainOutcome {
  if (wrongText === undefined) return outcome;
  const messages = outcome.events.flatMap((event, i) => (isMessage(event) ? [i] : []));
  const end = messages[wrongText];
  if (end === undefined) return outcome;
  const verdict = { kind: 'failed', statusCode: 1007, why: MESSAGE_RULES.textNotUtf8.name } as const;
  return { ...outcome, events: outcome.events.slice(0, end), verdict, violation: undefined };
}

function withShortestLength(bytes: Uint8Array, frameStart: number): Uint8Array {
  const header = decodeHeader(bytes, frameStart);
  if (header === undefined) throw new RangeError(`no header at ${frameStart}`);
  const lengthField = minimalLengthField(header.payloadLength);
  const shorter = new Uint8Array(layoutOf(lengthField | (header.masked ? MASK_BIT : 0)).headerLength);
  encodeHeader({ ...header, lengthField, maskingKey: header.masked ? header.maskingKey : undefined }, shorter);
  return joinedBytes([bytes.subarray(0, frameStart), shorter, bytes.subarray(frameStart + header.headerLength)]);
}

/**
 * The stream with the header at its end made whole, in a way that breaks no rule by itself.
 *
 * @returns also the status codes that can be told from what is there; undefined where nothing can be
 */
function withWholeHeader(
  bytes: Uint8Array,
  frameStart: number,
): { readonly bytes: Uint8Array; readonly tells: readonly number[] } | undefined {
  const [first, second] = bytes.subarray(frameStart);
  if (first === undefined || second === undefined) return undefined;
  const layout = layoutOf(second);
  const missing = frameStart + layout.headerLength - bytes.length;
  const isControl = isControlOpcode(first & 0xf);
  // A close body of one byte is wrong before that byte is there.
  if (isControl && (second & ~MASK_BIT) === 1)
    return { bytes: joinedBytes([bytes, new Uint8Array(Math.max(missing, 0) + 1)]), tells: [1002] };
  if (missing <= 0) return undefined;
  const lengthIsThere = bytes.length >= frameStart + layout.extendedPayloadLength.end;
  if (lengthIsThere) return { bytes: joinedBytes([bytes, new Uint8Array(missing)]), tells: [1002, 1009] };
  // The rest of the length may be anything: as an empty frame it breaks no rule. A control frame's is wrong already.
  const lengthField = isControl ? second : second & MASK_BIT;
  const header = new Uint8Array(layoutOf(lengthField).headerLength);
  header.set([first, lengthField]);
  return { bytes: joinedBytes([bytes.subarray(0, frameStart), header]), tells: [1002] };
}
