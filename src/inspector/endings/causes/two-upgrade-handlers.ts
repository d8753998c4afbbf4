import type { Cause } from '../cause.ts';

/** "HTTP" in the place of a frame: FIN, RSV1, opcode 8 and a length of 0x54. */
const HTTP_HEX = '48545450';

export const twoUpgradeHandlers: Cause = {
  name: 'two-upgrade-handlers',
  title: 'Two handlers answer one upgrade',
  group: 'rule',
  symptom:
    'The connection opens and fails at once with 1002 or 1006. Browsers report a broken frame, such as "RSV1 must be clear".',
  why: 'Two libraries listen to the same HTTP server. One of them opens the WebSocket, and the other one answers the same request with an HTTP error, into the open connection.',
  evidence:
    'After the 101, the server sends 48 54 54 50: the letters HTTP. Read as a frame, they have RSV1 set and a length of 84.',
  fix: 'Let only one handler see each path: give every WebSocket server of the process its own path, with noServer and one "upgrade" listener that chooses. A handler that does not know a path must leave the socket alone.',
  find({ server }) {
    if (!server.violation?.hex.startsWith(HTTP_HEX)) return undefined;
    return {
      evidence:
        'After its 101, the server sent an HTTP response into the open connection: 48 54 54 50 is "HTTP", not a frame.',
      likely: 'Two handlers answered one request: one opened the WebSocket, the other one refused it.',
    };
  },
};
