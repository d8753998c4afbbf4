import { createHash } from 'node:crypto';
import { createServer as listen } from 'node:net';

const sha1 = (bytes) => new Uint8Array(createHash('sha1').update(bytes).digest());
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const concat = (...parts) => new Uint8Array(Buffer.concat(parts));

// Your functions come here: accept, decodeHeader, unmask, createServer.

listen((socket) => {
  const server = createServer();
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    if (socket.writableEnded) return;
    const { send, end } = server.receive(new Uint8Array(bytes));
    socket.write(send);
    if (end) socket.end();
  });
}).listen(9001, '127.0.0.1');
