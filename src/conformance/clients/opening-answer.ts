import { formatHex } from '../../bytes/hex.ts';
import { acceptSteps, computeAccept } from '../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY, joinLines } from '../../protocol/handshake/head/example-heads.ts';
import { encodeLatin1 } from '../../text/latin1.ts';
import type { OpeningAnswer } from './client-case.ts';

/** The lines of a correct answer. RFC 6455 §4.2.2. */
export const ANSWER_LINES = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: {accept}',
] as const;

/** A correct answer with some changes. */
export function openingAnswer(
  changes: Partial<OpeningAnswer> & { readonly lines?: readonly string[] } = {},
): OpeningAnswer {
  const { lines = ANSWER_LINES, ...rest } = changes;
  return { head: joinLines(...lines), cut: 'whole', withFirstStep: false, endsTcp: false, ...rest };
}

/**
 * The head of the answer, as text.
 *
 * @param key the client's Sec-WebSocket-Key
 * @param extensions the value of Sec-WebSocket-Extensions that both ends agreed on; undefined for none
 */
export function formatAnswer({ head }: OpeningAnswer, key: string, extensions: string | undefined): string {
  const withExtensions =
    extensions === undefined ? head : head.replace(/\r\n\r\n$/, `\r\nSec-WebSocket-Extensions: ${extensions}\r\n\r\n`);
  return withExtensions.replace(/\{(\w+)\}/g, (whole, name: string) => VALUES[name]?.(key) ?? whole);
}

/** The head of the answer, as bytes. */
export function encodeAnswer(answer: OpeningAnswer, key: string, extensions?: string): Uint8Array<ArrayBuffer> {
  return encodeLatin1(formatAnswer(answer, key, extensions));
}

const VALUES: Readonly<Record<string, (key: string) => string>> = {
  accept: computeAccept,
  key: (key) => key,
  /** Right for the key of the RFC's example, which no client sends. */
  other: () => computeAccept(EXAMPLE_KEY),
  lower: (key) => differently(computeAccept(key), (accept) => accept.toLowerCase()),
  upper: (key) => differently(computeAccept(key), (accept) => accept.toUpperCase()),
  unpadded: (key) => computeAccept(key).replace('=', ''),
  /** The mistake of a server that encodes the 40 digits of the hash, and not its 20 bytes. */
  ofHexDigits: (key) => btoa(formatHex(acceptSteps(key).digest)),
  /** The last character is another. */
  nearly: (key) => computeAccept(key).replace(/.=$/, (end) => (end === 'A=' ? 'E=' : 'A=')),
};

/** Changes a text; if the change does nothing, replaces its first character. */
function differently(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? `!${text.slice(1)}` : changed;
}
