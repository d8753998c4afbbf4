#!/usr/bin/env bash
# MSW 3.0.5 in Node: a mocked WebSocket that is passed on with server.connect() is not the connection that the page has without MSW.
# close(4001, 'done') reaches the server as a close frame without a code, close() gives the page 1000 in place of 1005, and `protocol` is the
# first one that the client asked for, whatever the server chose: open fires before the server is asked.
# Seen, with ws 8.23.0 as a server that chooses "two" of "one, two": the lines below; without MSW the three pairs are equal on both sides.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund msw@3.0.5 ws@8.23.0 >/dev/null 2>&1
cat > run.mjs <<'JS'
import { ws } from 'msw';
import { setupServer } from 'msw/node';
import { WebSocketServer } from 'ws';
const real = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'two' });
await new Promise((resolve) => real.on('listening', resolve));
const { port } = real.address();
const link = ws.link(`ws://127.0.0.1:${port}/*`);
const mock = setupServer();
mock.use(link.addEventListener('connection', ({ server }) => server.connect()));
if (process.argv[2] === 'msw') mock.listen();
for (const code of [4001, undefined]) {
  const ended = new Promise((resolve) => real.once('connection', (socket) => {
    socket.send('hello');
    socket.on('close', resolve);
  }));
  const client = new WebSocket(`ws://127.0.0.1:${port}/chat`, ['one', 'two']);
  client.onmessage = () => (code === undefined ? client.close() : client.close(code, 'done'));
  const event = await new Promise((resolve) => { client.onclose = resolve; });
  console.log(`protocol ${client.protocol}; close(${code ?? ''}): the page has ${event.code}, the server ${await ended}`);
}
process.exit();
JS
echo 'without MSW:'; node run.mjs plain
seen=$(node run.mjs msw)
echo 'with MSW:'; echo "$seen"
[ "$seen" = 'protocol one; close(4001): the page has 4001, the server 1005
protocol one; close(): the page has 1000, the server 1005' ]
