import {
  hasHeaderToken,
  headerValues,
  type RequestHead,
  type ResponseHead,
} from '../../../../protocol/handshake/head/head.ts';
import type { Cause } from '../../cause.ts';
import { nameHops } from '../../hops.ts';
import type { Story } from '../../story.ts';
import { sayText } from '../../words.ts';
import { meaningOfStatus } from './http-statuses.ts';

/** The response, if it is not a 101. */
function refusalOf({ response, opened }: Story): ResponseHead | undefined {
  return !opened && response.kind === 'head' && response.head.httpStatus >= 200 ? response.head : undefined;
}

const requestOf = ({ request }: Story): RequestHead | undefined => (request.kind === 'head' ? request.head : undefined);

const sayStatus = ({ httpStatus, reasonPhrase }: ResponseHead) =>
  `The server answered ${sayText(`${httpStatus} ${reasonPhrase}`.trim())} instead of 101.`;

/** Who says that it answered: `Its Server header is "nginx/1.22.1".` */
const sayServer = (head: ResponseHead) =>
  nameHops(head)
    .map((hop) => ` ${hop}`)
    .join('');

export const upgradeRemoved: Cause = {
  name: 'upgrade-removed',
  title: 'A proxy removed Upgrade from the request',
  group: 'never-opened',
  symptom: 'Without the proxy, the connection opens. With it, the answer is 400, 404, 426 or a page.',
  why: 'Upgrade and Connection are meant for the next program only, so a proxy does not pass them on unless you configure it to. nginx needs three lines for it. Varnish without vcl_pipe sends Connection: close.',
  evidence:
    'Recorded between the proxy and the server: a request with Sec-WebSocket-Key, but without Upgrade or without Connection: Upgrade.',
  fix: 'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; Apache: mod_proxy_wstunnel, or upgrade=websocket.',
  find(story) {
    const request = requestOf(story);
    const refusal = refusalOf(story);
    if (request === undefined || refusal === undefined) return undefined;
    if (headerValues(request, 'Sec-WebSocket-Key').length === 0) return undefined;
    const hasUpgrade = hasHeaderToken(request, 'Upgrade', 'websocket');
    const hasConnection = hasHeaderToken(request, 'Connection', 'upgrade');
    if (hasUpgrade && hasConnection) return undefined;
    const lacks = hasUpgrade ? 'its Connection header does not contain Upgrade' : 'it has no Upgrade: websocket';
    return {
      evidence: `The request has a Sec-WebSocket-Key, but ${lacks}. ${sayStatus(refusal)}`,
      likely: 'A proxy between the client and this point removed or changed the header.',
    };
  },
};

export const redirected: Cause = {
  name: 'redirected',
  title: 'The server redirects the handshake',
  group: 'never-opened',
  symptom: 'The handshake fails with a status from 301 to 308. An ordinary page at the same address works.',
  why: 'Servers redirect to https://, to another host name, to a login page, or to an address with a slash at the end. When they open a WebSocket, Chromium, Firefox, Node, Bun, Deno and ws do not follow redirects.',
  evidence: 'A status from 301 to 308 with a Location header.',
  fix: 'Use the address in Location, with ws:// for http:// and wss:// for https://.',
  find(story) {
    const refusal = refusalOf(story);
    if (refusal === undefined || refusal.httpStatus < 300 || refusal.httpStatus >= 400) return undefined;
    const [location] = headerValues(refusal, 'Location');
    const to = location === undefined ? '' : ` Location is ${sayText(location)}.`;
    const https = location?.startsWith('https:')
      ? 'The server wants TLS, or another address.'
      : 'The server sends the client to another address: often the same one with or without a slash at the end, or a login page.';
    return {
      evidence: sayStatus(refusal) + to + sayServer(refusal),
      likely: `${https} Most clients do not follow a redirect here.`,
    };
  },
};

export const originRefused: Cause = {
  name: 'origin-refused',
  title: 'The server refuses the page’s origin',
  group: 'never-opened',
  symptom: 'A browser gets 403 or 400, but a program such as wscat can connect to the same address.',
  why: 'A browser sends the Origin of the page. A server compares it with a list, because otherwise any page could use the cookies of a user. An origin with a new domain, without its port, or with http instead of https is not on the list.',
  evidence: 'A request with Origin gets 403. The same request without Origin gets 101.',
  fix: 'Add the page’s origin, exactly as it is in the Origin header, to the list of the server. Do not switch the check off.',
  find(story) {
    const refusal = refusalOf(story);
    const request = requestOf(story);
    const [origin] = request === undefined ? [] : headerValues(request, 'Origin');
    if (refusal?.httpStatus !== 403 || origin === undefined) return undefined;
    return {
      evidence: `${sayStatus(refusal)} The request has the Origin ${sayText(origin)}.${sayServer(refusal)}`,
      likely:
        'Perhaps the server does not allow this origin. Missing credentials and web application firewalls lead to the same status.',
      fix: 'Try again without Origin: framelight doctor URL does both. If that opens, add this origin to the list of the server.',
    };
  },
};

export const refusedWithStatus: Cause = {
  name: 'refused-with-status',
  title: 'The server answers with a status other than 101',
  group: 'never-opened',
  symptom: 'The console says "Unexpected response code: 404" or something like it, and the close event has 1006.',
  why: 'Only 101 opens a WebSocket. Every other status is a refusal, and its number is the first hint at the reason.',
  evidence: 'A response with a status other than 101.',
  fix: 'Look the status up in the table below, and read the body of the answer.',
  find(story) {
    const refusal = refusalOf(story);
    if (refusal === undefined) return undefined;
    return { evidence: sayStatus(refusal) + sayServer(refusal), ...meaningOfStatus(refusal.httpStatus) };
  },
};
