import { bytesOfHex } from '../../../bytes/hex.ts';
import { describeHeader } from '../../../inspector/headers/describe-header.ts';
import type { Header } from '../../../protocol/handshake/head/head.ts';
import { parseRequestHead, parseResponseHead } from '../../../protocol/handshake/head/parse-head.ts';
import { escapeText } from '../../../text/escape-text.ts';

/** One line of a handshake's head, with what it is for. */
export interface HeadLine {
  /** Empty for the first line. */
  readonly name: string;
  readonly value: string;
  readonly sentence: string;
  /** A section of RFC 6455, or another RFC's written out. */
  readonly section: string | undefined;
}

/** The lines of the request, or of the response; one line that says what is wrong where it cannot be read. */
export function headLines(hex: string, direction: 'request' | 'response'): HeadLine[] {
  const bytes = bytesOfHex(hex);
  if (direction === 'request') {
    const parsed = parseRequestHead(bytes);
    if (parsed.kind !== 'complete') return unreadable(parsed);
    const { method, target, httpVersion, headers } = parsed.head;
    return [
      requestLine(`${method} ${target} HTTP/${httpVersion}`),
      ...headers.map((header) => headerLine(header, direction)),
    ];
  }
  const parsed = parseResponseHead(bytes);
  if (parsed.kind !== 'complete') return unreadable(parsed);
  const { httpStatus, reasonPhrase, httpVersion, headers } = parsed.head;
  const first = statusLine(`HTTP/${httpVersion} ${httpStatus} ${reasonPhrase}`, httpStatus);
  return [first, ...headers.map((header) => headerLine(header, direction))];
}

function requestLine(value: string): HeadLine {
  const sentence =
    'An HTTP request like any other: a GET, with a path that says which of the server’s services the client wants.';
  return { name: '', value: escapeText(value), sentence, section: '4.1' };
}

function statusLine(value: string, httpStatus: number): HeadLine {
  const sentence =
    httpStatus === 101
      ? 'The server agrees: after the empty line that ends this head, both sides speak WebSocket and no more HTTP.'
      : 'Not a 101: the WebSocket does not open, and the connection goes on as HTTP or ends.';
  return { name: '', value: escapeText(value), sentence, section: '4.2.2' };
}

function headerLine({ name, value }: Header, direction: 'request' | 'response'): HeadLine {
  return { name, value: escapeText(value), ...describeHeader(name, value, direction) };
}

function unreadable(parsed: { kind: 'incomplete' } | { kind: 'refused'; refusal: { sentence: string } }): HeadLine[] {
  const sentence = parsed.kind === 'refused' ? parsed.refusal.sentence : 'The head does not end within these bytes.';
  return [{ name: '', value: 'unreadable', sentence, section: undefined }];
}
