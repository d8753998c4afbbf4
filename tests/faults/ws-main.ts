import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

// The ws package in a process of its own, to be looked at beside our server. It echoes, wherever one connects to.
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, binary) => socket.send(data, { binary }));
});
server.on('listening', () => {
  process.stdout.write(`http://localhost:${(server.address() as AddressInfo).port}\n`);
});
