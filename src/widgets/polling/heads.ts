import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../../protocol/handshake/head/example-heads.ts';
import type { Heads } from '../base/polling-cost/overhead.ts';
import type { SourceEvent } from '../base/source/source.ts';

const CRLF = '0d0a';

/** The sample handshake of the RFC: as short as a head can be. */
export const EXAMPLE_HEADS: Heads = {
  requestBytes: EXAMPLE_REQUEST.length,
  requestHeaders: headersOf(EXAMPLE_REQUEST.split('\r\n').length),
  responseBytes: EXAMPLE_RESPONSE.length,
  responseHeaders: headersOf(EXAMPLE_RESPONSE.split('\r\n').length),
};

/**
 * The sizes of the heads that opened a connection.
 *
 * A request that polls has about the same: the same cookies and the same names of the browser, other Sec- headers.
 *
 * @returns undefined until both heads have been on the wire
 */
export function headsOf(events: readonly SourceEvent[]): Heads | undefined {
  const head = (direction: 'in' | 'out') => {
    for (const event of events) {
      if (event.type === 'wire' && event.message.type === 'handshake' && event.message.direction === direction) {
        return event.message;
      }
    }
    return undefined;
  };
  const [request, response] = [head('in'), head('out')];
  if (request === undefined || response === undefined) return undefined;
  return {
    requestBytes: request.byteLength,
    requestHeaders: headersOf(linesOfHex(request.hex)),
    responseBytes: response.byteLength,
    responseHeaders: headersOf(linesOfHex(response.hex)),
  };
}

function linesOfHex(hex: string): number {
  return (hex.match(/../g) ?? []).join(' ').split(CRLF.replace(/..(?=.)/, '$& ')).length;
}

/** The first line, the empty line and the empty text after it are not headers. */
function headersOf(lines: number): number {
  return lines - 3;
}
