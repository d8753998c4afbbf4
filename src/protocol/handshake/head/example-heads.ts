const CRLF = '\r\n';

/** The key of the RFC's sample handshake: "the sample nonce" in base64. RFC 6455 §1.3. */
export const EXAMPLE_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The values of the sample request that its client must remember to check the answer. */
export const EXAMPLE_SENT = { key: EXAMPLE_KEY, subprotocols: ['chat', 'superchat'] } as const;

/** The request of the RFC's sample handshake, which keeps every rule. RFC 6455 §1.3. */
export const EXAMPLE_REQUEST = joinLines(
  'GET /chat HTTP/1.1',
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${EXAMPLE_KEY}`,
  'Origin: http://example.com',
  'Sec-WebSocket-Protocol: chat, superchat',
  'Sec-WebSocket-Version: 13',
);

/** The response of the RFC's sample handshake, which keeps every rule. RFC 6455 §1.3. */
export const EXAMPLE_RESPONSE = joinLines(
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  'Sec-WebSocket-Protocol: chat',
);

/** Ends every line of a head with CR LF and the head with an empty line. RFC 9112 §2.1. */
export function joinLines(...lines: string[]): string {
  return [...lines, '', ''].join(CRLF);
}

/**
 * Puts other lines, or none, in the place of one line of a head.
 *
 * @throws RangeError when the head has no such line
 */
export function replaceLine(head: string, line: string, ...replacement: string[]): string {
  const lines = head.split(CRLF);
  const index = lines.indexOf(line);
  if (index < 0) throw new RangeError(`The head has no line "${line}".`);
  return lines.toSpliced(index, 1, ...replacement).join(CRLF);
}

/** The sample request with other lines, or none, in place of one line. */
export function inRequest(line: string, ...replacement: string[]): string {
  return replaceLine(EXAMPLE_REQUEST, line, ...replacement);
}

/** The sample response with other lines, or none, in place of one line. */
export function inResponse(line: string, ...replacement: string[]): string {
  return replaceLine(EXAMPLE_RESPONSE, line, ...replacement);
}
