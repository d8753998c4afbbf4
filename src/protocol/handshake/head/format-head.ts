import { encodeLatin1 } from '../../../text/latin1.ts';
import { findForbiddenCharacter, isToken } from './field-grammar.ts';
import type { HttpHead, RequestHead, ResponseHead } from './head.ts';

/**
 * Formats the head of a request, its empty line included. RFC 9112 §3.
 *
 * @returns a new array, the caller's own
 * @throws TypeError if a part does not fit in a head: a CR LF in a value would begin another header
 */
export function formatRequestHead(head: RequestHead): Uint8Array<ArrayBuffer> {
  if (!isToken(head.method)) throw new TypeError(`${JSON.stringify(head.method)} is not a method: it must be a token.`);
  if (!/^[\x21-\x7e]+$/.test(head.target)) {
    throw new TypeError(`${JSON.stringify(head.target)} is not a target: percent-encode everything but visible ASCII.`);
  }
  requireHttpVersion(head.httpVersion);
  return formatHead(`${head.method} ${head.target} HTTP/${head.httpVersion}`, head);
}

/**
 * Formats the head of a response, its empty line included. RFC 9112 §4.
 *
 * @returns a new array, the caller's own
 * @throws TypeError if a part does not fit in a head: a CR LF in a value would begin another header
 */
export function formatResponseHead(head: ResponseHead): Uint8Array<ArrayBuffer> {
  requireHttpVersion(head.httpVersion);
  if (!/^[1-9]\d{2}$/.test(String(head.httpStatus)))
    throw new TypeError(`${head.httpStatus} is not a status of three digits.`);
  requireValue('The reason phrase', head.reasonPhrase);
  return formatHead(`HTTP/${head.httpVersion} ${head.httpStatus} ${head.reasonPhrase}`, head);
}

function formatHead(firstLine: string, head: HttpHead): Uint8Array<ArrayBuffer> {
  let text = `${firstLine}\r\n`;
  for (const { name, value } of head.headers) {
    if (!isToken(name)) throw new TypeError(`${JSON.stringify(name)} is not a header name: it must be a token.`);
    requireValue(`The value of ${name}`, value);
    text += `${name}: ${value}\r\n`;
  }
  return encodeLatin1(`${text}\r\n`);
}

function requireHttpVersion(httpVersion: string): void {
  if (!/^\d\.\d$/.test(httpVersion))
    throw new TypeError(`${JSON.stringify(httpVersion)} is not an HTTP version such as 1.1.`);
}

function requireValue(what: string, value: string): void {
  const forbidden = findForbiddenCharacter(value);
  if (forbidden < 0) return;
  const character = JSON.stringify(value.charAt(forbidden));
  throw new TypeError(
    `${what} has ${character} at ${forbidden}: only tabs and U+0020 to U+00FF without U+007F are allowed there.`,
  );
}
