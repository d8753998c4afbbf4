import type { ServerResponse } from 'node:http';
import type { HttpRefusal } from '../../src/companion/policy/refusal.ts';
import { formatResponseHead, refuseRequest } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { NO_STORE, SAFE_HEADERS } from './safe-headers.ts';

/** The whole answer that refuses a request, as bytes for a socket that Node's HTTP has released. RFC 9112 §4. */
export function formatRefusal(refused: HttpRefusal): Uint8Array<ArrayBuffer> {
  const { head, body } = refuseSafely(refused);
  return Uint8Array.from([...formatResponseHead(head), ...encodeText(body)]);
}

/** Sends the same answer, byte for byte, through Node's HTTP. */
export function sendRefusal(response: ServerResponse, refused: HttpRefusal): void {
  const { head, body } = refuseSafely(refused);
  response.sendDate = false;
  // HTTP/2 has neither a reason phrase nor headers about the connection. RFC 9113 §8.2.2, §8.3.2.
  if (response.req.httpVersionMajor > 1) {
    for (const { name, value } of head.headers)
      if (!/^(?:connection|upgrade)$/i.test(name)) response.setHeader(name, value);
    response.writeHead(head.httpStatus);
  } else {
    response.writeHead(
      head.httpStatus,
      head.reasonPhrase,
      head.headers.flatMap(({ name, value }) => [name, value]),
    );
  }
  response.end(body);
}

/** The answer quotes the request, so browsers must treat it as plain text and must not cache it. */
export function refuseSafely(refused: HttpRefusal): ReturnType<typeof refuseRequest> {
  return refuseRequest({ ...refused, headers: [...refused.headers, NO_STORE, ...SAFE_HEADERS] });
}
