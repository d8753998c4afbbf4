#!/usr/bin/env bash
# mqtt 5.16.0 over ws 8.23.0 in Node: one MQTT CONNECT packet goes out as 13 WebSocket messages, one for each write of its encoder.
# Expected by most readers (and by MQTT bridges): one packet a message. MQTT 3.1.1 §6 allows both.
# Seen: 10 | 15 | 0004 | 4d515454 | 04 | c2 | 003c | 0003 | 616263 | 0001 | 75 | 0001 | 70
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts mqtt@5.16.0 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import mqtt from 'mqtt';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await new Promise((listening) => server.once('listening', listening));
const messages = [];
let bytes = 0;
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    messages.push(data.toString('hex'));
    bytes += data.length;
    // Type and remaining length, then 21 bytes: the whole CONNECT.
    if (bytes === 23) socket.send(Buffer.from('20020000', 'hex'));
  });
});
const client = mqtt.connect(`ws://127.0.0.1:${server.address().port}`, {
  protocolVersion: 4, clientId: 'abc', username: 'u', password: 'p',
});
client.on('connect', () => {
  console.log(`CONNECT, ${bytes} bytes in ${messages.length} messages: ${messages.join(' | ')}`);
  process.exit();
});
setTimeout(() => process.exit(2), 20_000);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'CONNECT, 23 bytes in 13 messages: 10 | 15 | 0004 | 4d515454 | 04 | c2 | 003c | 0003 | 616263 | 0001 | 75 | 0001 | 70' ]
