import type { ClientExtensions, NegotiatedExtensions } from '../../extensions/negotiation.ts';
import { computeAccept } from '../accept/accept-key.ts';
import { hasHeaderToken, headerTokens, headerValues, type ResponseHead } from '../head/head.ts';
import { quote, type Refusal, refuse } from '../head/refusal.ts';
import { RESPONSE_RULES } from './rules.ts';

/** The values of its request that a client remembers to check the response. */
export interface SentRequest {
  readonly key: string;
  readonly subprotocols: readonly string[];
  /** Undefined if it offered no extension. */
  readonly extensions?: ClientExtensions | undefined;
}

/**
 * The client's checks in the order in which they decide; each covers one matter.
 */
export const RESPONSE_CHECKS: readonly ((head: ResponseHead, sent: SentRequest) => Refusal | undefined)[] = [
  checkStatus,
  checkHttpVersion,
  checkUpgrade,
  checkConnection,
  checkAccept,
  checkExtensions,
  checkSubprotocol,
];

/**
 * Checks a server's opening handshake as a client must. RFC 6455 §4.1.
 *
 * @returns the refusal for which the client fails the connection, or the chosen subprotocol and extensions, if any
 */
export function checkResponse(
  head: ResponseHead,
  sent: SentRequest,
):
  | { readonly refusal: Refusal }
  | { readonly subprotocol: string | undefined; readonly negotiated: NegotiatedExtensions | undefined } {
  for (const check of RESPONSE_CHECKS) {
    const refusal = check(head, sent);
    if (refusal !== undefined) return { refusal };
  }
  const negotiated = answerOf(head, sent);
  return {
    subprotocol: headerValues(head, 'Sec-WebSocket-Protocol')[0],
    negotiated: negotiated === undefined || 'problem' in negotiated ? undefined : negotiated,
  };
}

function checkStatus({ httpStatus, reasonPhrase }: ResponseHead): Refusal | undefined {
  if (httpStatus === 101) return undefined;
  const status = quote(`${httpStatus} ${reasonPhrase}`);
  return refuse(
    RESPONSE_RULES.statusNot101,
    `The server answered ${status}, not 101. Check the address, and what the body says.`,
  );
}

function checkHttpVersion({ httpVersion }: ResponseHead): Refusal | undefined {
  if (Number(httpVersion) >= 1.1) return undefined;
  return refuse(
    RESPONSE_RULES.httpVersionTooLow,
    `The server answered in HTTP/${httpVersion}. It must speak HTTP/1.1.`,
  );
}

function checkUpgrade(head: ResponseHead): Refusal | undefined {
  const values = headerValues(head, 'Upgrade');
  const remedy = 'The server must answer "Upgrade: websocket".';
  if (values.length === 0)
    return refuse(RESPONSE_RULES.missingUpgrade, `The response has no Upgrade header. ${remedy}`);
  if (values.length === 1 && values[0]?.toLowerCase() === 'websocket') return undefined;
  return refuse(RESPONSE_RULES.upgradeNotWebsocket, `The Upgrade header is ${quote(values.join(', '))}. ${remedy}`);
}

function checkConnection(head: ResponseHead): Refusal | undefined {
  if (hasHeaderToken(head, 'Connection', 'upgrade')) return undefined;
  const values = headerValues(head, 'Connection');
  const fault =
    values.length === 0
      ? 'The response has no Connection header'
      : `The Connection header is ${quote(values.join(', '))}`;
  return refuse(RESPONSE_RULES.connectionNotUpgrade, `${fault}. The server must answer "Connection: Upgrade".`);
}

function checkAccept(head: ResponseHead, sent: SentRequest): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Accept');
  const [accept] = values;
  const expected = computeAccept(sent.key);
  if (accept === undefined) {
    return refuse(
      RESPONSE_RULES.missingAccept,
      `The response has no Sec-WebSocket-Accept. The server must answer ${expected}.`,
    );
  }
  if (values.length > 1) {
    return refuse(
      RESPONSE_RULES.repeatedAccept,
      `Sec-WebSocket-Accept appears ${values.length} times. The server must send it once.`,
    );
  }
  if (accept === expected) return undefined;
  const sentence = `Sec-WebSocket-Accept is ${quote(accept)}, but the value computed from the key ${sent.key} is ${expected}. The server must hash the key it was sent.`;
  return refuse(RESPONSE_RULES.wrongAccept, sentence);
}

function checkExtensions(head: ResponseHead, sent: SentRequest): Refusal | undefined {
  const [extension] = headerTokens(head, 'Sec-WebSocket-Extensions');
  if (extension === undefined) return undefined;
  const answer = answerOf(head, sent);
  if (answer !== undefined && !('problem' in answer)) return undefined;
  const sentence =
    answer?.problem ??
    `The server uses the extension ${quote(extension)}, which was not offered. It must leave it out.`;
  return refuse(RESPONSE_RULES.extensionNotOffered, sentence);
}

/** What the response says of the extensions that the client offered. RFC 6455 §9.1. */
function answerOf(head: ResponseHead, { extensions }: SentRequest) {
  const answered = headerTokens(head, 'Sec-WebSocket-Extensions');
  return answered.length === 0 ? undefined : extensions?.check(answered);
}

function checkSubprotocol(head: ResponseHead, sent: SentRequest): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Protocol');
  const [subprotocol] = values;
  if (subprotocol === undefined) return undefined;
  if (values.length > 1 || subprotocol.includes(',')) {
    const sentence = `The server chose ${quote(values.join(', '))}. It must choose one subprotocol.`;
    return refuse(RESPONSE_RULES.severalSubprotocols, sentence);
  }
  if (sent.subprotocols.includes(subprotocol)) return undefined;
  const offered = sent.subprotocols.length === 0 ? 'none' : quote(sent.subprotocols.join(', '));
  const sentence = `The server chose the subprotocol ${quote(subprotocol)}; offered: ${offered}. It must choose one of these, or none.`;
  return refuse(RESPONSE_RULES.subprotocolNotOffered, sentence);
}
