import { computeAccept } from '../accept/accept-key.ts';
import { hasHeaderToken, headerTokens, headerValues, type ResponseHead } from '../head/head.ts';
import { quote, type Refusal, refuse } from '../head/refusal.ts';

/** What a client remembers of its request to check the response against. */
export interface SentRequest {
  readonly key: string;
  readonly subprotocols: readonly string[];
}

/**
 * The client's checks in the order in which they decide; each looks at one matter. A client that did not offer an
 * extension gets none, so any extension in the response was not asked for.
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
 * @returns the refusal with which the client fails the connection, or the subprotocol chosen, if any
 */
export function checkResponse(
  head: ResponseHead,
  sent: SentRequest,
): { readonly refusal: Refusal } | { readonly subprotocol: string | undefined } {
  for (const check of RESPONSE_CHECKS) {
    const refusal = check(head, sent);
    if (refusal !== undefined) return { refusal };
  }
  return { subprotocol: headerValues(head, 'Sec-WebSocket-Protocol')[0] };
}

function checkStatus({ httpStatus, reasonPhrase }: ResponseHead): Refusal | undefined {
  if (httpStatus === 101) return undefined;
  const status = quote(`${httpStatus} ${reasonPhrase}`);
  return refuse('status-not-101', `The server answered ${status}, not 101. Check the address, and what the body says.`);
}

function checkHttpVersion({ httpVersion }: ResponseHead): Refusal | undefined {
  if (Number(httpVersion) >= 1.1) return undefined;
  return refuse('response-http-version-too-low', `The server answered in HTTP/${httpVersion}. It must speak HTTP/1.1.`);
}

function checkUpgrade(head: ResponseHead): Refusal | undefined {
  const values = headerValues(head, 'Upgrade');
  const remedy = 'The server must answer "Upgrade: websocket".';
  if (values.length === 0) return refuse('response-without-upgrade', `The response has no Upgrade header. ${remedy}`);
  if (values.length === 1 && values[0]?.toLowerCase() === 'websocket') return undefined;
  return refuse('response-upgrade-not-websocket', `The Upgrade header is ${quote(values.join(', '))}. ${remedy}`);
}

function checkConnection(head: ResponseHead): Refusal | undefined {
  if (hasHeaderToken(head, 'Connection', 'upgrade')) return undefined;
  const values = headerValues(head, 'Connection');
  const fault =
    values.length === 0
      ? 'The response has no Connection header'
      : `The Connection header is ${quote(values.join(', '))}`;
  return refuse('response-connection-not-upgrade', `${fault}. The server must answer "Connection: Upgrade".`);
}

function checkAccept(head: ResponseHead, sent: SentRequest): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Accept');
  const [accept] = values;
  const expected = computeAccept(sent.key);
  if (accept === undefined) {
    return refuse('missing-accept', `The response has no Sec-WebSocket-Accept. The server must answer ${expected}.`);
  }
  if (values.length > 1) {
    return refuse(
      'repeated-accept',
      `Sec-WebSocket-Accept appears ${values.length} times. The server must send it once.`,
    );
  }
  if (accept === expected) return undefined;
  const sentence = `Sec-WebSocket-Accept is ${quote(accept)}, but the key ${sent.key} comes to ${expected}. The server must hash the key it was sent.`;
  return refuse('wrong-accept', sentence);
}

function checkExtensions(head: ResponseHead): Refusal | undefined {
  const [extension] = headerTokens(head, 'Sec-WebSocket-Extensions');
  if (extension === undefined) return undefined;
  const sentence = `The server uses the extension ${quote(extension)}, which was not offered. It must leave it out.`;
  return refuse('extension-not-offered', sentence);
}

function checkSubprotocol(head: ResponseHead, sent: SentRequest): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Protocol');
  const [subprotocol] = values;
  if (subprotocol === undefined) return undefined;
  if (values.length > 1 || subprotocol.includes(',')) {
    const sentence = `The server chose ${quote(values.join(', '))}. It must choose one subprotocol.`;
    return refuse('several-subprotocols', sentence);
  }
  if (sent.subprotocols.includes(subprotocol)) return undefined;
  const offered = sent.subprotocols.length === 0 ? 'none' : quote(sent.subprotocols.join(', '));
  const sentence = `The server chose the subprotocol ${quote(subprotocol)}; offered: ${offered}. It must choose one of these, or none.`;
  return refuse('subprotocol-not-offered', sentence);
}
