import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { computeAccept, encodeCloseBody, encodeFrame } from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';

/** In Latin-1, as a head is read: C1 controls, among them one that begins a terminal's commands, and a soft hyphen. */
const HEAD = 'X-Evil: <img src=/x onerror=evil()>\x85\x9b31m\xad';
const REASON = '<b>\u202e\u2066\u200b\u001b[2J';

/**
 * A server that answers every second opening handshake with a hostile refusal, and the others with hostile messages and
 * a hostile reason.
 *
 * @param text a message that it sends as it is
 */
export async function startHostileServer(text: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('data', (head: Buffer) => {
      asked++;
      const key = /^Sec-WebSocket-Key: (.*)\r$/m.exec(head.toString('latin1'))?.[1] ?? '';
      socket.end(asked % 2 === 0 ? refusal() : Buffer.concat([opening(key), ...messages(text)]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function refusal(): Buffer {
  return Buffer.from(
    `HTTP/1.1 403 <script>evil()</script>\x85\x9b2J\xad\r\n${HEAD}\r\nContent-Length: 0\r\n\r\n`,
    'latin1',
  );
}

function opening(key: string): Buffer {
  const lines = ['HTTP/1.1 101 <script>evil()</script>\x9b2J', 'Upgrade: websocket', 'Connection: Upgrade'];
  const head = [...lines, `Sec-WebSocket-Accept: ${computeAccept(key)}`, HEAD];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
}

function messages(text: string): Uint8Array[] {
  const short = '<b>\u202e\u001b\u009b</b>';
  return [
    encodeFrame({ opcode: 1, payload: encodeText(short) }),
    encodeFrame({ opcode: 1, payload: encodeText(text) }),
    encodeFrame({ opcode: 10, payload: encodeText(short) }),
    encodeFrame({ opcode: 8, payload: encodeCloseBody(4000, REASON) }),
  ];
}
