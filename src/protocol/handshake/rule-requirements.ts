import type { HandshakeRuleName } from './head/refusal.ts';

// Beside the rules and not in them: whoever checks a head needs no sentence about every rule.

/** What each rule of the opening handshake requires, in one sentence. RFC 6455 §4. */
export const HANDSHAKE_REQUIREMENTS: Readonly<Record<HandshakeRuleName, string>> = {
  'malformed-request-line': 'A request begins with a method, one space, the target, one space and the HTTP version.',
  'malformed-status-line': 'A response begins with the HTTP version, one space, three digits, one space and a phrase.',
  'head-too-large': 'A head has to end within the bytes that its reader sets aside for it.',
  'too-many-headers': 'A head has no more header lines than its reader sets a place aside for.',
  'malformed-line-end': 'Every line of a head ends with CR LF, and neither stands anywhere else.',
  'folded-header': 'A header is one line: no line begins with white space to continue the one before.',
  'space-before-colon': 'No white space stands between the name of a header and its colon.',
  'malformed-header-name': 'A header line is a name, made of letters, digits and a few signs, a colon and a value.',
  'forbidden-character-in-header': 'The value of a header holds no control character but the tab.',

  'method-not-get': 'The method of the request is GET.',
  'http-version-too-low': 'The HTTP version of the request is 1.1 or higher.',
  'missing-host': 'The request names the server in a Host header.',
  'repeated-host': 'The Host header appears once.',
  'malformed-host':
    'The Host header is a name or an address, with a colon and a port where the port is not the usual one.',
  'missing-upgrade': 'The request has an Upgrade header that asks for websocket.',
  'upgrade-not-websocket': 'One of the protocols in the Upgrade header is websocket, in any case.',
  'connection-not-upgrade': 'One of the tokens in the Connection header is Upgrade, in any case.',
  'missing-key': 'The request has a Sec-WebSocket-Key.',
  'repeated-key': 'Sec-WebSocket-Key appears once.',
  'malformed-key': 'Sec-WebSocket-Key is 16 bytes in base64.',
  'missing-version': 'The request has a Sec-WebSocket-Version.',
  'repeated-version': 'Sec-WebSocket-Version appears once.',
  'unsupported-version': 'Sec-WebSocket-Version is 13, the version of the protocol in RFC 6455.',
  'request-with-body': 'The request announces no body: what follows its head are frames.',
  'repeated-origin': 'Origin appears once.',
  'malformed-target':
    'The target is a path that begins with a slash, or a whole http, https, ws or wss address; no # is in it.',
  'malformed-subprotocols': 'Every subprotocol offered is a token, and none is empty.',
  'repeated-subprotocol': 'No subprotocol is offered twice.',
  'malformed-extensions':
    'Every extension offered is a token, with parameters of the form name or name=value after semicolons.',

  'status-not-101': 'The status is 101.',
  'response-http-version-too-low': 'The HTTP version of the response is 1.1 or higher: HTTP/1.0 has no status 101.',
  'response-without-upgrade': 'The response has an Upgrade header.',
  'response-upgrade-not-websocket': 'The Upgrade header of the response is websocket, in any case, and nothing else.',
  'response-connection-not-upgrade':
    'One of the tokens in the Connection header of the response is Upgrade, in any case.',
  'missing-accept': 'The response has a Sec-WebSocket-Accept.',
  'repeated-accept': 'Sec-WebSocket-Accept appears once.',
  'wrong-accept': 'Sec-WebSocket-Accept is what the key of the request comes to.',
  'extension-not-offered': 'The server uses no extension that the client did not offer.',
  'several-subprotocols': 'The server chooses one subprotocol, in one header.',
  'subprotocol-not-offered':
    'The server chooses a subprotocol that the client offered, spelled as the client spelled it.',
};
