import type { HandshakeRule } from './handshake-rule.ts';

const refused = <Name extends string>(
  name: Name,
  section: string,
  headerName: string | undefined,
  requirement: string,
) => ({
  name,
  section,
  requirement,
  refusedBy: 'client' as const,
  httpStatus: undefined,
  ...(headerName === undefined ? {} : { headerName }),
});

/** What a server's response can get wrong, in the order in which a client checks it. RFC 6455 §4.1. */
export const RESPONSE_RULES = [
  refused('status-not-101', '4.1', undefined, 'The status is 101.'),
  refused(
    'response-http-version-too-low',
    'RFC 9110 §15.2',
    undefined,
    'The HTTP version of the response is 1.1 or higher: HTTP/1.0 has no status 101.',
  ),
  refused('response-without-upgrade', '4.1', 'Upgrade', 'The response has an Upgrade header.'),
  refused(
    'response-upgrade-not-websocket',
    '4.1',
    'Upgrade',
    'The Upgrade header of the response is websocket, in any case, and nothing else.',
  ),
  refused(
    'response-connection-not-upgrade',
    '4.1',
    'Connection',
    'One of the tokens in the Connection header of the response is Upgrade, in any case.',
  ),
  refused('missing-accept', '4.1', 'Sec-WebSocket-Accept', 'The response has a Sec-WebSocket-Accept.'),
  refused('repeated-accept', '11.3.3', 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept appears once.'),
  refused(
    'wrong-accept',
    '4.1',
    'Sec-WebSocket-Accept',
    'Sec-WebSocket-Accept is what the key of the request comes to.',
  ),
  refused(
    'extension-not-offered',
    '4.1',
    'Sec-WebSocket-Extensions',
    'The server uses no extension that the client did not offer.',
  ),
  refused(
    'several-subprotocols',
    '11.3.4',
    'Sec-WebSocket-Protocol',
    'The server chooses one subprotocol, in one header.',
  ),
  refused(
    'subprotocol-not-offered',
    '4.1',
    'Sec-WebSocket-Protocol',
    'The server chooses a subprotocol that the client offered, spelled as the client spelled it.',
  ),
] as const satisfies readonly HandshakeRule[];
