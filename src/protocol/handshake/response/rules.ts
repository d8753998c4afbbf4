import type { HandshakeRule } from '../handshake-rule.ts';

const refused = <Name extends string>(name: Name, section: string, headerName?: string) => ({
  name,
  section,
  refusedBy: 'client' as const,
  httpStatus: undefined,
  ...(headerName === undefined ? {} : { headerName }),
});

/** What a server's response can get wrong, in the order in which a client checks it. RFC 6455 §4.1. */
export const RESPONSE_RULES = [
  refused('status-not-101', '4.1'),
  refused('response-http-version-too-low', 'RFC 9110 §15.2'),
  refused('response-without-upgrade', '4.1', 'Upgrade'),
  refused('response-upgrade-not-websocket', '4.1', 'Upgrade'),
  refused('response-connection-not-upgrade', '4.1', 'Connection'),
  refused('missing-accept', '4.1', 'Sec-WebSocket-Accept'),
  refused('repeated-accept', '11.3.3', 'Sec-WebSocket-Accept'),
  refused('wrong-accept', '4.1', 'Sec-WebSocket-Accept'),
  refused('extension-not-offered', '4.1', 'Sec-WebSocket-Extensions'),
  refused('several-subprotocols', '11.3.4', 'Sec-WebSocket-Protocol'),
  refused('subprotocol-not-offered', '4.1', 'Sec-WebSocket-Protocol'),
] as const satisfies readonly HandshakeRule[];
