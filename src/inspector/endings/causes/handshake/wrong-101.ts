import {
  headerTokens,
  headerValues,
  type RequestHead,
  type ResponseHead,
} from '../../../../protocol/handshake/head/head.ts';
import { checkResponse } from '../../../../protocol/handshake/response/check-response.ts';
import type { Cause } from '../../cause.ts';
import { refusedByClient, sayRefused, sentNothingAfter101 } from '../../refused-by-client.ts';
import type { Story } from '../../story.ts';
import { sayText } from '../../words.ts';

interface Handshake {
  readonly request: RequestHead;
  readonly response: ResponseHead;
}

/** Both heads, if the answer is a 101 with which the client did nothing. */
function refusedHandshake(story: Story): Handshake | undefined {
  const { request, response } = story;
  if (request.kind !== 'head' || response.kind !== 'head' || !sentNothingAfter101(story)) return undefined;
  return { request: request.head, response: response.head };
}

/** The rule that the 101 breaks, apart from the extensions, whose offers the core's own client does not make. */
function brokenRule({
  request,
  response,
}: Handshake): { readonly rule: string; readonly sentence: string } | undefined {
  const [key = ''] = headerValues(request, 'Sec-WebSocket-Key');
  const headers = response.headers.filter(({ name }) => name.toLowerCase() !== 'sec-websocket-extensions');
  const subprotocols = headerTokens(request, 'Sec-WebSocket-Protocol');
  const checked = checkResponse({ ...response, headers }, { key, subprotocols });
  return 'refusal' in checked ? checked.refusal : undefined;
}

export const upgradeHeadersChanged: Cause = {
  name: 'upgrade-headers-changed',
  title: 'The 101 lacks Upgrade or Connection',
  group: 'never-opened',
  symptom: 'The client refuses the handshake although the status is 101: "Upgrade header is missing".',
  why: 'Upgrade and Connection are meant for the next program only, so a proxy has to write them itself. Many proxies do not do that unless they are configured to.',
  evidence: 'A 101 without Upgrade: websocket, or whose Connection does not contain Upgrade.',
  fix: 'Let the server send exactly Upgrade: websocket and Connection: Upgrade. Configure every proxy in between to pass WebSockets on.',
  find(story) {
    const handshake = refusedHandshake(story);
    const broken = handshake && brokenRule(handshake);
    if (broken === undefined || !/upgrade|http-version/.test(broken.rule)) return undefined;
    return {
      evidence: `${broken.sentence} ${sayRefused(story)}`,
      likely: 'The server left the header out, or a proxy in between changed it.',
    };
  },
};

export const subprotocolNotOffered: Cause = {
  name: 'subprotocol-not-offered',
  title: 'A subprotocol that was not offered',
  group: 'never-opened',
  symptom: 'Chromium says that the response must not include Sec-WebSocket-Protocol, or that it does not match.',
  why: 'A server may choose one of the subprotocols that the client offers, or none. Some servers always answer with the same name. Others copy the client’s whole list.',
  evidence: 'A 101 with a Sec-WebSocket-Protocol that is not one of the offered names.',
  fix: 'Offer the subprotocol in the client: new WebSocket(url, "name"). Or let the server choose one of the offered names, and leave the header out if it knows none.',
  find(story) {
    const handshake = refusedHandshake(story);
    const broken = handshake && brokenRule(handshake);
    if (broken === undefined || !/subprotocol/.test(broken.rule)) return undefined;
    return {
      evidence: `${broken.sentence} ${sayRefused(story)}`,
      likely: 'The server names a subprotocol without looking at what the client offers.',
    };
  },
};

const nameOf = (extension: string) => (extension.split(';')[0] ?? '').trim().toLowerCase();

export const extensionNotOffered: Cause = {
  name: 'extension-not-offered',
  title: 'An extension that was not offered',
  group: 'never-opened',
  symptom: 'The client refuses the handshake and names Sec-WebSocket-Extensions.',
  why: 'A server may only use extensions that the client offers. A server that always compresses breaks this rule. So does a proxy that removes the offer from the request.',
  evidence: 'A 101 with an extension that the request does not name.',
  fix: 'Turn compression off in the server, or let it look at the offer first.',
  find(story) {
    const handshake = refusedHandshake(story);
    if (handshake === undefined) return undefined;
    const offered = new Set(headerTokens(handshake.request, 'Sec-WebSocket-Extensions').map(nameOf));
    const extra = headerTokens(handshake.response, 'Sec-WebSocket-Extensions').find((one) => !offered.has(nameOf(one)));
    if (extra === undefined) return undefined;
    return {
      evidence: `The 101 uses the extension ${sayText(extra)}, which the request does not offer. ${sayRefused(story)}`,
      likely: 'The server uses it for every client, or a proxy removed the offer.',
    };
  },
};

export const noSubprotocolChosen: Cause = {
  name: 'no-subprotocol-chosen',
  title: 'The server chose none of the offered subprotocols',
  group: 'never-opened',
  symptom:
    'Chromium says: "Sent non-empty Sec-WebSocket-Protocol header but no response was received". Firefox opens the connection.',
  why: 'A page offers subprotocols, and the server answers without the header. Chromium then fails the connection. Firefox opens it.',
  evidence: 'A request with Sec-WebSocket-Protocol, a 101 without it, and then the client ends the connection.',
  fix: 'Let the server answer with one of the offered names, or let the page offer none.',
  find(story) {
    const handshake = refusedHandshake(story);
    if (handshake === undefined || !refusedByClient(story) || brokenRule(handshake) !== undefined) return undefined;
    const offered = headerTokens(handshake.request, 'Sec-WebSocket-Protocol');
    if (offered.length === 0 || headerValues(handshake.response, 'Sec-WebSocket-Protocol').length > 0) return undefined;
    return {
      evidence: `The client offered ${sayText(offered.join(', '))}, the 101 names no subprotocol, and the client ended the connection without a frame.`,
      likely: 'The client insists on a subprotocol, as Chromium does.',
    };
  },
};

export const connectionListRefused: Cause = {
  name: 'connection-list-refused',
  title: 'Connection: keep-alive, Upgrade in the 101',
  group: 'never-opened',
  symptom: 'Browsers open the connection, but other clients refuse it: Node, Deno, aiohttp, Qt and others.',
  why: 'Connection is a list, so Connection: keep-alive, Upgrade is right. But many clients compare the whole header with the word Upgrade, and refuse a list or a second line.',
  evidence: 'A correct 101 with more than one word in Connection. Then the client ends the connection without a frame.',
  fix: 'Let the server, or the proxy in front of it, send exactly Connection: Upgrade.',
  find(story) {
    const handshake = refusedHandshake(story);
    if (handshake === undefined || !refusedByClient(story) || brokenRule(handshake) !== undefined) return undefined;
    const values = headerValues(handshake.response, 'Connection');
    if (headerTokens(handshake.response, 'Connection').length < 2 && values.length < 2) return undefined;
    return {
      evidence: `The 101 is right, its Connection header is ${sayText(values.join(', '))}, and the client ended the connection without a frame.`,
      likely:
        'Many clients accept only the single word Upgrade there: Node, Deno, websocket, aiohttp, Qt 5 and others.',
    };
  },
};
