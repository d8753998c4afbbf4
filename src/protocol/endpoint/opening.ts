import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import { encodeText } from '../../text/utf8.ts';
import type { ClientExtensions, NegotiatedExtensions } from '../extensions/negotiation.ts';
import { computeAccept as computeAcceptInCore } from '../handshake/accept/accept-key.ts';
import { formatRequestHead, formatResponseHead } from '../handshake/head/format-head.ts';
import { DEFAULT_HEAD_LIMITS, type HeadLimits, type RequestHead, type ResponseHead } from '../handshake/head/head.ts';
import { type HeadResult, parseRequestHead, parseResponseHead } from '../handshake/head/parse-head.ts';
import type { Refusal } from '../handshake/head/refusal.ts';
import { type AcceptedRequest, type CheckedRequest, checkRequest } from '../handshake/request/check-request.ts';
import { type ClientRequest, createRequest } from '../handshake/request/request.ts';
import { checkResponse } from '../handshake/response/check-response.ts';
import { acceptRequest, chooseSubprotocol, refuseRequest } from '../handshake/response/respond.ts';
import type { ServerOptions } from './options.ts';

/** How an opening handshake ended, seen from one side. RFC 6455 §4. */
export type OpeningResult = OpeningDone | OpeningRefused;

export interface OpeningDone {
  readonly kind: 'done';
  readonly request: RequestHead;
  /** On the server's side, the values that the checks read from the request. */
  readonly accepted: AcceptedRequest | undefined;
  readonly response: ResponseHead;
  readonly subprotocol: string | undefined;
  /** Undefined if both ends agreed on no extension. */
  readonly negotiated: NegotiatedExtensions | undefined;
  /** The bytes to send; empty on the client's side, which has already sent its request. */
  readonly reply: Uint8Array<ArrayBuffer>;
}

export interface OpeningRefused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  /** The bytes to send; empty on the client's side. */
  readonly reply: Uint8Array<ArrayBuffer>;
}

const NOTHING = new Uint8Array(0);

/** The server's side: answers a request that has already been read and checked. RFC 6455 §4.2. */
export function answerRequest(
  request: RequestHead,
  checked: CheckedRequest,
  {
    subprotocols = [],
    extensions,
    computeAccept = computeAcceptInCore,
    respond = unchanged,
  }: Omit<ServerOptions, 'role'>,
): OpeningResult {
  if ('refusal' in checked) return refuse(checked.refusal);
  const { request: accepted } = checked;
  const subprotocol = chooseSubprotocol(accepted.subprotocols, subprotocols);
  const negotiated = extensions?.accept(accepted.extensions);
  const chosen = { subprotocol, extensions: negotiated?.answer, accept: computeAccept(accepted.key) };
  const response = respond(acceptRequest(accepted, chosen));
  return { kind: 'done', request, accepted, response, subprotocol, negotiated, reply: formatResponseHead(response) };
}

const unchanged = (response: ResponseHead): ResponseHead => response;

function refuse(refusal: Refusal): OpeningRefused {
  const { head, body } = refuseRequest(refusal);
  const reply = new GrowingBytes();
  reply.append(formatResponseHead(head));
  reply.append(encodeText(body));
  return { kind: 'refused', refusal, reply: reply.take() };
}

/** The part of an endpoint that waits for the other side's head. */
export interface Opening {
  /** The bytes to send first: the client's request; empty on the server's side. */
  readonly firstBytes: Uint8Array<ArrayBuffer>;
  /**
   * Takes the next bytes of the head.
   *
   * @returns undefined while the head is incomplete; `rest` is a copy of the bytes after it, which are frames
   */
  push(chunk: Uint8Array): { readonly result: OpeningResult; readonly rest: Uint8Array } | undefined;
}

/** The server's opening: waits for a request. RFC 6455 §4.2. */
export function serverOpening(options: Omit<ServerOptions, 'role'>): Opening {
  return openingBy(
    NOTHING,
    parseRequestHead,
    (request) => answerRequest(request, checkRequest(request), options),
    refuse,
  );
}

/**
 * The client's opening: sends its request, then waits for the response. RFC 6455 §4.1.
 *
 * @throws RangeError if the request cannot be made: see {@link createRequest}
 */
export function clientOpening(options: ClientRequest, extensions?: ClientExtensions): Opening {
  const request = createRequest({ ...options, extensions: extensions?.offer });
  const sent = { key: options.key, subprotocols: options.subprotocols ?? [], extensions };
  const fail = (refusal: Refusal): OpeningRefused => ({ kind: 'refused', refusal, reply: NOTHING });
  const check = (response: ResponseHead): OpeningResult => {
    const checked = checkResponse(response, sent);
    if ('refusal' in checked) return fail(checked.refusal);
    const { subprotocol, negotiated } = checked;
    return { kind: 'done', request, accepted: undefined, response, subprotocol, negotiated, reply: NOTHING };
  };
  return openingBy(formatRequestHead(request), parseResponseHead, check, fail);
}

function openingBy<Head>(
  firstBytes: Uint8Array<ArrayBuffer>,
  parse: (bytes: Uint8Array, limits: HeadLimits, searchFrom: number) => HeadResult<Head>,
  check: (head: Head) => OpeningResult,
  fail: (refusal: Refusal) => OpeningResult,
): Opening {
  const received = new GrowingBytes();
  const push: Opening['push'] = (chunk) => {
    const searchFrom = received.length;
    received.append(chunk);
    const parsed = parse(received.peek(), DEFAULT_HEAD_LIMITS, searchFrom);
    if (parsed.kind === 'incomplete') return undefined;
    if (parsed.kind === 'refused') return { result: fail(parsed.refusal), rest: NOTHING };
    return { result: check(parsed.head), rest: received.take().subarray(parsed.byteLength) };
  };
  return { firstBytes, push };
}
