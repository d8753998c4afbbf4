import { type AddressInfo, createServer } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

// A server of the ws package that echoes; or, with an address, a client. It prints its port, or 0, and is killed from outside.

const [address] = process.argv.slice(2);
if (address === undefined) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
    console.log((server.address() as AddressInfo).port);
  });
  server.on('connection', (socket) => void socket.on('message', (data) => socket.send(data.toString())));
} else {
  const socket = new WebSocket(address);
  socket.on('open', () => {
    socket.send('Hello');
    console.log(0);
  });
  // Keeps the process alive until it is killed.
  createServer().listen(0, '127.0.0.1');
}
