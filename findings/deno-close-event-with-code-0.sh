#!/usr/bin/env bash
# Deno 2.9.6: a WebSocket whose TCP connection ends without a close frame gets a close event with code 0.
# The WHATWG WebSockets standard has 1006 there, and so have browsers, Node and Bun. A client that reconnects "if code is 1006" never does.
# Seen: error "Unexpected EOF", then close with code 0, wasClean false; Bun 1.4.5 on the same server: close with code 1006.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund deno@2.9.6 bun@1.4.5 ws@8.23.0 >/dev/null 2>&1
node node_modules/deno/install.cjs >/dev/null 2>&1 || true
node node_modules/bun/install.js >/dev/null 2>&1 || true
cat > server.mjs <<'JS'
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => console.log(server.address().port));
server.on('connection', (socket) => socket._socket.end());
JS
cat > client.mjs <<'JS'
const socket = new WebSocket(`ws://127.0.0.1:${(globalThis.Deno?.args ?? process.argv.slice(2))[0]}/`);
socket.addEventListener('close', ({ code, wasClean }) => console.log(`code ${code}, wasClean ${wasClean}`));
JS
node server.mjs > port &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
port=$(cat port)
deno=$(timeout 20 node_modules/.bin/deno run --allow-net client.mjs "$port")
bun=$(timeout 20 node_modules/.bin/bun client.mjs "$port")
echo "Deno 2.9.6: $deno"
echo "Bun 1.4.5:  $bun"
[ "$deno" = 'code 0, wasClean false' ]
[ "$bun" = 'code 1006, wasClean false' ]
