import { computeAccept } from '../src/protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY } from '../src/protocol/handshake/head/example-heads.ts';
import { type Header, headerValues, type RequestHead, type ResponseHead } from '../src/protocol/handshake/head/head.ts';
import { HANDSHAKE_RULES } from '../src/protocol/handshake/rules.ts';
import {
  byId,
  type Fault,
  mayRefuse,
  mildRefusals,
  opens,
  refusals,
  sendsTooEarly,
  strictRefusals,
} from './conformance-fault.ts';

const withHeaders = (response: ResponseHead, ...headers: Header[]): ResponseHead => ({
  ...response,
  headers: [...response.headers, ...headers],
});
const without = (response: ResponseHead, name: string): ResponseHead => ({
  ...response,
  headers: response.headers.filter((header) => header.name !== name),
});
const replacing = (response: ResponseHead, header: Header): ResponseHead =>
  withHeaders(without(response, header.name), header);
const sendingBack =
  (offer: string) =>
  (response: ResponseHead, request: RequestHead): ResponseHead => {
    const [value] = headerValues(request, offer);
    return value === undefined ? response : withHeaders(response, { name: offer, value });
  };

/** One rule after the other that is not looked at. */
const BY_RULE: readonly Fault[] = HANDSHAKE_RULES.filter(
  // How many headers a server takes is its own to choose: no case is about it.
  ({ brokenBy, name }) => brokenBy !== 'server' && name !== 'too-many-headers',
).map(({ name }) => ({
  name: `opens despite ${name}`,
  breaks: (given) => strictRefusals(given) && given.rule === name,
  bends: (given) => mildRefusals(given) && given.rule === name,
  opensDespite: (rule) => rule === name,
}));

/** What a server does wrong in the opening handshake. RFC 6455 §4. */
export const OPENING_FAULTS: readonly Fault[] = [
  { name: 'opens every connection', breaks: strictRefusals, bends: mildRefusals, opensDespite: () => true },
  ...BY_RULE,
  {
    name: 'opens on every path',
    breaks: () => false,
    bends: ({ rule }) => rule === 'no-such-path',
    opensDespite: (rule) => rule === 'no-such-path',
  },
  { name: 'refuses with 500', breaks: refusals, refusal: (response) => ({ ...response, httpStatus: 500 }) },
  {
    name: 'breaks over a key with spare bits',
    breaks: byId('4.2.1-refuses-malformed-key-spare-bits'),
    refusesHead: (text) => /^Sec-WebSocket-Key: .{21}R==\r$/m.test(text),
    refusal: (response) => ({ ...response, httpStatus: 500 }),
  },
  {
    name: 'refuses without naming its version',
    breaks: ({ rule = '' }) => rule.endsWith('-version'),
    refusal: (response) => without(response, 'Sec-WebSocket-Version'),
  },
  {
    name: 'refuses without the header that belongs to the status',
    breaks: ({ rule }) => rule === 'method-not-get' || rule === 'missing-upgrade',
    refusal: (response) => without(without(response, 'Allow'), 'Upgrade'),
  },
  {
    name: 'refuses everybody',
    breaks: opens,
    bends: (given) => mayRefuse(given) || sendsTooEarly(given),
    refusesHead: () => true,
  },
  {
    name: 'hangs up on everybody',
    breaks: opens,
    bends: (given) => mayRefuse(given) || sendsTooEarly(given),
    hangsUp: true,
  },
  {
    name: 'looks for headers by their spelling',
    breaks: byId(
      '4.2.1-opens-names',
      '4.2.1-opens-upgrade-mixed',
      '4.2.1-opens-upgrade-upper',
      '4.2.1-opens-connection',
      '4.2.1-opens-spaces',
      '4.2.1-opens-tabs',
      '4.2.1-opens-no-white',
    ),
    bends: byId('4.2.1-opens-upgrade-list', '4.2.1-opens-upgrade-empty'),
    refusesHead: (text) =>
      !(text.includes('\r\nUpgrade: websocket\r\n') && text.includes('\r\nConnection: Upgrade\r\n')) ||
      text.includes('\r\nConnection: keep-alive\r\n'),
  },
  {
    name: 'takes no empty element in a list',
    breaks: byId('4.2.1-opens-connection-empty', '4.2.1-opens-connection-list-empty', '9.1-opens-extensions-empty'),
    bends: byId('4.2.1-opens-upgrade-empty', '4.2.2-opens-subprotocols-empty'),
    refusesHead: (text) =>
      /^(Connection|Upgrade|Sec-WebSocket-(Protocol|Extensions)):([ ]*,|.*,[ ]*,|.*,[ ]*\r$)/m.test(text),
  },
  {
    name: 'looks for headers by their place',
    breaks: byId('4.2.1-opens-order'),
    refusesHead: (text) => !/^[^\n]*\nHost/i.test(text),
  },
  {
    name: 'takes no header that it does not know',
    breaks: byId('4.2.1-opens-unknown', '4.2.1-opens-cookie', '4.2.1-opens-origin'),
    refusesHead: (text) => /\r\n(X-|Cookie|Origin)/.test(text),
  },
  {
    name: 'takes only a path for a target',
    breaks: byId('4.2.1-opens-absolute'),
    refusesHead: (text) => !text.startsWith('GET /'),
  },
  {
    name: 'needs the request in one read',
    breaks: (given) => /^4\.2\.1-opens-cut-\d$/.test(given.id),
    needsHeadInOneRead: true,
  },
  {
    name: 'loses what came with the request',
    breaks: () => false,
    bends: (given) => sendsTooEarly(given) && given.opening.cut === 'whole',
    losesBytesBehindHead: true,
  },
  {
    name: 'always sends the accept of the sample key',
    breaks: byId('4.2.2-accept'),
    response: (response) => replacing(response, { name: 'Sec-WebSocket-Accept', value: computeAccept(EXAMPLE_KEY) }),
  },
  {
    name: 'takes every extension',
    breaks: byId('4.2.2-opens-extension', '9.1-opens-extension'),
    response: sendingBack('Sec-WebSocket-Extensions'),
  },
  {
    name: 'names a subprotocol that nobody offered',
    breaks: byId('4.2.2-opens-subprotocol'),
    response: (response) => withHeaders(response, { name: 'Sec-WebSocket-Protocol', value: 'chat' }),
  },
  {
    name: 'sends the list of subprotocols back',
    breaks: byId('4.2.2-opens-subprotocols-unknown'),
    response: sendingBack('Sec-WebSocket-Protocol'),
  },
];
