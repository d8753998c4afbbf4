import { isHost } from '../head/field-grammar.ts';
import { hasHeaderToken, headerValues, type RequestHead } from '../head/head.ts';
import { quote, type Refusal, refuse } from '../head/refusal.ts';
import { REQUEST_RULES } from './rules.ts';

/** There is one Host header. RFC 6455 §4.2.1, item 2; RFC 9112 §3.2. */
export function checkHost(head: RequestHead): Refusal | undefined {
  const values = headerValues(head, 'Host');
  const [host] = values;
  if (host === undefined)
    return refuse(REQUEST_RULES.missingHost, 'The request has no Host header. Send one with the name of the server.');
  if (values.length > 1)
    return refuse(REQUEST_RULES.repeatedHost, `The Host header appears ${values.length} times. Send it once.`);
  if (isHost(host)) return undefined;
  return refuse(
    REQUEST_RULES.malformedHost,
    `The Host header is ${quote(host)}. Send a name or an address, and a port if it needs one.`,
  );
}

/**
 * Upgrade asks for websocket. RFC 6455 §4.2.1, item 3.
 *
 * An Upgrade that Connection does not list was not meant for this server, so such a request is a plain GET as well.
 */
export function checkUpgrade(head: RequestHead): Refusal | undefined {
  if (hasHeaderToken(head, 'Upgrade', 'websocket')) return undefined;
  const values = headerValues(head, 'Upgrade');
  if (values.length > 0 && hasHeaderToken(head, 'Connection', 'upgrade')) {
    const sentence = `The Upgrade header is ${quote(values.join(', '))}. Send "Upgrade: websocket".`;
    return refuse(REQUEST_RULES.upgradeNotWebsocket, sentence);
  }
  const sentence =
    'This address takes WebSocket connections only, and the request does not ask for one. Send "Upgrade: websocket" and "Connection: Upgrade".';
  return refuse(REQUEST_RULES.missingUpgrade, sentence);
}

/** Connection lists upgrade. RFC 6455 §4.2.1, item 4. */
export function checkConnection(head: RequestHead): Refusal | undefined {
  if (hasHeaderToken(head, 'Connection', 'upgrade')) return undefined;
  const values = headerValues(head, 'Connection');
  const fault =
    values.length === 0 ? 'There is no Connection header' : `The Connection header is ${quote(values.join(', '))}`;
  return refuse(REQUEST_RULES.connectionNotUpgrade, `${fault}. Send "Connection: Upgrade".`);
}

/**
 * No body is announced. RFC 9110 §9.3.1.
 *
 * If one reader takes bytes for a body and another takes them for frames, requests can be smuggled past one of them.
 */
export function checkBody(head: RequestHead): Refusal | undefined {
  const contentLengths = headerValues(head, 'Content-Length');
  const remedy = 'Send none: frames follow the head.';
  if (headerValues(head, 'Transfer-Encoding').length > 0) {
    return refuse(REQUEST_RULES.requestWithBody, `Transfer-Encoding announces a body. ${remedy}`, 'Transfer-Encoding');
  }
  if (contentLengths.every((value) => value === '0')) return undefined;
  const sentence = `Content-Length ${quote(contentLengths.join(', '))} announces a body. ${remedy}`;
  return refuse(REQUEST_RULES.requestWithBody, sentence, 'Content-Length');
}

/** There is at most one Origin, so that a server cannot check the wrong one. RFC 6454 §7.3. */
export function checkOrigin(head: RequestHead): Refusal | undefined {
  const { length } = headerValues(head, 'Origin');
  if (length <= 1) return undefined;
  return refuse(REQUEST_RULES.repeatedOrigin, `The Origin header appears ${length} times. Send it once.`);
}
