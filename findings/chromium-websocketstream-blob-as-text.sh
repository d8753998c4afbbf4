#!/usr/bin/env bash
# Chromium 153 (@sparticuz/chromium 153.0.0): WebSocket.send(blob) sends the blob's bytes as a binary message; writing the same blob to a
# WebSocketStream sends the text "[object Blob]" (its chunks are a BufferSource or a string, and whatever else there is becomes a string).
# Aborting its writer with an error sends a close frame without a code.
# Seen: 82 + "hi" | 81 + "[object Blob]" | 88, 0 bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts @sparticuz/chromium@153.0.0 playwright-core@1.65.1 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import packed from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const seen = [];
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>-</title>'));
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.on('error', () => {});
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    while (bytes.length >= 6 && bytes.length >= 6 + (bytes[1] & 127)) {
      const length = bytes[1] & 127;
      const payload = Buffer.from(bytes.subarray(6, 6 + length).map((byte, index) => byte ^ bytes[2 + (index % 4)]));
      const type = bytes[0].toString(16);
      seen.push(`${type} ${payload.toString('latin1')}`);
      bytes = bytes.subarray(6 + length);
      if (type === '88') socket.end(Buffer.from('8800', 'hex'));
    }
  });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const { port } = server.address();
const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${port}/`);
await page.evaluate(async (url) => {
  const socket = new WebSocket(url);
  await new Promise((open) => socket.addEventListener('open', open));
  socket.send(new Blob(['hi']));
  const stream = new WebSocketStream(url);
  const { writable } = await stream.opened;
  const writer = writable.getWriter();
  await writer.write(new Blob(['hi']));
  await writer.abort(new Error('no code'));
  await stream.closed.catch(() => {});
}, `ws://127.0.0.1:${port}`);
console.log(seen.join(' | '));
await browser.close();
process.exit();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '82 hi | 81 [object Blob] | 88 ' ]
