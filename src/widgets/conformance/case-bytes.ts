import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { type DecodeRequest, formatDecodeHash } from '../base/address/decode-address.ts';

/** What went one way in a case, taken apart. */
export interface WayBytes {
  readonly from: 'client' | 'server';
  /** The lines of the request, or of the response; with its body, where it opens no connection. */
  readonly head: readonly string[];
  readonly frames: readonly CaseFrame[];
  /** How many more frames there are than are listed. */
  readonly left: number;
  /** The decoder, with these frames; undefined where they are none, or too many for an address. */
  readonly href: string | undefined;
}

export interface CaseFrame {
  readonly sentence: string;
  readonly broken: readonly string[];
  readonly dump: FrameDump;
}

const MAX_LISTED_FRAMES = 12;

/**
 * @param hex the first bytes of that way, two digits a byte
 * @param head what stands before them, a character a byte; else it is looked for in them
 */
export function takeApart(hex: string, from: 'client' | 'server', head?: string): WayBytes {
  const bytes = bytesOfHex(hex);
  const { http, frames } = decodeFrames(bytes, from);
  const headLength = http?.byteLength ?? 0;
  const text = head ?? decodeLatin1(bytes.subarray(0, headLength));
  if (from === 'server' && http !== undefined && !canOpen(text)) {
    return { from, head: linesOf(decodeLatin1(bytes)), frames: [], left: 0, href: undefined };
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
    left: Math.max(frames.length - MAX_LISTED_FRAMES, 0),
    href: hash === undefined ? undefined : `/decode/${hash}`,
  };
}

/** What follows another response is its body, and what follows a head with a stray line feed may be a rest of it. */
function canOpen(head: string): boolean {
  return /^HTTP\/1\.\d 101 /.test(head) && !/(?<!\r)\n/.test(head);
}

function linesOf(text: string): string[] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map(escapeText);
}
