import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { type DecodeRequest, formatDecodeHash } from '../base/address/decode-address.ts';

/** The decoded bytes of one direction of a case. */
export interface DirectionBytes {
  readonly from: 'client' | 'server';
  /** The lines of the request or the response. A response that opens no connection includes its body. */
  readonly head: readonly string[];
  readonly frames: readonly CaseFrame[];
  /** The number of frames that are not listed. */
  readonly unlisted: number;
  /** A link to the decoder with these frames; undefined if there are none, or too many for an address. */
  readonly href: string | undefined;
}

export interface CaseFrame {
  readonly sentence: string;
  readonly broken: readonly string[];
  readonly dump: FrameDump;
}

const MAX_LISTED_FRAMES = 12;
const CLOSE = 8;

/**
 * Decodes the bytes of one direction.
 *
 * @param hex the first bytes, two digits for each
 * @param head the head in front of them, one character for each byte; by default it is part of the bytes
 */
export function decodeDirection(hex: string, from: 'client' | 'server', head?: string): DirectionBytes {
  const bytes = bytesOfHex(hex);
  const { http, frames } = decodeFrames(bytes, from);
  const headLength = http?.byteLength ?? 0;
  const text = head ?? decodeLatin1(bytes.subarray(0, headLength));
  if (from === 'server' && http !== undefined && !canOpen(text)) {
    return { from, head: linesOf(decodeLatin1(bytes)), frames: [], unlisted: 0, href: undefined };
  }
  const request: DecodeRequest = { text: hex.slice(2 * headLength), sender: from, limits: {} };
  const hash = request.text === '' ? undefined : formatDecodeHash(request);
  return {
    from,
    head: linesOf(text),
    frames: frames.slice(0, MAX_LISTED_FRAMES).map(({ dump }) => ({
      sentence: describeFrame(dump),
      broken: dump.violations.map(({ rule }) => rule),
      dump,
    })),
    unlisted: Math.max(frames.length - MAX_LISTED_FRAMES, 0),
    href: hash === undefined ? undefined : `/decode/${hash}`,
  };
}

/**
 * The frame to look at first: one of the server's that breaks a rule, else its last one before the close frame, else
 * what the suite sent.
 */
export function findSuspect(sent: DirectionBytes, received: DirectionBytes): CaseFrame | undefined {
  const broken = received.frames.find((frame) => frame.broken.length > 0);
  const answers = received.frames.filter(({ dump }) => dump.opcode !== CLOSE);
  const brokenBySuite = sent.frames.find((frame) => frame.broken.length > 0);
  return broken ?? answers.at(-1) ?? brokenBySuite ?? received.frames[0] ?? sent.frames[0];
}

/** Frames follow only a 101 response. After a head with a stray line feed, the rest may still belong to the head. */
function canOpen(head: string): boolean {
  return /^HTTP\/1\.\d 101 /.test(head) && !/(?<!\r)\n/.test(head);
}

function linesOf(text: string): string[] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map(escapeText);
}
