import { quote } from '../../protocol/handshake/head/refusal.ts';
import { type HeaderDescription, listOf } from './header-description.ts';

/** Headers that browsers send with any request, including an opening handshake. */
export const BROWSER_HEADERS: readonly HeaderDescription[] = [
  {
    name: 'User-Agent',
    section: 'RFC 9110 §10.1.5',
    describe: (value) => `The client says which program it is: ${quote(value)}; the handshake does not depend on it.`,
  },
  {
    name: 'Cache-Control',
    section: 'RFC 9111 §5.2',
    describe: (value) =>
      value.toLowerCase() === 'no-cache'
        ? 'The browser tells caches on the way not to answer from their store: this request must reach the server.'
        : `Tells caches on the way what they may do, here ${quote(value)}.`,
  },
  {
    name: 'Pragma',
    section: 'RFC 9111 §5.4',
    describe: () =>
      'For old HTTP/1.0 caches, the browser repeats here what Cache-Control says; newer caches ignore this header.',
  },
  {
    name: 'Cookie',
    section: 'RFC 6265 §5.4',
    describe(value) {
      const { length } = value.split(';').filter((pair) => pair.trim() !== '');
      const cookies = length === 1 ? 'one cookie' : `${length} cookies`;
      return `The browser adds the ${cookies} that it keeps for this host, whichever site's script connects: a reason to check Origin.`;
    },
  },
  {
    name: 'Authorization',
    section: 'RFC 9110 §11.6.2',
    describe: (value) =>
      `The client proves who it is, by the scheme ${quote(value.split(' ')[0] ?? '')}; a script cannot set it on a WebSocket.`,
  },
  {
    name: 'Accept',
    section: 'RFC 9110 §12.5.1',
    describe: (value) => `The client says which kinds of body it accepts, here ${quote(value)}; a 101 has no body.`,
  },
  {
    name: 'Accept-Encoding',
    section: 'RFC 9110 §12.5.3',
    describe: (value) =>
      `The browser says how a body may be compressed (${listOf(value).join(', ')}); it has no bearing on WebSocket messages.`,
  },
  {
    name: 'Accept-Language',
    section: 'RFC 9110 §12.5.4',
    describe: (value) => `The browser lists the languages that its user prefers: ${listOf(value).join(', ')}.`,
  },
  {
    name: 'Sec-Fetch-Site',
    section: undefined,
    describe: (value) =>
      `The browser says how the page's site and this server relate: ${quote(value)}; a script cannot set it.`,
  },
  {
    name: 'Sec-Fetch-Mode',
    section: undefined,
    describe: (value) => `The browser says what kind of request this is: ${quote(value)}; a script cannot set it.`,
  },
  {
    name: 'Sec-Fetch-Dest',
    section: undefined,
    describe: (value) => `The browser says what the response is for: ${quote(value)}; a script cannot set it.`,
  },
  {
    name: 'Sec-WebSocket-Origin',
    section: undefined,
    describe: (value) =>
      `Drafts of the protocol up to HyBi-10 had this header in place of Origin, here with ${quote(value)}.`,
  },
  {
    name: 'DNT',
    section: undefined,
    describe: (value) =>
      `The browser ${value === '1' ? 'asks not to be tracked' : 'does not object to being tracked'}.`,
  },
  {
    name: 'Sec-GPC',
    section: undefined,
    describe: () => "The browser asks the server not to sell or share its user's data.",
  },
];
