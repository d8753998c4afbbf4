import { acceptSteps, checkKey, NONCE_LENGTH } from '../../protocol/handshake/accept/accept-key.ts';
import { quote } from '../../protocol/handshake/head/refusal.ts';
import { WEBSOCKET_VERSION } from '../../protocol/handshake/request/negotiation-checks.ts';
import { type HeaderDescription, listOf } from './header-description.ts';

/** The headers that make a request or response an opening handshake. RFC 6455 §4.1, §4.2.2, §11.3. */
export const HANDSHAKE_HEADERS: readonly HeaderDescription[] = [
  {
    name: 'Host',
    section: '4.1',
    describe(value) {
      const [, name = value, port] = /^(.*):(\d+)$/.exec(value) ?? [];
      const shown = port === undefined ? `${quote(name)}, on the usual port` : `${quote(name)}, port ${port}`;
      return `The client copies it from the address, so that one machine can serve many names: here ${shown}.`;
    },
  },
  {
    name: 'Upgrade',
    section: '4.1',
    describe: (value) =>
      value.toLowerCase() === 'websocket'
        ? 'Names the protocol to change to: the client sends it to ask for WebSocket, and the server sends it back to agree.'
        : `Names protocols to change to, here ${quote(value)}; an opening handshake needs websocket among them.`,
  },
  {
    name: 'Connection',
    section: '4.1',
    describe(value) {
      if (listOf(value).some((option) => option.toLowerCase() === 'upgrade')) {
        return 'Marks Upgrade as meant for this one connection, so that a proxy does not simply pass it on.';
      }
      return `Lists options for this one connection, here ${quote(value)}; an opening handshake needs Upgrade among them.`;
    },
  },
  {
    name: 'Sec-WebSocket-Key',
    section: '4.1',
    describe(value) {
      const problem = checkKey(value);
      if (problem !== undefined)
        return `It must be ${NONCE_LENGTH} random bytes in base64, but it is not: ${problem.sentence}`;
      return `The client drew ${NONCE_LENGTH} random bytes and wrote them in base64; the server must answer ${acceptSteps(value).accept}, which shows that it read them.`;
    },
  },
  {
    name: 'Sec-WebSocket-Version',
    section: '4.1',
    describe: (value) =>
      value === WEBSOCKET_VERSION
        ? `The version of the protocol: ${WEBSOCKET_VERSION} is that of RFC 6455, the only one in use.`
        : `Names versions of the protocol, here ${quote(value)}; RFC 6455 is version ${WEBSOCKET_VERSION}, and lower numbers are drafts.`,
  },
  {
    name: 'Sec-WebSocket-Accept',
    section: '4.2.2',
    describe: (value) =>
      `The server computed ${quote(value)} from the key of the request; the client compares it with its own result and fails the connection if they differ.`,
  },
  {
    name: 'Sec-WebSocket-Protocol',
    section: '1.9',
    describe(value) {
      const names = listOf(value);
      const shown = names.map(quote).join(', ');
      return names.length > 1
        ? `The client offers ${names.length} subprotocols, its favorite first: ${shown}; the server chooses one of them or none.`
        : `A subprotocol says what the messages mean. In a request, the client offers ${shown}; in a response, the server chose it.`;
    },
  },
  {
    name: 'Sec-WebSocket-Extensions',
    section: '9.1',
    describe(value) {
      const names = listOf(value).map((element) => quote(element.split(';')[0]?.trim() ?? ''));
      return `An extension changes how frames are read: the client offers ${names.join(', ')}, and it is used only if the response names it too.`;
    },
  },
  {
    name: 'Origin',
    section: '10.2',
    describe: (value) =>
      value === 'null'
        ? 'The browser says that the script comes from a page without an address of its own, such as a file or a sandbox.'
        : `The browser says which site's script opened the connection, here ${quote(value)}; no script can change it, so the server can refuse other sites.`,
  },
];
