import {
  type HttpHead,
  hasHeaderToken,
  headerTokens,
  type RequestHead,
  type ResponseHead,
} from '../../protocol/handshake/head/head.ts';

/**
 * How the end of a body is found. RFC 9112 §6.3.
 *
 * `rest` means that everything after the head belongs to it: the frames after a 101, or a body that ends with TCP.
 */
export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly byteLength: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'rest' };

const NONE: BodyFraming = { kind: 'none' };
const REST: BodyFraming = { kind: 'rest' };

/** Whether a request asks to switch to WebSocket. RFC 6455 §4.1. */
export function asksForWebSocket(head: RequestHead): boolean {
  return hasHeaderToken(head, 'Upgrade', 'websocket');
}

/** After a request for a WebSocket, everything may be frames until the response says otherwise. */
export function framingOfRequest(head: RequestHead): BodyFraming {
  if (head.method === 'CONNECT' || headerTokens(head, 'Upgrade').length > 0) return REST;
  return framingOfHeaders(head) ?? NONE;
}

/** @param method of the request that is answered */
export function framingOfResponse(head: ResponseHead, method: string | undefined): BodyFraming {
  const { httpStatus } = head;
  if (httpStatus === 101) return REST;
  if (method === 'HEAD' || httpStatus < 200 || httpStatus === 204 || httpStatus === 304) return NONE;
  return framingOfHeaders(head) ?? REST;
}

function framingOfHeaders(head: HttpHead): BodyFraming | undefined {
  if (headerTokens(head, 'Transfer-Encoding').length > 0)
    return hasHeaderToken(head, 'Transfer-Encoding', 'chunked') ? { kind: 'chunked' } : REST;
  const [length] = headerTokens(head, 'Content-Length');
  if (length === undefined) return undefined;
  return /^\d{1,15}$/.test(length) ? { kind: 'length', byteLength: Number(length) } : REST;
}
