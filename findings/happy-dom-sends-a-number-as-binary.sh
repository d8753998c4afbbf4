#!/usr/bin/env bash
# happy-dom 21.0.4: WebSocket.send(42) is a binary message with the bytes "42", and so are null and an object with toString.
# Browsers, Node and jsdom make a text message of each. WebSocket.bufferedAmount is undefined.
# Seen with ws 8.23.0 as the server: binary, binary, binary, text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund happy-dom@21.0.4 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { Window } from 'happy-dom';
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await new Promise((resolve) => server.on('listening', resolve));
const url = `ws://127.0.0.1:${server.address().port}/`;
for (const [name, Client] of [['node', WebSocket], ['happy-dom', new Window({ url: url.replace('ws', 'http') }).WebSocket]]) {
  const kinds = new Promise((resolve) => server.once('connection', (socket) => {
    const seen = [];
    socket.on('message', (data, binary) => {
      seen.push(`${binary ? 'binary' : 'text'} ${data}`);
      if (seen.length === 4) resolve(seen.join(', '));
    });
  }));
  const client = new Client(url);
  client.onopen = () => { for (const value of [42, null, { toString: () => 'object' }, 'text']) client.send(value); };
  console.log(`${name}: ${await kinds}; bufferedAmount is a ${typeof client.bufferedAmount}`);
}
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'node: text 42, text null, text object, text text; bufferedAmount is a number
happy-dom: binary 42, binary null, binary object, text text; bufferedAmount is a undefined' ]
