import type { ConformanceCase } from './case.ts';
import type { OpeningRequest } from './opening-request.ts';

/** What a server demands of every request, beyond RFC 6455. */
export interface Demands {
  /** Header lines, such as `Cookie: a=b`. */
  readonly headers?: readonly string[] | undefined;
  readonly subprotocol?: string | undefined;
}

/** How a server that echoes differs from one that sends back what it received and nothing else. */
export interface EchoHabits {
  /** How many messages it sends first, on every connection. */
  readonly greetings?: number | undefined;
  /** What stands in front of every message that it sends back. */
  readonly echoPrefix?: Uint8Array | undefined;
}

const END = '\r\n\r\n';

/**
 * The case with a request that meets the demands. A header that the case has itself stays as it is: the case is about it.
 * A head without an end gets nothing.
 */
export function adaptCase(conformanceCase: ConformanceCase, { headers = [], subprotocol }: Demands): ConformanceCase {
  const { opening } = conformanceCase;
  const added = headers.filter((line) => !hasHeader(opening, line.slice(0, line.indexOf(':'))));
  const offers = subprotocol !== undefined && !hasHeader(opening, 'Sec-WebSocket-Protocol');
  const lines = offers ? [...added, `Sec-WebSocket-Protocol: ${subprotocol}`] : added;
  if (lines.length === 0 || !opening.head.endsWith(END)) return conformanceCase;
  const head = `${opening.head.slice(0, -END.length)}\r\n${lines.join('\r\n')}${END}`;
  return {
    ...conformanceCase,
    opening: { ...opening, head, subprotocols: offers ? [subprotocol] : opening.subprotocols },
  };
}

function hasHeader({ head }: OpeningRequest, name: string): boolean {
  return head.toLowerCase().includes(`\n${name.toLowerCase()}:`);
}
