#!/usr/bin/env bash
# Vite 8.3.8 and webpack-dev-server 6.1.0: a WebSocket request to a path that is neither their own nor one of a proxy gets no answer at all,
# and the connection stays open: `new WebSocket('ws://localhost:5173/api')` is CONNECTING until the client gives up, with no event.
# A proxy rule without `ws: true` looks the same. The same path asked for as a page is answered at once.
# Seen, 5 s after the request: not one byte, connection open; the page: 200 (Vite), 404 (webpack-dev-server).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund vite@8.3.8 webpack@5.113.0 webpack-dev-server@6.1.0 >/dev/null 2>&1
mkdir site && echo '<p>page' > site/index.html && echo 'export {}' > entry.js
cat > run.mjs <<'JS'
import { createServer } from 'vite';
import { connect, createServer as listener } from 'node:net';
import webpack from 'webpack';
import DevServer from 'webpack-dev-server';
const freePort = () => new Promise((resolve) => {
  const server = listener().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});
async function ask(name, port) {
  const page = await fetch(`http://127.0.0.1:${port}/api`);
  const socket = connect(port, '127.0.0.1');
  let bytes = 0;
  let end = 'open';
  socket.on('data', (data) => { bytes += data.length; });
  socket.on('end', () => { end = 'ended'; });
  socket.on('error', (error) => { end = error.code; });
  socket.write(`GET /api HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  console.log(`${name}: page ${page.status}; WebSocket after 5 s: ${bytes} bytes, ${end}`);
  socket.destroy();
}
const port = await freePort();
const proxy = { '/api': { target: `http://127.0.0.1:${port}` } };
const vite = await createServer({ root: 'site', configFile: false, logLevel: 'silent', server: { port, host: '127.0.0.1' } });
await vite.listen();
await ask('Vite', port);
const withRule = await freePort();
const second = await createServer({ root: 'site', configFile: false, logLevel: 'silent', server: { port: withRule, host: '127.0.0.1', proxy } });
await second.listen();
await ask('Vite, proxy rule without ws: true', withRule);
const other = await freePort();
const compiler = webpack({ mode: 'development', entry: './entry.js', stats: 'none', infrastructureLogging: { level: 'none' } });
await new DevServer({ port: other, host: '127.0.0.1' }, compiler).start();
await ask('webpack-dev-server', other);
process.exit();
JS
seen=$(node run.mjs | grep bytes)
echo "$seen"
[ "$seen" = 'Vite: page 200; WebSocket after 5 s: 0 bytes, open
Vite, proxy rule without ws: true: page 200; WebSocket after 5 s: 0 bytes, open
webpack-dev-server: page 404; WebSocket after 5 s: 0 bytes, open' ]
