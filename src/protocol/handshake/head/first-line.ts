import { isToken } from './field-grammar.ts';
import type { Header, HttpHead, RequestHead, ResponseHead } from './head.ts';
import { quote, type Refusal, refuse } from './refusal.ts';
import { HEAD_RULES } from './rules.ts';

/** How to read the first line of a head. */
export interface FirstLineForm<T extends HttpHead> {
  /** Refuses bytes that cannot begin a head, without waiting for an end that might never come. */
  checkOpening(bytes: Uint8Array): Refusal | undefined;
  /** Reads the whole line; the returned head keeps `headers`. */
  parse(line: string, headers: readonly Header[]): { head: T } | { refusal: Refusal };
}

const REQUEST = /^([^ ]+) ([\x21-\x7e]+) HTTP\/(\d\.\d)$/;
const TLS_HANDSHAKE = 0x16;

/**
 * The request line: method, target, version. RFC 9112 §3.
 *
 * §2.2 advises a server to skip an empty line before it, for clients that end a body with one too many. No body comes
 * before an opening handshake, so none is skipped here.
 */
export const REQUEST_LINE: FirstLineForm<RequestHead> = {
  checkOpening(bytes) {
    const first = bytes[0];
    if (first === undefined || isToken(String.fromCharCode(first))) return undefined;
    const sentence =
      first === TLS_HANDSHAKE
        ? 'The first byte is 16, which begins TLS. This port does not speak it: use ws: or http: in the address.'
        : `The first byte is ${hexByte(first)}, which cannot begin a method. Send GET, a space and the target first.`;
    return refuse(HEAD_RULES.malformedRequestLine, sentence);
  },
  parse(line, headers) {
    const [, method = '', target = '', httpVersion = ''] = REQUEST.exec(line) ?? [];
    if (isToken(method)) return { head: { method, target, httpVersion, headers } };
    const sentence = `The first line is ${quote(line)}. Send it in the form "GET /path HTTP/1.1", with single spaces.`;
    return { refusal: refuse(HEAD_RULES.malformedRequestLine, sentence) };
  },
};

const STATUS = /^HTTP\/(\d\.\d) ([1-9]\d{2}) ([\t\x20-\x7e\x80-\xff]*)$/;
const OPENING = 'HTTP/';

/** The status line: version, status, phrase. RFC 9112 §4. */
export const STATUS_LINE: FirstLineForm<ResponseHead> = {
  checkOpening(bytes) {
    const opening = bytes.subarray(0, OPENING.length);
    const wrong = opening.findIndex((byte, index) => byte !== OPENING.charCodeAt(index));
    if (wrong < 0) return undefined;
    const sentence = `Byte ${wrong + 1} is ${hexByte(opening[wrong] ?? 0)}, but a response begins with "${OPENING}". Is this an HTTP server?`;
    return refuse(HEAD_RULES.malformedStatusLine, sentence);
  },
  parse(line, headers) {
    const [, httpVersion, status, reasonPhrase] = STATUS.exec(line) ?? [];
    if (httpVersion !== undefined && status !== undefined && reasonPhrase !== undefined) {
      return { head: { httpVersion, httpStatus: Number(status), reasonPhrase, headers } };
    }
    const sentence = `The first line is ${quote(line)}. Send it in the form "HTTP/1.1 101 Switching Protocols".`;
    return { refusal: refuse(HEAD_RULES.malformedStatusLine, sentence) };
  },
};

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
