import type { HandshakeRule } from './handshake-rule.ts';

const refused = <Name extends string>(
  httpStatus: 400 | 405 | 426,
  name: Name,
  section: string,
  headerName: string | undefined,
  requirement: string,
) => ({
  name,
  section,
  requirement,
  refusedBy: 'server' as const,
  httpStatus,
  ...(headerName === undefined ? {} : { headerName }),
});

/** What a client's request can get wrong, in the order in which a server checks it. RFC 6455 §4.2.1. */
export const REQUEST_RULES = [
  refused(405, 'method-not-get', '4.2.1', undefined, 'The method of the request is GET.'),
  refused(400, 'http-version-too-low', '4.2.1', undefined, 'The HTTP version of the request is 1.1 or higher.'),
  refused(400, 'missing-host', '4.2.1', 'Host', 'The request names the server in a Host header.'),
  refused(400, 'repeated-host', 'RFC 9112 §3.2', 'Host', 'The Host header appears once.'),
  refused(
    400,
    'malformed-host',
    'RFC 9112 §3.2',
    'Host',
    'The Host header is a name or an address, with a colon and a port where the port is not the usual one.',
  ),
  refused(426, 'missing-upgrade', '4.2.1', 'Upgrade', 'The request has an Upgrade header that asks for websocket.'),
  refused(
    400,
    'upgrade-not-websocket',
    '4.2.1',
    'Upgrade',
    'One of the protocols in the Upgrade header is websocket, in any case.',
  ),
  refused(
    400,
    'connection-not-upgrade',
    '4.2.1',
    'Connection',
    'One of the tokens in the Connection header is Upgrade, in any case.',
  ),
  refused(400, 'missing-key', '4.2.1', 'Sec-WebSocket-Key', 'The request has a Sec-WebSocket-Key.'),
  refused(400, 'repeated-key', '11.3.1', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key appears once.'),
  refused(400, 'malformed-key', '4.2.1', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key is 16 bytes in base64.'),
  refused(426, 'missing-version', '4.2.1', 'Sec-WebSocket-Version', 'The request has a Sec-WebSocket-Version.'),
  refused(426, 'repeated-version', '11.3.5', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version appears once.'),
  refused(
    426,
    'unsupported-version',
    '4.4',
    'Sec-WebSocket-Version',
    'Sec-WebSocket-Version is 13, the version of the protocol in RFC 6455.',
  ),
  refused(
    400,
    'request-with-body',
    'RFC 9110 §9.3.1',
    undefined,
    'The request announces no body: what follows its head are frames.',
  ),
  refused(400, 'repeated-origin', 'RFC 6454 §7.3', 'Origin', 'Origin appears once.'),
  refused(
    400,
    'malformed-target',
    '4.2.1',
    undefined,
    'The target is a path that begins with a slash, or a whole http, https, ws or wss address; no # is in it.',
  ),
  refused(
    400,
    'malformed-subprotocols',
    '4.1',
    'Sec-WebSocket-Protocol',
    'Every subprotocol offered is a token, and none is empty.',
  ),
  refused(400, 'repeated-subprotocol', '4.1', 'Sec-WebSocket-Protocol', 'No subprotocol is offered twice.'),
  refused(
    400,
    'malformed-extensions',
    '9.1',
    'Sec-WebSocket-Extensions',
    'Every extension offered is a token, with parameters of the form name or name=value after semicolons.',
  ),
] as const satisfies readonly HandshakeRule[];
