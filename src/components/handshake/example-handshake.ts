import { formatHex } from '../../bytes/hex.ts';
import { ECHO_PATH } from '../../companion/paths.ts';
import { describeHeader } from '../../inspector/headers/describe-header.ts';
import { acceptSteps } from '../../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY, EXAMPLE_REQUEST } from '../../protocol/handshake/head/example-heads.ts';
import { formatRequestHead, formatResponseHead } from '../../protocol/handshake/head/format-head.ts';
import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { type AcceptedRequest, checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { acceptRequest, chooseSubprotocol } from '../../protocol/handshake/response/respond.ts';

/** One line of a head, with its explanation. */
export interface ExplainedLine {
  readonly line: string;
  readonly sentence: string;
  readonly section: string | undefined;
}

/** The steps from the key to the accept, for the RFC's sample handshake. RFC 6455 §1.3. */
export const EXAMPLE_STEPS = acceptSteps(EXAMPLE_KEY);

const FIRST_LINES = {
  request: {
    sentence:
      'The path says which of the server’s services the client wants. In HTTP/1.1 the method is always GET. HTTP/1.0 has no Upgrade, so it is not enough.',
    section: '4.1',
  },
  response: {
    sentence: 'The server agrees to change the protocol. Any other status means that it does not.',
    section: '1.3',
  },
};

const EMPTY_LINES = {
  request: 'An empty line ends the head. Now the client waits for the answer.',
  response: 'An empty line ends the head. The next byte is the first byte of a frame.',
};

/**
 * The RFC's sample request, or the answer that our server gives to it, line by line.
 *
 * @throws Error if our own server refuses the sample: then the protocol code has a bug
 */
export function explainExample(of: 'request' | 'response'): ExplainedLine[] {
  const text = of === 'request' ? EXAMPLE_REQUEST : answerToExample();
  const [firstLine = '', ...rest] = text.trimEnd().split('\r\n');
  const headers = rest.map((line) => {
    const colon = line.indexOf(':');
    return { line, ...describeHeader(line.slice(0, colon), line.slice(colon + 1), of) };
  });
  const end = { line: '', sentence: EMPTY_LINES[of], section: undefined };
  return [{ line: firstLine, ...FIRST_LINES[of] }, ...headers, end];
}

/** The headers that browsers add to those of the handshake. */
const BROWSER_HEADERS = [
  { name: 'Pragma', value: 'no-cache' },
  { name: 'Cache-Control', value: 'no-cache' },
  { name: 'Accept-Encoding', value: 'gzip, deflate, br' },
  { name: 'Accept-Language', value: 'en-US,en;q=0.9' },
  { name: 'Sec-WebSocket-Extensions', value: 'permessage-deflate; client_max_window_bits' },
];

/** A request to the echo as a browser sends it, with the RFC's key, and the answer that our server gives; in hex. */
export function browserExample(): { readonly request: string; readonly response: string } {
  const [host, origin] = ['localhost:8080', 'http://localhost:8080'];
  const head = createRequest({ host, origin, target: ECHO_PATH, key: EXAMPLE_KEY, headers: BROWSER_HEADERS });
  const checked = checkRequest(head);
  if ('refusal' in checked) throw new Error(`The browser's request is refused: ${checked.refusal.sentence}`);
  const response = formatResponseHead(acceptRequest(checked.request, {}));
  return { request: formatHex(formatRequestHead(head)), response: formatHex(response) };
}

function answerToExample(): string {
  const { request } = acceptExample();
  const subprotocol = chooseSubprotocol(request.subprotocols, ['chat']);
  return new TextDecoder().decode(formatResponseHead(acceptRequest(request, { subprotocol })));
}

function acceptExample(): { request: AcceptedRequest } {
  const checked = checkRequest(readRequest(EXAMPLE_REQUEST));
  if ('refusal' in checked) throw new Error(`The sample request is refused: ${checked.refusal.sentence}`);
  return checked;
}

/** @throws Error if the text is not the head of a request */
export function readRequest(text: string): RequestHead {
  const result = parseRequestHead(new TextEncoder().encode(text));
  if (result.kind === 'complete') return result.head;
  throw new Error(`An example head does not parse (${result.kind}): ${text}`);
}
