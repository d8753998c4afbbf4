import { formatHex } from '../../bytes/hex.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { decodeText } from '../../text/utf8.ts';
import type { InflatedMessage, WindowState } from './direction-inflater.ts';

/** A compressed message with everything that is known about it, as JSON. RFC 7692 §7.2.2. */
export interface InflatedDump {
  /** How many bytes came out. */
  readonly byteLength: number;
  /** The length of the compressed payload, of all frames of the message together. */
  readonly packedBytes: number;
  /** What came out: the first 64 KiB. */
  readonly hex: string;
  /** The same as text, if it is valid UTF-8. */
  readonly text?: string;
  /** Whether `hex` and `text` are only part of what came out. */
  readonly truncated: boolean;
  /** What earlier messages left in the window: nothing, bytes that are all known, or bytes of which some were not seen. */
  readonly window: WindowState;
  /** The ranges of what came out that were copied from bytes that were not seen; they are 0 here. The first ones. */
  readonly unknown: readonly { readonly start: number; readonly end: number }[];
  readonly blockCount: number;
  /** The first ones. The last block of most messages is the empty stored block whose `00 00 ff ff` the sender cut off. */
  readonly blocks: readonly InflatedBlock[];
  readonly ending: InflatedMessage['ending'];
  /** What is wrong, and at which bit of the message, if `ending` is `malformed`. */
  readonly problem?: { readonly sentence: string; readonly bit: number };
}

/** A DEFLATE block. RFC 1951 §3.2.3. */
export interface InflatedBlock {
  readonly kind: 'stored' | 'fixed' | 'dynamic';
  readonly final: boolean;
  /** Counted from the lowest bit of the message's first byte. */
  readonly startBit: number;
  readonly endBit: number;
  /** The bytes that come out of it. */
  readonly outputStart: number;
  readonly outputEnd: number;
  readonly codeCount: number;
  /** The first ones: a byte as it is, or a copy of bytes before. */
  readonly codes: readonly ({ readonly literal: number } | { readonly length: number; readonly distance: number })[];
}

/** In bytes. */
const MAX_SHOWN_BYTES = 64 * 1024;
const MAX_SHOWN_BLOCKS = 16;
const MAX_SHOWN_CODES = 12;
const MAX_SHOWN_RANGES = 64;

/** The blocks and codes that {@link dumpInflated} shows, for whoever inflates only to show them. */
export const SHOWN_LIMITS = { maxBlocks: MAX_SHOWN_BLOCKS, maxCodes: MAX_SHOWN_CODES } as const;

export function dumpInflated(message: InflatedMessage): InflatedDump {
  const { output, packedBytes, window, unknown, blockCount, ending, problem } = message;
  const shown = output.subarray(0, MAX_SHOWN_BYTES);
  const truncated = shown.length < output.length;
  const text = decodeText(truncated ? withoutCutCharacter(shown) : shown);
  return {
    byteLength: output.length,
    packedBytes,
    hex: formatHex(shown),
    ...(text !== undefined && unknown.length === 0 && { text }),
    truncated,
    window,
    unknown: unknown.slice(0, MAX_SHOWN_RANGES),
    blockCount,
    blocks: message.blocks.slice(0, MAX_SHOWN_BLOCKS).map((block) => ({
      kind: block.kind,
      final: block.final,
      startBit: block.startBit,
      endBit: block.endBit,
      outputStart: block.outputStart,
      outputEnd: block.outputEnd,
      codeCount: block.codeCount,
      codes: block.codes.slice(0, MAX_SHOWN_CODES).map(({ literal, match }) => match ?? { literal: literal ?? 0 }),
    })),
    ending,
    ...(problem && { problem }),
  };
}

/** Drops the last character, which may be cut. RFC 3629 §3. */
function withoutCutCharacter(text: Uint8Array): Uint8Array {
  let end = text.length;
  while (end > 0 && ((text[end - 1] as number) & 0xc0) === 0x80) end--;
  return text.subarray(0, Math.max(0, end - 1));
}

/** `5 bytes, compressed to 7 (2 more)`. */
export function describeInflated({
  byteLength,
  packedBytes,
}: Pick<InflatedDump, 'byteLength' | 'packedBytes'>): string {
  const difference = byteLength - packedBytes;
  const saved =
    difference > 0
      ? `${countBytes(difference)} saved`
      : difference < 0
        ? `${countBytes(-difference)} more than without compression`
        : 'nothing saved';
  return `${countBytes(packedBytes)} on the wire, ${countBytes(byteLength)} decompressed: ${saved}`;
}

/** What the window held before the message, in a sentence. */
export function describeWindow(window: WindowState): string {
  switch (window) {
    case 'empty':
      return 'The window was empty: the message can copy only from itself.';
    case 'known':
      return 'The window holds earlier messages of this direction: the message can copy from them.';
    case 'unknown':
      return 'The window is unknown from here: earlier messages of this direction were not seen.';
  }
}

/** What went wrong while the message was inflated, in sentences; empty if all is well. */
export function problemsOfInflated({ ending, problem, unknown }: InflatedDump): string[] {
  const sentences: string[] = [];
  if (unknown.length > 0)
    sentences.push('Some bytes were copied from messages that are not here: they are shown as 00.');
  if (ending === 'cut') sentences.push('The compressed data ends in the middle of a block.');
  if (ending === 'too long') sentences.push('It is too long to be decompressed here: the rest is left out.');
  if (problem !== undefined)
    sentences.push(`The compressed data is malformed at bit ${problem.bit + 1}: ${problem.sentence}`);
  return sentences;
}

/** A block in words: `block 1: fixed codes, bits 1 to 50, 5 bytes`. */
export function describeBlock(block: InflatedBlock, index: number): string {
  const { startBit, endBit, outputStart, outputEnd } = block;
  const final = block.final ? ', the final one' : '';
  // Of the last one of a message, the sender has cut off the last four bytes. RFC 7692 §7.2.1.
  if (block.kind === 'stored' && outputStart === outputEnd) {
    return `block ${index + 1}: empty${final}, so that what comes before it ends at a byte`;
  }
  const kind = { stored: 'stored as it is', fixed: 'fixed codes', dynamic: 'its own codes' }[block.kind];
  return `block ${index + 1}: ${kind}${final}, bits ${startBit + 1} to ${endBit}, ${countBytes(outputEnd - outputStart)}`;
}

/** The first codes of a block: `"H" "e" [4 bytes from 5 back]`. */
export function describeCodes({ codes, codeCount }: InflatedBlock): string {
  const words = codes.map((code) =>
    'literal' in code ? showLiteral(code.literal) : `[${code.length} bytes from ${code.distance} back]`,
  );
  const left = codeCount - codes.length;
  return `${words.join(' ')}${left > 0 ? ` and ${countNoun(left, 'more code')}` : ''}`;
}

function showLiteral(byte: number): string {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x22
    ? `"${String.fromCharCode(byte)}"`
    : byte.toString(16).padStart(2, '0');
}
