#!/usr/bin/env bash
# crossws 0.4.17, createWebSocketProxy in Node: when a client is lost (TCP ends, no close frame), the upstream gets a close frame with 1000,
# "normal closure". The upstream cannot tell a user who left from a connection that broke. The client's pings and pongs end at the proxy.
# Seen: client ends TCP -> upstream gets a masked close frame with 03 e8; a ping of the client -> nothing upstream.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts crossws@0.4.17 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { createWebSocketProxy } from 'crossws';
import adapter from 'crossws/adapters/node';

const upstream = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (bytes) => {
    const key = /^sec-websocket-key: *(\S+)/im.exec(bytes.toString('latin1'))[1];
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.on('data', (frame) => {
      const payload = frame.subarray(6).map((byte, index) => byte ^ frame[2 + (index % 4)]);
      console.log(`upstream gets opcode ${frame[0] & 15}, payload ${Buffer.from(payload).toString('hex')}`);
      process.exit();
    });
  });
});
await new Promise((done) => upstream.listen(0, '127.0.0.1', done));
const sockets = adapter({ hooks: createWebSocketProxy(`ws://127.0.0.1:${upstream.address().port}`) });
const http = createHttpServer();
http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head));
await new Promise((done) => http.listen(0, '127.0.0.1', done));

const client = connect(http.address().port, '127.0.0.1');
client.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
client.once('data', () => {
  client.write(Buffer.from('8982000000006869', 'hex')); // a ping "hi", which the proxy answers itself
  client.once('data', (pong) => {
    console.log(`client gets ${pong.toString('hex')}`);
    setTimeout(() => client.end(), 500); // long enough for the connection to the upstream to be open
  });
});
setTimeout(() => process.exit(2), 15_000);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'client gets 8a026869
upstream gets opcode 8, payload 03e8' ]
