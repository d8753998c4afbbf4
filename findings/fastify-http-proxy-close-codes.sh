#!/usr/bin/env bash
# @fastify/http-proxy 11.6.3 with websocket: true turns close codes that may not be sent into codes of the private range:
# an upstream that closes without a code (1005) reaches the client as 4005, and one that ends TCP without a close frame (1006) as 4006,
# both as clean closes. A client that tells "lost" from "closed" by 1006 or wasClean is told "closed", by a code no server of its own sent.
# It also answers the client's 101 before it has asked the upstream: an upstream that refuses with 404 shows as an open connection that closes.
# Seen: 8800 -> 8802 0fa5; FIN -> 8802 0fa6; 404 -> 101, then a close frame with 1011.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts fastify@5.12.8 @fastify/http-proxy@11.6.3 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
import proxy from '@fastify/http-proxy';
import fastify from 'fastify';

const upstream = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (bytes) => {
    const head = bytes.toString('latin1');
    if (head.startsWith('GET /refuse')) return socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const key = /^sec-websocket-key: *(\S+)/im.exec(head)[1];
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    if (head.startsWith('GET /fin')) setTimeout(() => socket.end(), 200);
    else setTimeout(() => socket.write(Buffer.from('8800', 'hex')), 200);
    socket.on('data', () => socket.end());
  });
});
await new Promise((done) => upstream.listen(0, '127.0.0.1', done));
const app = fastify();
app.register(proxy, { upstream: `http://127.0.0.1:${upstream.address().port}`, websocket: true });
await app.listen({ port: 0, host: '127.0.0.1' });

function open(path) {
  return new Promise((done) => {
    const socket = connect(app.server.address().port, '127.0.0.1');
    let seen = '';
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1');
      const end = seen.indexOf('\r\n\r\n');
      if (end > 0 && seen.length >= end + 8) {
        done(`${seen.split(' ')[1]} ${Buffer.from(seen.slice(end + 4), 'latin1').subarray(0, 4).toString('hex')}`);
        socket.destroy();
      }
    });
    socket.on('error', () => {});
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`);
    setTimeout(() => done(`nothing more after ${seen.split(' ')[1]}`), 8_000).unref();
  });
}
for (const path of ['/close', '/fin', '/refuse']) console.log(`${path}: ${await open(path)}`);
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '/close: 101 88020fa5
/fin: 101 88020fa6
/refuse: 101 881503f3' ]
