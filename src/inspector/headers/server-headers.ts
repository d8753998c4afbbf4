import { quote } from '../../protocol/handshake/head/refusal.ts';
import type { HeaderDescription } from './header-description.ts';

/** Headers that servers and proxies add to a response or request. */
export const SERVER_HEADERS: readonly HeaderDescription[] = [
  {
    name: 'Date',
    section: 'RFC 9110 §6.6.1',
    describe: (value) => `The server says when it answered: ${quote(value)}.`,
  },
  {
    name: 'Server',
    section: 'RFC 9110 §10.2.4',
    describe: (value) => `The server says which program it is: ${quote(value)}.`,
  },
  {
    name: 'Set-Cookie',
    section: 'RFC 6265 §4.1',
    describe: (value) =>
      `The server asks the browser to keep the cookie ${quote(value.split('=')[0] ?? '')} and to send it next time.`,
  },
  {
    name: 'Content-Length',
    section: 'RFC 9110 §8.6',
    describe: (value) =>
      value === '0'
        ? 'Says that no body follows the head.'
        : `Says that a body follows the head, of this many bytes: ${quote(value)}; an opening handshake has none.`,
  },
  {
    name: 'Content-Type',
    section: 'RFC 9110 §8.3',
    describe: (value) => `Says what the body is: ${quote(value)}.`,
  },
  {
    name: 'Transfer-Encoding',
    section: 'RFC 9112 §6.1',
    describe: (value) =>
      `Says that a body follows, and in what form, here ${quote(value)}; an opening handshake has none.`,
  },
  {
    name: 'Allow',
    section: 'RFC 9110 §10.2.1',
    describe: (value) => `The server says which methods this address accepts: ${quote(value)}.`,
  },
  {
    name: 'Via',
    section: 'RFC 9110 §7.6.3',
    describe: (value) => `A proxy between client and server added its name here: ${quote(value)}.`,
  },
  {
    name: 'Keep-Alive',
    section: undefined,
    describe: (value) =>
      `Says how long an idle HTTP connection stays open, here ${quote(value)}; it does not apply to a WebSocket.`,
  },
];
