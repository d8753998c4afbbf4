import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { conformance, matchers } from '../../server/vitest/index.ts';

// Your own server in the place of this one, and 'framelight/vitest' in the place of the path above.

expect.extend(matchers);

let server: WebSocketServer;
let port: number;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer, isBinary) => {
      // With BROKEN=1 it forgets that a message can be binary, as many servers do.
      socket.send(data, { binary: isBinary && process.env['BROKEN'] !== '1' });
    });
  });
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

conformance(() => `ws://127.0.0.1:${port}/`, { only: '5.4-' });

test('the server says hello in one frame', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  expect(head.toString()).toMatch(/^HTTP\/1\.1 101 /);
  socket.write(Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58));
  const [frame] = (await once(socket, 'data')) as [Buffer];
  expect(frame).toBeFrame({ opcode: 'text', masked: false, payload: 'Hello' });
  expect(frame).not.toBreakRule();
  socket.destroy();
});
