import type { HandshakeRule } from '../handshake-rule.ts';

const refused = <Name extends string>(
  httpStatus: 400 | 405 | 426,
  name: Name,
  section: string,
  headerName?: string,
) => ({
  name,
  section,
  refusedBy: 'server' as const,
  httpStatus,
  ...(headerName === undefined ? {} : { headerName }),
});

/** What a client's request can get wrong, in the order in which a server checks it. RFC 6455 §4.2.1. */
export const REQUEST_RULES = [
  refused(405, 'method-not-get', '4.2.1'),
  refused(400, 'http-version-too-low', '4.2.1'),
  refused(400, 'missing-host', '4.2.1', 'Host'),
  refused(400, 'repeated-host', 'RFC 9112 §3.2', 'Host'),
  refused(400, 'malformed-host', 'RFC 9112 §3.2', 'Host'),
  refused(426, 'missing-upgrade', '4.2.1', 'Upgrade'),
  refused(400, 'upgrade-not-websocket', '4.2.1', 'Upgrade'),
  refused(400, 'connection-not-upgrade', '4.2.1', 'Connection'),
  refused(400, 'missing-key', '4.2.1', 'Sec-WebSocket-Key'),
  refused(400, 'repeated-key', '11.3.1', 'Sec-WebSocket-Key'),
  refused(400, 'malformed-key', '4.2.1', 'Sec-WebSocket-Key'),
  refused(426, 'missing-version', '4.2.1', 'Sec-WebSocket-Version'),
  refused(426, 'repeated-version', '11.3.5', 'Sec-WebSocket-Version'),
  refused(426, 'unsupported-version', '4.4', 'Sec-WebSocket-Version'),
  refused(400, 'request-with-body', 'RFC 9110 §9.3.1'),
  refused(400, 'repeated-origin', 'RFC 6454 §7.3', 'Origin'),
  refused(400, 'malformed-target', '4.2.1'),
  refused(400, 'malformed-subprotocols', '4.1', 'Sec-WebSocket-Protocol'),
  refused(400, 'repeated-subprotocol', '4.1', 'Sec-WebSocket-Protocol'),
  refused(400, 'malformed-extensions', '9.1', 'Sec-WebSocket-Extensions'),
] as const satisfies readonly HandshakeRule[];
