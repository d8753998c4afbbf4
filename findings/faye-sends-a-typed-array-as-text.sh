#!/usr/bin/env bash
# faye-websocket 0.11.4: send(new Uint8Array([1, 2, 3])) sends the text message "1,2,3"; a Buffer of the same bytes goes out as binary.
# Every other client tried here (browsers, Node, ws, Bun, Deno) sends three bytes of binary for either.
# Seen: Uint8Array -> text "1,2,3"; Buffer -> binary 010203.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts faye-websocket@0.11.4 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import faye from 'faye-websocket';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await new Promise((listening) => server.once('listening', listening));
const seen = [];
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    seen.push(isBinary ? `binary ${data.toString('hex')}` : `text "${data}"`);
    if (seen.length < 2) return;
    console.log(`Uint8Array: ${seen[0]}; Buffer: ${seen[1]}`);
    process.exit();
  });
});
const client = new faye.Client(`ws://127.0.0.1:${server.address().port}/`);
client.on('open', () => {
  client.send(new Uint8Array([1, 2, 3]));
  client.send(Buffer.from([1, 2, 3]));
});
setTimeout(() => process.exit(2), 10_000);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'Uint8Array: text "1,2,3"; Buffer: binary 010203' ]
