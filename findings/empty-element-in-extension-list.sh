#!/usr/bin/env bash
# ws 8.23.0 and faye-websocket 0.11.4 refuse a handshake with 400 when the list in Sec-WebSocket-Extensions has an empty element.
# RFC 9110 §5.6.1.2 has every recipient accept a reasonable number of those; a proxy that joins two field lines can leave one.
# Seen: ", permessage-deflate" gets 400 from both, "permessage-deflate" gets 101.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts ws@8.23.0 faye-websocket@0.11.4 permessage-deflate@0.1.7 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { connect } from 'node:net';
import faye from 'faye-websocket';
import deflate from 'permessage-deflate';
import { WebSocketServer } from 'ws';

const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const wsHttp = createServer();
new WebSocketServer({ server: wsHttp, perMessageDeflate: true });
const fayeHttp = createServer().on('upgrade', (request, socket, body) => new faye(request, socket, body, [], { extensions: [deflate] }));
const ports = { ws: await listening(wsHttp), faye: await listening(fayeHttp) };

function answer(port, offer) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (bytes) => {
      const head = bytes.toString('latin1');
      const extension = /^sec-websocket-extensions: *(.*)$/im.exec(head)?.[1] ?? 'no extension';
      done(`${head.split(' ')[1]} ${extension}`);
      socket.destroy();
    });
    socket.on('error', (error) => done(error.code));
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`);
  });
}

for (const offer of ['permessage-deflate', ', permessage-deflate']) {
  console.log(`${offer}\n  ws   ${await answer(ports.ws, offer)}\n  faye ${await answer(ports.faye, offer)}`);
}
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'permessage-deflate
  ws   101 permessage-deflate
  faye 101 permessage-deflate
, permessage-deflate
  ws   400 no extension
  faye 400 no extension' ]
